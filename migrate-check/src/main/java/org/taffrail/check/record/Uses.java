// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often one feature was used, for each of its details. Beyond {@link #DETAILS_MAX} details
 * others are counted as lost together. Thread-safe.
 */
final class Uses {
    /** How many different details are kept for one feature. */
    static final int DETAILS_MAX = 1000;

    private final ConcurrentMap<String, Use> byDetail = new ConcurrentHashMap<>();
    private final LongAdder lost = new LongAdder();

    void add(String detail) {
        Use use = byDetail.get(detail);
        if (use == null) {
            if (byDetail.size() >= DETAILS_MAX) {
                lost.increment();
                return;
            }
            use = byDetail.computeIfAbsent(detail, each -> new Use(Places.ofApplication()));
        }
        use.add();
    }

    ConcurrentMap<String, Use> byDetail() {
        return byDetail;
    }

    long lost() {
        return lost.sum();
    }
}
