// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.util.concurrent.TimeUnit;

/**
 * How long each call took that waits for its acknowledgement or reply, while the clock of the run
 * is running.
 *
 * <p>Any thread may acknowledge.
 */
final class ExchangeTimes implements Acknowledged, ClockWatch {
    private static final long TIME_NS_MAX = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    private final Histogram timesNs = new ConcurrentHistogram(TIME_NS_MAX, DIGITS);
    private volatile boolean running;

    @Override
    public void started() {
        running = true;
    }

    @Override
    public void stopped() {
        running = false;
    }

    @Override
    public void acknowledged(Stamp stamp, long calledNs, long ackNs) {
        if (running) {
            timesNs.recordValue(Math.max(0, Math.min(ackNs - calledNs, TIME_NS_MAX)));
        }
    }

    /** What the times were, once the run is over. */
    ThroughputOutcome.Times summary() {
        return new ThroughputOutcome.Times(
                timesNs.getValueAtPercentile(50), timesNs.getValueAtPercentile(99));
    }
}
