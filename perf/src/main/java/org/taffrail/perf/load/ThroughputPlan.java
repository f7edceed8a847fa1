// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.time.Duration;

/**
 * What a throughput run does.
 *
 * @param destination the queue it sends to and receives from
 * @param sending its producers
 * @param receiving its consumers; of a run that only sends, those that empty the queue for
 *     verification while the clock stands
 * @param consuming whether the consumers receive while the clock runs
 * @param limits for how long it runs and how much may wait on the queue meanwhile
 */
public record ThroughputPlan(
        DestinationName destination,
        Sending sending,
        Receiving receiving,
        boolean consuming,
        Limits limits) {
    /**
     * For how long, and how much may wait.
     *
     * @param warmup how long it works before it measures
     * @param duration how long it measures; waits for the queue to be emptied are not counted
     * @param backlogBytesMax when so many bytes wait on the queue, 1 KiB a message added to its
     *     body, sending stops until it is empty, so that no provider is measured while it writes
     *     its backlog to a page file
     */
    public record Limits(Duration warmup, Duration duration, long backlogBytesMax) {
        /**
         * Checks the bounds.
         *
         * @param warmup see the record
         * @param duration see the record
         * @param backlogBytesMax see the record
         * @throws IllegalArgumentException if one is out of bounds
         */
        public Limits {
            Pace.checkSpans(warmup, duration);
            if (backlogBytesMax < 1) {
                throw new IllegalArgumentException(
                        "A backlog is at least 1 byte, not " + backlogBytesMax);
            }
        }
    }

    private static final long BACKLOG_MESSAGES_MIN = 100;

    /** What a waiting message is taken to cost a broker besides its body. */
    private static final int MESSAGE_OVERHEAD_BYTES = 1024;

    /**
     * The plan of a case.
     *
     * @param work the case
     * @param destination the queue
     * @param shape what is sent
     * @param inFlightMax of asynchronous sends, how many a producer has open at most
     * @param limits for how long, and how much may wait
     * @return the plan
     */
    public static ThroughputPlan of(
            ThroughputCase work,
            DestinationName destination,
            MessageShape shape,
            int inFlightMax,
            Limits limits) {
        SendMode mode = work.kind().mode();
        boolean consuming = work.consumers() > 0;
        return new ThroughputPlan(
                destination,
                new Sending(
                        work.producers(),
                        mode,
                        mode == SendMode.ASYNC ? inFlightMax : work.batch(),
                        shape),
                consuming
                        ? new Receiving(work.consumers(), AckMode.AUTO, 1, true)
                        : new Receiving(1, AckMode.DUPS_OK, 1, true),
                consuming,
                limits);
    }

    long backlogMessagesMax() {
        return Math.max(
                BACKLOG_MESSAGES_MIN,
                limits.backlogBytesMax() / (sending.shape().sizeBytes() + MESSAGE_OVERHEAD_BYTES));
    }
}
