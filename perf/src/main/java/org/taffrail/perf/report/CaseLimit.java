// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.taffrail.perf.load.AckMode;
import org.taffrail.perf.load.MessageShape;
import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.load.ThroughputPlan;
import org.taffrail.perf.machine.BareLoad;
import org.taffrail.perf.machine.BarePath;
import org.taffrail.perf.machine.Limits;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The most that a machine allows of a case, whoever carries it out: the smaller of two bounds.
 *
 * <p>One is how long somebody has to wait in any case. A call that must be durable when it returns
 * waits for a force and a round trip over loopback; several producers may share the force, yet each
 * of them waits for it. So n producers do no more than n such calls in that time, with as many
 * messages in each as their batch or their window has. Without a force there is the round trip.
 *
 * <p>The other is how many bytes the machine writes to the disk, or copies where nothing need be
 * written before it is acknowledged.
 *
 * <p>Beside the limit some cases have the rate of the {@link BarePath}, which is lower: no bound
 * that follows from anything, but what a broker would reach that did nothing else.
 *
 * @param machine what it can do
 * @param bare what was measured of the bare path
 * @param forced whether messages are persistent and acknowledged only when they are forced
 */
public record CaseLimit(Limits machine, BarePath bare, boolean forced) {
    private static final double US_A_SECOND = 1e6;

    /**
     * The time that any acknowledgement takes which must be durable.
     *
     * @return microseconds
     */
    public double durableUs() {
        return machine.roundTripByteUs() + (forced ? machine.force().medianUs() : 0);
    }

    /**
     * The limit of a case.
     *
     * @param work the case
     * @param plan its plan
     * @return as many a second at most, in what the case's figure counts
     */
    public double perSecond(ThroughputCase work, ThroughputPlan plan) {
        double byWaits = atATime(work, plan) * US_A_SECOND / waitUs(work);
        double bytes = writes(work) ? machine.writeMbPerSecond() * 1e6 : copiedBytes();
        return Math.min(byWaits, bytes / plan.sending().shape().sizeBytes());
    }

    /**
     * The load of the bare path that does the same as a case.
     *
     * @param work the case
     * @param plan its plan
     * @return the load; empty where there is none
     */
    public static Optional<BareLoad> bareLoad(ThroughputCase work, ThroughputPlan plan) {
        int consumers = work.kind() == ThroughputCase.Kind.ROUND_TRIP ? work.second() : 0;
        MessageShape shape = plan.sending().shape();
        return isBare(work.kind())
                        && shape.persistent()
                        && shape.sizeBytes() == BareLoad.MESSAGE_BYTES
                        && work.first() + consumers <= BareLoad.CLIENTS_MAX
                ? Optional.of(new BareLoad(work.first(), consumers))
                : Optional.empty();
    }

    private static boolean isBare(ThroughputCase.Kind kind) {
        return kind == ThroughputCase.Kind.SYNC_SEND || kind == ThroughputCase.Kind.ROUND_TRIP;
    }

    /**
     * What the bare path makes of a case.
     *
     * @param work the case
     * @param plan its plan
     * @return messages a second; empty where it was not measured
     */
    public OptionalDouble barePerSecond(ThroughputCase work, ThroughputPlan plan) {
        return bareLoad(work, plan).map(bare::perSecond).orElse(OptionalDouble.empty());
    }

    private double copiedBytes() {
        return machine.copyGbPerSecond() * 1e9;
    }

    /** Whether messages go to the disk while the clock runs, before they are acknowledged. */
    private boolean writes(ThroughputCase work) {
        return forced && work.kind() != ThroughputCase.Kind.DRAIN && !isForNobodyLater(work);
    }

    /** Whether nobody is there later who would miss a message. */
    private static boolean isForNobodyLater(ThroughputCase work) {
        return work.kind() == ThroughputCase.Kind.FAN_OUT
                || work.kind() == ThroughputCase.Kind.FAN_OUT_ASYNC;
    }

    /** How many messages are under way in one wait. */
    private static double atATime(ThroughputCase work, ThroughputPlan plan) {
        double sent = (double) plan.sending().producers() * plan.sending().window();
        double received = (double) plan.receiving().consumers() * plan.receiving().batch();
        return switch (work.kind()) {
            case FAN_OUT, FAN_OUT_ASYNC -> sent * plan.receiving().consumers();
            case DRAIN -> waitsForAcknowledgements(work) ? received : Double.POSITIVE_INFINITY;
            default -> sent;
        };
    }

    private static boolean waitsForAcknowledgements(ThroughputCase work) {
        return work.ack() == AckMode.TRANSACTED || work.ack() == AckMode.CLIENT;
    }

    private double waitUs(ThroughputCase work) {
        double tripUs = machine.roundTripByteUs();
        return switch (work.kind()) {
            case FAN_OUT, FAN_OUT_ASYNC -> tripUs;
            // one durable answer to prepare, one to commit
            case XA -> 2 * durableUs();
            // from the client to the server by way of the broker, and back; and the send must
            // return
            case REQUEST_REPLY -> Math.max(2 * tripUs, durableUs());
            // a message that comes again after a loss of power is no loss, but for a transaction's
            case DRAIN -> work.ack() == AckMode.TRANSACTED ? durableUs() : tripUs;
            default -> durableUs();
        };
    }
}
