// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.loop.RoomObserver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.transport.Clock;

import java.util.HashMap;
import java.util.Map;

/** Writes to the log when the disk is short of room or slow. */
final class RoomLog implements RoomObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RoomLog.class);

    /** What finds no room again and again is told of once in this time. */
    private static final long AGAIN_MS = 60_000;

    private final Clock clock;
    private final Map<String, Long> toldAtMs = new HashMap<>();

    RoomLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void shortOfRoom(StoreNotice.Room room, StoreException full, boolean refuses) {
        LOG.warn(
                "event=room_short sends={} free_bytes={} reserve_bytes={} full={}",
                refuses ? "refused" : "held",
                room.freeBytes(),
                room.reserveBytes(),
                full == null ? "no" : '"' + full.getMessage() + '"');
    }

    @Override
    public void roomAgain(StoreNotice.Room room) {
        LOG.info(
                "event=room_again free_bytes={} reserve_bytes={}",
                room.freeBytes(),
                room.reserveBytes());
    }

    @Override
    public void noticed(StoreNotice notice) {
        if (notice instanceof StoreNotice.NoRoomFor noRoom) {
            if (isDue(noRoom.what())) {
                LOG.warn("event=no_room_for what={} detail=\"{}\"", noRoom.what(), noRoom.detail());
            }
        } else if (notice instanceof StoreNotice.Scarce scarce) {
            if (isDue("history")) {
                LOG.warn(
                        "event=history_given_up free_bytes={} reserve_bytes={}",
                        scarce.freeBytes(),
                        scarce.reserveBytes());
            }
        } else if (notice instanceof StoreNotice.SlowForce slow) {
            LOG.warn("event=force_slow ms={}", slow.ms());
        }
    }

    /** Whether something was not told of for a while; it is now. */
    private boolean isDue(String what) {
        Long last = toldAtMs.get(what);
        boolean due = last == null || clock.elapsedMs() - last >= AGAIN_MS;
        if (due) {
            toldAtMs.put(what, clock.elapsedMs());
        }
        return due;
    }
}
