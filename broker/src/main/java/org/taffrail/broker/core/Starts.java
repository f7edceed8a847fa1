// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Start;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;

/** Where a group begins that does not begin with what is new. */
final class Starts {
    private final Decisions decisions;

    Starts(Decisions decisions) {
        this.decisions = decisions;
    }

    /**
     * Reads and checks where a consumer wants to start.
     *
     * @return null where it says nothing
     * @throws WireException if it can't start so
     */
    Start of(ClientFrame.Attach wish) {
        boolean side = wish.source() == ClientFrame.Source.SIDE;
        if (wish.start() == null) {
            if (side) {
                throw new WireException(
                        ErrorCode.PROTOCOL_VIOLATION, "a side group without a start");
            }
            return null;
        }
        if (!side && wish.kind().isQueue()) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, wish.source() + " with a start of a queue");
        }
        if (wish.kind().isTemporary()) {
            throw new WireException(
                    ErrorCode.NOT_SUPPORTED,
                    "start= of a temporary destination, which has no past");
        }
        return Start.of(wish.start(), decisions.nowMs());
    }

    /**
     * Demands that there can be what a start names.
     *
     * @throws WireException if an offset is not of the log
     */
    void check(Destination destination, Start start) {
        Partition partition = destination.partition;
        long first = partition.first(decisions.nowMs());
        boolean outside = start.offset() < first || start.offset() > partition.end();
        if (start.kind() == Start.Kind.OFFSET && outside) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "start="
                            + start.offset()
                            + ": "
                            + destination.name
                            + " has the offsets from "
                            + first
                            + " on, the next one is "
                            + partition.end()
                            + "; start=earliest begins with the first there is");
        }
    }

    /** Lets a group that was just made begin in the past. */
    void begin(Group group, Start start) {
        if (start.kind() != Start.Kind.LATEST) {
            decisions.start(
                    group, cursor(group.destination, start), keptFrom(group), notBeforeMs(start));
        }
    }

    /**
     * Lets a subscription begin anew, in the past or with what is new.
     *
     * @throws WireException if it can't begin so, or somebody is consuming from it
     */
    void restart(Group group, Start start) {
        Destination destination = group.destination;
        if (!group.isDurable() || destination.kind.isQueue()) {
            throw new WireException(
                    ErrorCode.NOT_SUPPORTED,
                    destination.name
                            + ": only a durable subscription is reset; a queue keeps what it has,"
                            + " and what it had can be replayed into it");
        }
        if (!group.consumers.isEmpty() || group.position.heldCount() > 0) {
            throw new WireException(
                    ErrorCode.SUBSCRIPTION_IN_USE,
                    "'" + group.name + "' has a consumer or unacknowledged messages");
        }
        check(destination, start);
        boolean latest = start.kind() == Start.Kind.LATEST;
        long end = destination.partition.end();
        decisions.restart(
                group,
                latest ? end : cursor(destination, start),
                latest ? end : keptFrom(group),
                latest ? Long.MAX_VALUE : notBeforeMs(start));
    }

    /**
     * Finds where a look through a topic begins.
     *
     * @param start null for the first message there is
     * @throws WireException if it can't begin so
     */
    TopicBrowser.From from(Destination topic, Start start) {
        if (start == null) {
            return new TopicBrowser.From(0, Long.MIN_VALUE);
        }
        check(topic, start);
        boolean latest = start.kind() == Start.Kind.LATEST;
        return new TopicBrowser.From(
                latest ? topic.partition.end() : cursor(topic, start), notBeforeMs(start));
    }

    private long keptFrom(Group group) {
        return group.destination.partition.keptFrom(decisions.nowMs());
    }

    private long cursor(Destination destination, Start start) {
        Partition partition = destination.partition;
        long first = partition.first(decisions.nowMs());
        switch (start.kind()) {
            case OFFSET:
                return start.offset();
            case TIME:
                return Math.max(first, partition.lastBefore(start.timeMs()));
            default:
                return first;
        }
    }

    private static long notBeforeMs(Start start) {
        return start.kind() == Start.Kind.TIME ? start.timeMs() : Long.MIN_VALUE;
    }
}
