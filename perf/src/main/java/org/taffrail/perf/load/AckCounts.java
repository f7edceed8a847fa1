// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many messages of each producer were acknowledged, and when the last one was; passes each
 * acknowledgement on.
 *
 * <p>Any thread may use it. Acknowledgements come in the order of the sends, so that a producer's
 * count says which messages they were: its first ones.
 */
final class AckCounts implements Acknowledged {
    private final AtomicLongArray counts;
    private final AtomicLong lastAckNs = new AtomicLong(Long.MIN_VALUE);
    private final Acknowledged next;

    AckCounts(int producers, Acknowledged next) {
        this.counts = new AtomicLongArray(producers);
        this.next = next;
    }

    @Override
    public void acknowledged(Stamp stamp, long calledNs, long ackNs) {
        next.acknowledged(stamp, calledNs, ackNs);
        if (lastAckNs.get() < ackNs) {
            lastAckNs.accumulateAndGet(ackNs, Math::max);
        }
        counts.incrementAndGet(stamp.producer());
    }

    /** When the latest acknowledgement so far was known. */
    long lastAckNs() {
        return lastAckNs.get();
    }

    long total() {
        long total = 0;
        for (int producer = 0; producer < counts.length(); producer++) {
            total += counts.get(producer);
        }
        return total;
    }

    long[] perProducer() {
        long[] copy = new long[counts.length()];
        for (int producer = 0; producer < copy.length; producer++) {
            copy[producer] = counts.get(producer);
        }
        return copy;
    }
}
