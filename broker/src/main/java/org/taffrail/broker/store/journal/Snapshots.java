// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes snapshots without stopping the loop: parts are gathered and written by jobs; when the file
 * is durable, and the journal up to the highest sequence of its parts, the manifest names it.
 * Belongs to the loop's thread.
 */
final class Snapshots {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Folder folder;
    private final JournalState state;
    private final FileJobs jobs;
    private final Manifests manifests;
    private final ArrayDeque<Writer> finished = new ArrayDeque<>();
    private final TreeMap<Long, Long> bytesAt = new TreeMap<>();
    private Writer open;
    private long lastId;
    private long coveredBytes;
    private StoreException trouble;

    Snapshots(Folder folder, JournalState state, FileJobs jobs, Manifests manifests) {
        this.folder = folder;
        this.state = state;
        this.jobs = jobs;
        this.manifests = manifests;
        lastId = state.snapshotId;
    }

    /** Says how many bytes were appended up to a sequence; asked for when a snapshot begins. */
    record Mark(long sequence, long bytes) {}

    Store.SnapshotWriter start(Mark mark, Journal journal) throws StoreException {
        throwTrouble();
        if (open != null) {
            throw new IllegalStateException("a snapshot is being taken");
        }
        bytesAt.put(mark.sequence, mark.bytes);
        open = new Writer(++lastId, journal);
        return open;
    }

    /** Reports, once, that there was no room for the last one. */
    void throwTrouble() throws StoreException {
        if (trouble != null) {
            StoreException thrown = trouble;
            trouble = null;
            throw thrown;
        }
    }

    /**
     * Returns how many of the appended bytes the published snapshot covers, or the last one that is
     * on its way to be published.
     */
    long coveredBytes() {
        return finished.isEmpty() ? coveredBytes : bytesUpTo(finished.peekLast());
    }

    /** Tells whether snapshots wait to be published. */
    boolean publishing() {
        return !finished.isEmpty();
    }

    private long bytesUpTo(Writer writer) {
        Map.Entry<Long, Long> mark = bytesAt.floorEntry(writer.lowest);
        return mark == null ? coveredBytes : mark.getValue();
    }

    /** Goes on with what can go on. */
    void step(Journal journal) {
        Writer first = finished.peekFirst();
        if (first == null
                || !first.durable
                || first.published
                || manifests.busy()
                || journal.durable() < first.highest) {
            return;
        }
        first.published = true;
        var closed = manifests.closed(journal.active().id, journal.durable());
        Manifest manifest =
                manifests.describe(closed, journal.durable(), first.id, first.lowest, null);
        manifests.replace(manifest, closed, () -> adopt(first), () -> refuse(first));
    }

    private void adopt(Writer writer) {
        finished.removeFirst();
        if (state.snapshotId != 0) {
            manifests.dropLater(Names.snapshot(state.snapshotId));
        }
        state.snapshotId = writer.id;
        state.snapshotSequence = writer.lowest;
        coveredBytes = bytesUpTo(writer);
        Long covered = bytesAt.floorKey(writer.lowest);
        if (covered != null) {
            bytesAt.headMap(covered).clear();
        }
    }

    private void refuse(Writer writer) {
        finished.remove(writer);
        manifests.dropLater(Names.snapshot(writer.id));
        trouble =
                new StoreException(
                        StoreException.Kind.FULL,
                        "there was no room for snapshot " + writer.id + "; the last one counts");
    }

    /** Gathers the parts of one snapshot. */
    private final class Writer implements Store.SnapshotWriter {
        private final long id;
        private final Journal journal;
        private ByteSink chunk = new ByteSink(1 << 14);
        private long parts;
        private long lowest = Long.MAX_VALUE;
        private long highest;
        private boolean durable;
        private boolean published;
        private boolean refused;

        /** Touched by jobs only. */
        private DataFile file;

        /** Touched by jobs only. */
        private long position;

        Writer(long id, Journal journal) {
            this.id = id;
            this.journal = journal;
            SnapshotFile.header(chunk, id);
        }

        @Override
        public void put(long key, long sequence, byte[] state, int at, int length)
                throws StoreException {
            checkOpen();
            boolean large = length >= CHUNK_BYTES;
            if (large) {
                SnapshotFile.beginPart(chunk, key, sequence, state, at, length);
            } else {
                SnapshotFile.part(chunk, key, sequence, state, at, length);
            }
            lowest = Math.min(lowest, sequence);
            highest = Math.max(highest, sequence);
            parts++;
            if (large || chunk.length() >= CHUNK_BYTES) {
                writeChunk(false);
            }
            if (large) {
                jobs.begin(
                        () -> write(ByteBuffer.wrap(state, at, length), false),
                        () -> {},
                        this::noRoom);
            }
        }

        @Override
        public void publish(long upTo) throws StoreException {
            checkOpen();
            if (parts == 0) {
                lowest = 0;
            }
            highest = Math.max(highest, upTo);
            if (highest >= state.nextSequence || lowest < state.snapshotSequence) {
                throw new StoreException(
                        StoreException.Kind.LIMIT,
                        "a snapshot of sequences "
                                + lowest
                                + " to "
                                + highest
                                + ", allowed are "
                                + state.snapshotSequence
                                + " to "
                                + (state.nextSequence - 1));
            }
            SnapshotFile.footer(chunk, parts, lowest, id);
            writeChunk(true);
            open = null;
            finished.addLast(this);
            journal.mustForce(highest);
        }

        @Override
        public void abandon() {
            if (open == this) {
                open = null;
                refused = true;
                jobs.begin(
                        () -> {
                            closeFile();
                            folder.delete(Names.snapshot(id));
                        },
                        () -> {});
            }
        }

        private void checkOpen() throws StoreException {
            if (open != this) {
                throwTrouble();
                throw new IllegalStateException("snapshot " + id + " is not open any more");
            }
        }

        private void writeChunk(boolean last) {
            ByteSink full = chunk;
            chunk = last ? null : new ByteSink(CHUNK_BYTES + (CHUNK_BYTES >> 2));
            jobs.begin(
                    () -> write(ByteBuffer.wrap(full.array(), 0, full.length()), last),
                    () -> durable = last && !refused,
                    this::noRoom);
        }

        private void write(ByteBuffer bytes, boolean last) throws IOException {
            if (file == null && position == 0) {
                file = folder.create(Names.snapshot(id));
            }
            if (file == null) {
                throw new NoRoomException("snapshot " + id, null);
            }
            try {
                int length = bytes.remaining();
                file.write(bytes, position);
                position += length;
                if (last) {
                    file.force();
                    closeFile();
                }
            } catch (NoRoomException e) {
                position = -1;
                closeFile();
                folder.delete(Names.snapshot(id)); // what there is of it takes room itself
                throw e;
            }
        }

        private void closeFile() throws IOException {
            if (file != null) {
                file.close();
                file = null;
            }
        }

        private void noRoom() {
            if (!refused) {
                refused = true;
                if (open == this) {
                    open = null;
                }
                refuse(this);
            }
        }
    }
}
