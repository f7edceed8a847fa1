// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.time.Duration;

/**
 * What a throughput run does.
 *
 * @param route where it sends to and receives from
 * @param sending its producers
 * @param receiving its consumers
 * @param flow what of both is measured
 * @param limits for how long it runs and how much may wait on the queue meanwhile
 */
public record ThroughputPlan(
        Route route, Sending sending, Receiving receiving, Flow flow, Limits limits) {
    /** What is done while the clock runs. */
    public enum Flow {
        /** Only sending; the queue is emptied, for verification, while the clock stands. */
        SENDING,
        /** Sending and receiving. */
        BOTH,
        /** Only receiving; the queue is filled while the clock stands. */
        RECEIVING
    }

    /**
     * For how long, and how much may wait.
     *
     * @param warmup how long it works before it measures
     * @param duration how long it measures; waits for the queue to be emptied or filled are not
     *     counted
     * @param backlogBytesMax when so many bytes wait on the queue, 1 KiB a message added to its
     *     body, sending stops until it is empty, so that no provider is measured while it writes
     *     its backlog to a page file; {@link Flow#RECEIVING} fills the queue to there
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

    /** After how many messages consumers acknowledge that have a call for it. */
    private static final int ACK_BATCH = 100;

    /** Who fills a queue while the clock stands, in transactions of no more than 1 MiB. */
    private static final int FILLERS = 2;

    private static final int FILLING_BATCH_MAX = 100;
    private static final int FILLING_BYTES_MAX = 1024 * 1024;

    /** How many producers, and how many consumers, share many queues at most. */
    private static final int SHARERS_MAX = 4;

    /**
     * The plan of a case.
     *
     * @param work the case
     * @param queue the queue; a topic's name begins with its name
     * @param shape what is sent, unless the case says another size
     * @param inFlightMax of asynchronous sends, how many a producer has open at most
     * @param limits for how long, and how much may wait
     * @return the plan
     */
    public static ThroughputPlan of(
            ThroughputCase work, String queue, MessageShape shape, int inFlightMax, Limits limits) {
        MessageShape sized =
                work.sizeBytes() == 0
                        ? shape
                        : new MessageShape(work.sizeBytes(), shape.persistent());
        return new ThroughputPlan(
                route(work, queue),
                sending(work, sized, inFlightMax),
                receiving(work),
                flow(work.kind()),
                limits);
    }

    private static Flow flow(ThroughputCase.Kind kind) {
        return switch (kind) {
            case SYNC_SEND, ASYNC_SEND, TRANSACTED, XA -> Flow.SENDING;
            case DRAIN -> Flow.RECEIVING;
            default -> Flow.BOTH;
        };
    }

    private static Route route(ThroughputCase work, String queue) {
        DestinationName topic = new DestinationName(queue + ".topic", true);
        DestinationName shared = new DestinationName(queue, false);
        return switch (work.kind()) {
            case FAN_OUT, FAN_OUT_ASYNC -> Route.to(topic);
            case FAN_OUT_DURABLE, FAN_OUT_DURABLE_ASYNC -> new Route(topic, Route.Way.DURABLE, 1);
            case SELECTOR -> new Route(shared, Route.Way.SELECTED, work.first());
            case MANY_QUEUES -> new Route(shared, Route.Way.MANY_QUEUES, work.first());
            default -> Route.to(shared);
        };
    }

    private static Sending sending(ThroughputCase work, MessageShape shape, int inFlightMax) {
        int first = work.first();
        return switch (work.kind()) {
            case SYNC_SEND, ROUND_TRIP, FAN_OUT, FAN_OUT_DURABLE ->
                    new Sending(first, SendMode.SYNC, 1, shape);
            case ASYNC_SEND, FAN_OUT_ASYNC, FAN_OUT_DURABLE_ASYNC ->
                    new Sending(first, SendMode.ASYNC, inFlightMax, shape);
            case TRANSACTED -> new Sending(work.second(), SendMode.TRANSACTED, first, shape);
            case XA -> new Sending(work.second(), SendMode.XA, first, shape);
            case DRAIN -> {
                int fitting = Math.max(1, FILLING_BYTES_MAX / shape.sizeBytes());
                int batch = Math.min(FILLING_BATCH_MAX, fitting);
                yield new Sending(FILLERS, SendMode.TRANSACTED, batch, shape);
            }
            case REQUEST_REPLY -> new Sending(first, SendMode.REQUEST, 1, shape);
            case SELECTOR -> new Sending(1, SendMode.ASYNC, inFlightMax, shape);
            case MANY_QUEUES -> new Sending(Math.min(SHARERS_MAX, first), SendMode.SYNC, 1, shape);
        };
    }

    private static Receiving receiving(ThroughputCase work) {
        AckMode ack = work.ack();
        int batch = ack == AckMode.CLIENT || ack == AckMode.TRANSACTED ? ACK_BATCH : 1;
        return switch (work.kind()) {
            case SYNC_SEND, ASYNC_SEND, TRANSACTED, XA ->
                    new Receiving(1, AckMode.DUPS_OK, 1, true);
            case ROUND_TRIP, FAN_OUT, FAN_OUT_DURABLE, FAN_OUT_ASYNC, FAN_OUT_DURABLE_ASYNC ->
                    new Receiving(work.second(), ack, batch, true);
            case DRAIN, SELECTOR -> new Receiving(work.first(), ack, batch, true);
            case REQUEST_REPLY -> new Receiving(1, ack, batch, Receiving.Taking.ANSWERING);
            case MANY_QUEUES ->
                    new Receiving(Math.min(SHARERS_MAX, work.first()), ack, batch, true);
        };
    }

    long backlogMessagesMax() {
        return Math.max(
                BACKLOG_MESSAGES_MIN,
                limits.backlogBytesMax() / (sending.shape().sizeBytes() + MESSAGE_OVERHEAD_BYTES));
    }
}
