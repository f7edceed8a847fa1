// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.util.function.LongSupplier;

/**
 * How long forces took lately: a moving average in which one long force counts for no more than
 * four times the limit, so that a single hiccup does not decide. Added to by the loop's thread.
 */
final class ForceTimes {
    private static final int WEIGHT = 16;

    private final LongSupplier clockNs;
    private final long sampleMaxNs;
    private long averageNs;
    private long count;

    ForceTimes(LongSupplier clockNs, long slowNs) {
        this.clockNs = clockNs;
        sampleMaxNs = 4 * slowNs;
    }

    long nowNs() {
        return clockNs.getAsLong();
    }

    void add(long tookNs) {
        long sample = Math.min(tookNs, sampleMaxNs);
        count++;
        averageNs += (sample - averageNs) / Math.min(count, WEIGHT);
    }

    long averageNs() {
        return averageNs;
    }
}
