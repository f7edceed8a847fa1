// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Prepares the next segment while the last one is filled: full of zeros, forced, under its final
 * name, so that using it needs no force of its own. It is filled a piece at a time, as fast as the
 * last one is used up: much written at once would hold up the forces that somebody waits for.
 * Called from the loop's thread.
 */
final class SegmentSupply {
    private final Folder folder;
    private final Executor executor;
    private final RoomWatch room;
    private Preparation next;

    SegmentSupply(Folder folder, Executor executor, RoomWatch room) {
        this.folder = folder;
        this.executor = executor;
        this.room = room;
    }

    /** A file of zeros. */
    record Prepared(long id, DataFile file, long bytes) {}

    /** Makes a segment's file on this thread. */
    static Prepared make(Folder folder, long id, long bytes) throws IOException {
        try {
            return new Preparation(folder, id, bytes).finish(Runnable::run).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Opens the file of a segment once more. */
    DataFile open(long id) throws IOException {
        return folder.open(Names.segment(id));
    }

    /** Takes over a file that an earlier owner has prepared. */
    void adopt(Prepared prepared) {
        next = new Preparation(folder, prepared);
    }

    /** Says how large the next segment may be, where one of these bytes is wished for. */
    long fitting(long wishedBytes) {
        return room.segmentBytes(wishedBytes);
    }

    /**
     * Has a part of a segment prepared. What room is left is looked at after the first part and
     * after the last.
     *
     * @param bytes the segment's size, unless it was begun before
     * @param share how much of it is to be there, of 1
     */
    void prepare(long id, LongSupplier bytes, double share) {
        boolean first = begin(id, bytes);
        boolean more = next.goOn(executor, share);
        if (first || more && next.isAllAsked()) {
            room.check();
        }
    }

    /** Begins the next segment, unless that was done; returns whether it was not. */
    private boolean begin(long id, LongSupplier bytes) {
        boolean first = next == null;
        if (first) {
            next = new Preparation(folder, id, bytes.getAsLong());
        }
        return first;
    }

    /**
     * Takes the next segment, and waits where it is not ready yet.
     *
     * @throws StoreException FULL if there is no room for one, and nothing has changed; IO
     */
    Prepared take(long id, LongSupplier bytes) throws StoreException {
        begin(id, bytes);
        boolean more = !next.isAllAsked();
        CompletableFuture<Prepared> coming = next.finish(executor);
        next = null;
        if (more) {
            room.check();
        }
        try {
            return coming.join();
        } catch (CompletionException e) {
            StoreException.Kind kind =
                    e.getCause() instanceof NoRoomException
                            ? StoreException.Kind.FULL
                            : StoreException.Kind.IO;
            throw new StoreException(
                    kind, "no new segment: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Closes what was prepared and not taken; what is complete stays in the folder. */
    void close() {
        if (next != null) {
            next.close(executor);
        }
    }
}
