// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DiskSpace;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreNotice;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Looks how much room there is, about once a second and whenever a segment was prepared, which is
 * what takes room; on the thread for files. Belongs to the loop's thread.
 *
 * <p>The reserve is for what must always be possible: settlements, the ends of transactions, and
 * what makes room, which are snapshots and merges. It lasts, because nothing takes more than a part
 * of what is free: a segment a sixteenth, see {@link #segmentBytes}, a merge a half.
 */
final class RoomWatch {
    static final long CHECK_NS = 1_000_000_000L;

    /** A segment is not made smaller than this for want of room. */
    private static final long SEGMENT_BYTES_LEAST = 256 << 10;

    private static final int SEGMENTS_IN_FREE = 16;

    private final Folder folder;
    private final FileJobs jobs;
    private final Notices notices;
    private final LongSupplier clockNs;
    private final long reserveBytes;

    private StoreNotice.Room room = StoreNotice.Room.ENOUGH;
    private boolean checking;
    private long checkedNs;

    /** Written by jobs, read when they have ended. */
    private DiskSpace measured;

    /**
     * Looks for the first time.
     *
     * @param reserveBytes how many bytes are kept in reserve, 0 for {@link
     *     DiskSpace#automaticReserve}
     */
    RoomWatch(
            Folder folder, FileJobs jobs, Notices notices, LongSupplier clockNs, long reserveBytes)
            throws IOException {
        this.folder = folder;
        this.jobs = jobs;
        this.notices = notices;
        this.clockNs = clockNs;
        this.reserveBytes = reserveBytes;
        checkedNs = clockNs.getAsLong();
        take(folder.space());
    }

    /** What was found last. */
    StoreNotice.Room room() {
        return room;
    }

    /** Looks again if the last time is long ago; returns whether it does. */
    boolean step() {
        boolean due = !checking && clockNs.getAsLong() - checkedNs >= CHECK_NS;
        if (due) {
            check();
        }
        return due;
    }

    /** Looks again, when what was given to the thread for files before is done. */
    void check() {
        if (!checking) {
            checking = true;
            jobs.begin(
                    () -> measured = folder.space(),
                    () -> {
                        checking = false;
                        checkedNs = clockNs.getAsLong();
                        take(measured);
                    });
        }
    }

    private void take(DiskSpace space) {
        long reserve =
                reserveBytes == 0 ? DiskSpace.automaticReserve(space.totalBytes()) : reserveBytes;
        boolean before = room.isShort();
        // a segment's worth must not open and close the door in turn
        long mark = before ? reserve + reserve / 8 : reserve;
        room = new StoreNotice.Room(space.freeBytes() < mark, space.freeBytes(), reserve);
        if (room.isShort() != before) {
            notices.add(room);
        }
        if (space.freeBytes() < reserve + reserve / 2) {
            notices.add(new StoreNotice.Scarce(space.freeBytes(), reserve));
        }
    }

    /** Says how large the next segment may be: as wished, but little where little is left. */
    long segmentBytes(long wishedBytes) {
        long share = room.freeBytes() / SEGMENTS_IN_FREE;
        long most = Math.max(SEGMENT_BYTES_LEAST, EntryLayout.alignToPage(share));
        return Math.min(wishedBytes, most);
    }

    /** Says how much a merge may write. */
    long mergeBytes() {
        return room.freeBytes() / 2;
    }
}
