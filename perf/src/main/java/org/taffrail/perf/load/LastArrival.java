// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.concurrent.atomic.AtomicLong;

/** When the latest message so far was received; any thread may use it. */
final class LastArrival implements Receiver.Arrival {
    private final AtomicLong lastNs = new AtomicLong(Long.MIN_VALUE);

    @Override
    public void arrived(Stamp stamp, long arrivedNs) {
        if (lastNs.get() < arrivedNs) {
            lastNs.accumulateAndGet(arrivedNs, Math::max);
        }
    }

    long ns() {
        return lastNs.get();
    }
}
