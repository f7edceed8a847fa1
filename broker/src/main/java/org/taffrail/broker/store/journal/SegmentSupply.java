// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.SealedFile;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Prepares the next segment while the last one is filled: full of zeros, forced, under its final
 * name, so that using it needs no force of its own. Called from the loop's thread.
 */
final class SegmentSupply {
    private final Folder folder;
    private final Executor executor;
    private final RoomWatch room;
    private CompletableFuture<Prepared> next;

    SegmentSupply(Folder folder, Executor executor, RoomWatch room) {
        this.folder = folder;
        this.executor = executor;
        this.room = room;
    }

    /** A file of zeros. */
    record Prepared(long id, DataFile file, long bytes) {}

    /** Makes a segment's file on this thread. */
    static Prepared make(Folder folder, long id, long bytes) throws IOException {
        String name = Names.segment(id);
        DataFile file = folder.create(SealedFile.temporary(name));
        try {
            file.preallocate(bytes);
            file.force();
            folder.rename(SealedFile.temporary(name), name);
            folder.force();
            return new Prepared(id, file, bytes);
        } catch (IOException e) {
            file.close();
            if (e instanceof NoRoomException) {
                folder.delete(SealedFile.temporary(name));
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
        next = CompletableFuture.completedFuture(prepared);
    }

    /** Says how large the next segment may be, where one of these bytes is wished for. */
    long fitting(long wishedBytes) {
        return room.segmentBytes(wishedBytes);
    }

    /**
     * Begins to prepare a segment, unless one is there or on its way. What room is left after it is
     * looked at next.
     */
    void prepare(long id, long bytes) {
        if (next != null) {
            return;
        }
        CompletableFuture<Prepared> coming = new CompletableFuture<>();
        next = coming;
        executor.execute(
                () -> {
                    try {
                        coming.complete(make(folder, id, bytes));
                    } catch (IOException | RuntimeException e) {
                        coming.completeExceptionally(e);
                    }
                });
        room.check();
    }

    /**
     * Takes the next segment, and waits where it is not ready yet.
     *
     * @throws StoreException FULL if there is no room for one, and nothing has changed; IO
     */
    Prepared take(long id, long bytes) throws StoreException {
        prepare(id, bytes);
        CompletableFuture<Prepared> coming = next;
        next = null;
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

    /** Closes what was prepared and not taken; it stays in the folder. */
    void close() {
        if (next != null) {
            next.thenAccept(
                    prepared -> {
                        try {
                            prepared.file().close();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
        }
    }
}
