// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Ends messages whose time is over (Jakarta Messaging 3.4.9): they are settled, or moved to the
 * expiry queue where their destination has one.
 *
 * <p>Moving takes records, and so many bytes in each step of the core. A sweep that moves leaves
 * what it has not come to at its place, and goes on with the next step or when a record is loaded:
 * what is swept needs no memory, however much it is.
 */
final class Expired {
    /** How many messages the sweeps of one step look at. */
    private static final int LOOKS_MAX = 2048;

    private final Decisions decisions;
    private final Moves moves;

    /** Positions whose sweep is under way, by turns. */
    private final Set<Position> sweeping = new LinkedHashSet<>();

    /** Groups in whose way an expired message stands that the last step could not move. */
    private final Set<Group> postponed = new LinkedHashSet<>();

    private int looks;

    Expired(Decisions decisions, Moves moves) {
        this.decisions = decisions;
        this.moves = moves;
    }

    /** Begins a step of the core. */
    void step() {
        looks = LOOKS_MAX;
    }

    /**
     * Ends a message that would be delivered now; its record is in memory.
     *
     * @return false where this step has moved enough: its group is served again with the next
     */
    boolean end(Position position, long offset) {
        if (position.group.policy().expiryQueue() == null) {
            decisions.settle(position, Event.Reason.EXPIRED, offset);
            return true;
        }
        if (moves.isUnderWay(position, offset)) {
            return false;
        }
        if (!moves.mayMove()) {
            postponed.add(position.group);
            return false;
        }
        return move(position, offset);
    }

    /** Begins to move what is due of a position; nothing where that is under way. */
    void beginSweep(Position position) {
        if (position.expiries.firstDue(decisions.nowMs()) >= 0) {
            sweeping.add(position);
        }
    }

    /** Whether a position needs no timer for what expires, because it is being swept. */
    boolean isSweeping(Position position) {
        return sweeping.contains(position);
    }

    /** Goes on with sweeps and postponed groups; returns whether the next step is to go on. */
    boolean work() {
        postponed.forEach(decisions.dispatcher()::lookAgain);
        postponed.clear();
        int turns = sweeping.size();
        while (turns > 0 && looks > 0 && moves.maySweep()) {
            Iterator<Position> first = sweeping.iterator();
            Position position = first.next();
            first.remove();
            sweep(position);
            turns--;
        }
        return turns > 0 || looks == 0 || !sweeping.isEmpty() && !moves.maySweep();
    }

    /** Whether a group waits for the next step. */
    boolean hasPostponed() {
        return !postponed.isEmpty();
    }

    /** Goes on with the sweeps of a partition of which records have been loaded. */
    void loaded(Partition partition) {
        for (Position position : partition.positions) {
            if (sweeping.remove(position)) {
                sweep(position);
            }
        }
    }

    /** Sweeps a position as far as it gets; it is among the others again if that is not all. */
    private void sweep(Position position) {
        Expiries expiries = position.expiries;
        while (!position.group.gone) {
            long offset = expiries.firstDue(decisions.nowMs());
            if (offset < 0) {
                decisions.dispatcher().timed(position);
                return;
            }
            if (looks == 0 || !moves.maySweep()) {
                sweeping.add(position);
                return;
            }
            looks--;
            if (position.isUnsettled(offset) && position.holdOf(offset) == null) {
                if (moves.isUnderWay(position, offset)) {
                    sweeping.add(position);
                    return;
                }
                if (position.partition.find(offset) == null) {
                    sweeping.add(position);
                    decisions.load(position.partition, offset);
                    return;
                }
                if (!move(position, offset)) {
                    sweeping.add(position);
                    return;
                }
            }
            expiries.removeFirst(offset);
        }
    }

    /** Returns false where it is large: its group is served again when it is moved. */
    private boolean move(Position position, long offset) {
        return moves.move(
                position,
                offset,
                new Moves.Cause(
                        Event.Reason.EXPIRED,
                        position.group.policy().expiryQueue(),
                        "expired",
                        position.failures(offset)),
                moved -> decisions.dispatcher().lookAgain(position.group));
    }
}
