// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/** A clock that only moves when it is told to, or waited on. */
final class FakeClock implements Clock {
    private long nowNs;
    private long oversleepNs;

    FakeClock(long startNs) {
        nowNs = startNs;
    }

    void advance(long ns) {
        nowNs += ns;
    }

    /** Makes the next wait that does wait return too late. */
    void oversleepOnce(long ns) {
        oversleepNs = ns;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public void awaitUntil(long deadlineNs) {
        if (deadlineNs > nowNs) {
            nowNs = deadlineNs + oversleepNs;
            oversleepNs = 0;
        }
    }
}
