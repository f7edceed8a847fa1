// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.concurrent.atomic.AtomicLong;

/** When the latest message so far was received or acknowledged; any thread may use it. */
final class LastArrival implements Receiver.Arrival {
    private final AtomicLong lastNs = new AtomicLong(Long.MIN_VALUE);

    @Override
    public void arrived(Stamp stamp, long arrivedNs) {
        note(arrivedNs);
    }

    @Override
    public void settled(long settledNs) {
        note(settledNs);
    }

    private void note(long ns) {
        if (lastNs.get() < ns) {
            lastNs.accumulateAndGet(ns, Math::max);
        }
    }

    long ns() {
        return lastNs.get();
    }
}
