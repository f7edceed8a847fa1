// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.util.concurrent.atomic.LongAdder;

/** How often something was used, and where first. Thread-safe. */
final class Use {
    private final LongAdder count = new LongAdder();
    private final String place;

    /** Starts at zero, with the place at which it is seen first. */
    Use(String place) {
        this.place = place;
    }

    void add() {
        count.increment();
    }

    long count() {
        return count.sum();
    }

    String place() {
        return place;
    }
}
