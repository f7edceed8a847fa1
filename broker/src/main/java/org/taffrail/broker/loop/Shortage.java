// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.SendGate;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * Whether there is room for sends, and what happens while there is none. It is short while the
 * store says so, and while something that was decided waits for room.
 */
final class Shortage {
    private final SendGate gate;
    private RoomObserver observer = RoomObserver.NONE;
    private StoreNotice.Room room = StoreNotice.Room.ENOUGH;
    private StoreException stuck;
    private boolean isShort;
    private boolean refuses;
    private long changes;

    Shortage(SendGate gate) {
        this.gate = gate;
    }

    /** Sets what becomes of sends, and who hears; hears at once if it is short. */
    void policy(boolean newRefuses, RoomObserver newObserver) {
        refuses = newRefuses;
        changes++;
        observer = newObserver;
        if (isShort) {
            begin();
        }
    }

    RoomObserver observer() {
        return observer;
    }

    /** Takes what the store found. */
    void room(StoreNotice.Room newRoom) {
        room = newRoom;
        update();
    }

    /** Takes why something waits that was decided, or null. */
    void stuck(StoreException newStuck) {
        if (stuck != newStuck) {
            stuck = newStuck;
            update();
        }
    }

    private void update() {
        boolean before = isShort;
        isShort = room.isShort() || stuck != null;
        changes += isShort == before ? 0 : 1;
        if (isShort && !before) {
            begin();
        } else if (before && !isShort) {
            gate.refuseAll(null);
            gate.stopMoves(null);
            observer.roomAgain(room);
        }
    }

    private void begin() {
        gate.refuseAll(refuses ? refusal("a send was refused") : null);
        gate.stopMoves(refusal("moving has stopped, what is moved stays moved"));
        observer.shortOfRoom(room, stuck, refuses);
    }

    boolean isShort() {
        return isShort;
    }

    /** How often another answer of {@link #holdsBack} was possible. */
    long changes() {
        return changes;
    }

    /** Whether sends wait. */
    boolean holdsBack() {
        return isShort && !refuses;
    }

    /** Says why a send gets no room. */
    WireException refusal(String what) {
        String why =
                stuck != null
                        ? "the broker's disk is full: " + stuck.getMessage()
                        : "the broker's disk has "
                                + room.freeBytes()
                                + " bytes left, and keeps "
                                + room.reserveBytes()
                                + " in reserve for what must always be possible";
        return new WireException(
                ErrorCode.NO_ROOM,
                what + ": " + why + "; consume or purge messages, or give the disk more room");
    }
}
