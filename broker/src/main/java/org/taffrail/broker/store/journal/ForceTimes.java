// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How long forces took lately: a moving average in which one long force counts for no more than
 * four times the limit, so that a single hiccup does not decide. Added to by the loop's thread.
 */
final class ForceTimes {
    private static final int WEIGHT = 16;

    /** A force that takes as long is told of. */
    private static final long LONG_NS = 1_000_000_000L;

    /** It is told of one only in this time. */
    private static final long TOLD_NS = 60 * LONG_NS;

    private final LongSupplier clockNs;
    private final long sampleMaxNs;
    private LongConsumer onLong = tookNs -> {};
    private boolean told;
    private long toldAtNs;
    private long averageNs;
    private LongConsumer onForced = tookNs -> {};
    private long count;
    private long totalNs;

    ForceTimes(LongSupplier clockNs, long slowNs) {
        this.clockNs = clockNs;
        sampleMaxNs = 4 * slowNs;
    }

    /** Sets who hears, with its time up to now, of a force that takes long. */
    void onLong(LongConsumer listener) {
        onLong = listener;
    }

    /** Sets who hears how long each force took. */
    void onForced(LongConsumer listener) {
        onForced = listener;
    }

    /** How many were added. */
    long count() {
        return count;
    }

    /** How long they took together. */
    long totalNs() {
        return totalNs;
    }

    /** Notes that a force has taken this long, and may not have ended yet. */
    void takes(long soFarNs) {
        if (soFarNs >= LONG_NS && (!told || nowNs() - toldAtNs >= TOLD_NS)) {
            told = true;
            toldAtNs = nowNs();
            onLong.accept(soFarNs);
        }
    }

    long nowNs() {
        return clockNs.getAsLong();
    }

    void add(long tookNs) {
        takes(tookNs);
        long sample = Math.min(tookNs, sampleMaxNs);
        count++;
        totalNs += tookNs;
        onForced.accept(tookNs);
        averageNs += (sample - averageNs) / Math.min(count, WEIGHT);
    }

    long averageNs() {
        return averageNs;
    }
}
