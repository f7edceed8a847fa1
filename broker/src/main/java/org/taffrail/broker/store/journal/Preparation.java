// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.format.SealedFile;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The making of one segment's file, a piece at a time. The loop's thread says how far it is to go;
 * the file is filled on another, by one job after the other.
 */
final class Preparation {
    /**
     * It is filled in so many pieces, unless they would be very small. Of a segment of 128 MiB they
     * have 128 KiB: other forces wait for one of these no longer than they take themselves.
     */
    private static final int PIECES = 1024;

    private static final long PIECE_BYTES_LEAST = 16 << 10;

    private final Folder folder;
    private final long id;
    private final long bytes;
    private final CompletableFuture<SegmentSupply.Prepared> prepared = new CompletableFuture<>();

    /** Up to where it was asked for, and whether that is done. */
    private long askedBytes;

    private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

    /** The jobs' own. */
    private DataFile file;

    Preparation(Folder folder, long id, long bytes) {
        this.folder = folder;
        this.id = id;
        this.bytes = bytes;
    }

    /** One that has ended before. */
    Preparation(Folder folder, SegmentSupply.Prepared prepared) {
        this(folder, prepared.id(), prepared.bytes());
        file = prepared.file();
        askedBytes = bytes;
        this.prepared.complete(prepared);
    }

    /**
     * Has the file filled up to a share of it, unless that was asked for before or an earlier piece
     * is not there yet.
     *
     * @param share at least as much is to be there, of 1
     * @return whether there was more to ask for
     */
    boolean goOn(Executor executor, double share) {
        long target = (long) (bytes * share);
        boolean more = target > askedBytes && idle.isDone();
        if (more) {
            fill(executor, Math.max(target, askedBytes + pieceBytes()));
        }
        return more;
    }

    private long pieceBytes() {
        return Math.max(PIECE_BYTES_LEAST, bytes / PIECES);
    }

    /** Tells whether all of it was asked for. */
    boolean isAllAsked() {
        return askedBytes == bytes;
    }

    /**
     * Has all of it filled, behind what is under way.
     *
     * @return what comes of it: an {@link IOException} if it fails, after which nothing goes on
     */
    CompletableFuture<SegmentSupply.Prepared> finish(Executor executor) {
        if (!isAllAsked()) {
            fill(executor, bytes);
        }
        return prepared;
    }

    private void fill(Executor executor, long upToBytes) {
        askedBytes = Math.min(bytes, EntryLayout.alignToPage(upToBytes));
        long asked = askedBytes;
        CompletableFuture<Void> done = new CompletableFuture<>();
        idle = done;
        executor.execute(
                () -> {
                    fill(asked);
                    done.complete(null);
                });
    }

    private void fill(long upToBytes) {
        if (prepared.isDone()) {
            return;
        }
        try {
            if (file == null) {
                file = folder.create(temporary());
            }
            try {
                file.preallocate(upToBytes);
                file.force();
                if (upToBytes == bytes) {
                    folder.rename(temporary(), Names.segment(id));
                    folder.force();
                    prepared.complete(new SegmentSupply.Prepared(id, file, bytes));
                }
            } catch (IOException e) {
                file.close();
                if (e instanceof NoRoomException) {
                    folder.delete(temporary());
                }
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            prepared.completeExceptionally(e);
        }
    }

    /** Closes the file, which stays in the folder if it is complete: behind what is under way. */
    void close(Executor executor) {
        executor.execute(
                () -> {
                    try {
                        if (file != null) {
                            file.close();
                            if (!prepared.isDone()) {
                                folder.delete(temporary());
                            }
                        }
                    } catch (IOException e) {
                        // what is left over goes with the next start
                        prepared.completeExceptionally(e);
                    }
                });
    }

    private String temporary() {
        return SealedFile.temporary(Names.segment(id));
    }
}
