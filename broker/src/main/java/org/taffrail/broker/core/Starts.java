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
        Partition partition = group.destination.partition;
        long keptFrom = partition.keptFrom(decisions.nowMs());
        long first = partition.first(decisions.nowMs());
        switch (start.kind()) {
            case EARLIEST:
                decisions.start(group, first, keptFrom, Long.MIN_VALUE);
                break;
            case OFFSET:
                decisions.start(group, start.offset(), keptFrom, Long.MIN_VALUE);
                break;
            case TIME:
                long before = partition.lastBefore(start.timeMs());
                decisions.start(group, Math.max(first, before), keptFrom, start.timeMs());
                break;
            default:
                break;
        }
    }
}
