// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.broker.store.tenured.Merge;
import org.taffrail.broker.store.tenured.RunStream;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredCopy;
import org.taffrail.broker.store.tenured.TenuredSizes;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes of a folder, damaged or not, another one that a store starts from, with all that can be
 * read:
 *
 * <ul>
 *   <li>Records of batches that the snapshot covers, and those of tenured files, become tenured
 *       files.
 *   <li>Batches after it become a new journal, with their own sequences and offsets. What a batch
 *       commits stands in it; what was staged and not committed is left out, as any start would
 *       give it up. A batch that is lost is replaced by an empty one, so that those behind it are
 *       applied: what they say of things that were made in the lost one is passed over.
 *   <li>Of the snapshot the parts that are whole stay.
 * </ul>
 *
 * The folder that it reads never changes. Offsets that nobody can read any more are not known to
 * the core as lost: whoever repairs tells it, see {@link Result#kept}.
 */
public final class FolderRepair {
    private static final long STEP_BYTES = 8 << 20;
    private static final int EPOCHS_UNKNOWN = 1000;
    private static final int BATCH_BYTES_MAX = 1 << 29;

    /** So many segments are moved to tenured files at once. */
    private static final int SEGMENTS_AT_ONCE = 16;

    private final Folder from;
    private final Folder to;
    private final long salt;
    private final Findings findings;
    private final KeptOffsets kept = new KeptOffsets();
    private final Offsets floors = new Offsets();
    private final List<Manifest.Old> tenured = new ArrayList<>();
    private Contents contents;
    private long lastPartSequence;
    private int epoch = 1;
    private long timeMs;
    private long keptBatches;
    private long lostBatches;
    private long tenuredRecords;

    /**
     * What a repair has made.
     *
     * @param batches how many batches the new journal has that were whole
     * @param lostBatches how many empty ones stand for others that were lost
     * @param tenuredRecords how many records are in tenured files
     * @param timeMs when the last batch was appended, ms since 1970; 0 if there is none
     * @param kept which records there are
     */
    public record Result(
            long batches, long lostBatches, long tenuredRecords, long timeMs, KeptOffsets kept) {}

    /**
     * Makes a repair.
     *
     * @param from the folder that is read; nobody writes to it meanwhile
     * @param to an empty folder
     * @param secret of the new folder
     * @param findings takes what is left out
     */
    public FolderRepair(Folder from, Folder to, long secret, Findings findings) {
        this.from = from;
        this.to = to;
        salt = secret;
        this.findings = findings;
    }

    /**
     * Repairs.
     *
     * @return what was made
     * @throws IOException if something can't be read or written
     * @throws StoreException CORRUPT if nothing can be told, because the manifest is damaged, and
     *     the header of each segment; TOO_NEW or TOO_OLD
     */
    public Result run() throws IOException, StoreException {
        if (!to.list().isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.IO, to + " has files in it: name a new folder");
        }
        contents = Contents.readKnown(from, findings);
        Manifest manifest = contents.manifest();
        manifest.floors().forEach(floors::raise);
        copySnapshot(manifest);
        for (Manifest.Old old : manifest.tenured()) {
            copyTenured(old);
        }
        copyJournal(manifest);
        return new Result(keptBatches, lostBatches, tenuredRecords, timeMs, kept);
    }

    private void copySnapshot(Manifest manifest) throws IOException, StoreException {
        if (manifest.snapshotId() == 0) {
            return;
        }
        long id = manifest.snapshotId();
        String name = from.describe(Names.snapshot(id));
        try (DataFile file = to.create(Names.snapshot(id))) {
            SnapshotCopy copy = new SnapshotCopy(file);
            SnapshotFile.header(copy.sink, id);
            SnapshotFile.Expected expected =
                    new SnapshotFile.Expected(id, manifest.snapshotSequence());
            try {
                SnapshotFile.read(from, expected, copy, damage -> findings.add(damage, name));
            } catch (StoreException e) {
                findings.add(e, name);
            }
            SnapshotFile.footer(copy.sink, copy.parts, manifest.snapshotSequence(), id);
            copy.write();
            file.force();
            if (copy.failure != null) {
                throw copy.failure;
            }
        }
    }

    /** Writes parts one after the other. */
    private final class SnapshotCopy implements SnapshotFile.PartTarget {
        private final DataFile file;
        private final ByteSink sink = new ByteSink(1 << 12);
        private long position;
        private long parts;
        private IOException failure;

        SnapshotCopy(DataFile file) {
            this.file = file;
        }

        @Override
        public void part(long key, long sequence, byte[] state) {
            SnapshotFile.part(sink, key, sequence, state, 0, state.length);
            lastPartSequence = Math.max(lastPartSequence, sequence);
            parts++;
            try {
                write();
            } catch (IOException e) {
                failure = e;
            }
        }

        void write() throws IOException {
            file.write(ByteBuffer.wrap(sink.array(), 0, sink.length()), position);
            position += sink.length();
            sink.clear();
        }
    }

    private long tenuredTag(long id) {
        return SegmentHeader.tag(~salt, id);
    }

    private void copyTenured(Manifest.Old old) throws IOException, StoreException {
        String name = from.describe(Tenured.name(old.id()));
        try (TenuredCopy copy = new TenuredCopy(to, old.id(), tenuredTag(old.id()))) {
            long bytes =
                    copy.copy(
                            from,
                            contents.manifest().tenuredTag(old.id()),
                            old.bytes(),
                            new TenuredCopy.Target() {
                                @Override
                                public boolean keeps(byte[] array, int at) {
                                    boolean keeps = keep(array, at);
                                    tenuredRecords += keeps ? RunLayout.count(array, at) : 0;
                                    return keeps;
                                }

                                @Override
                                public void damaged(StoreException damage) throws StoreException {
                                    findings.add(damage, name);
                                }
                            });
            if (bytes > 0) {
                tenured.add(new Manifest.Old(old.id(), bytes));
            }
        }
    }

    /** Notes a run; false if it is there already, in a file that was given up for another. */
    private boolean keep(byte[] array, int at) {
        long partition = RunLayout.partition(array, at);
        long offset = RunLayout.offset(array, at);
        if (kept.has(partition, offset)) {
            return false;
        }
        kept.add(partition, offset, offset + RunLayout.count(array, at));
        return true;
    }

    private void copyJournal(Manifest manifest) throws IOException, StoreException {
        JournalWalk first = new JournalWalk(contents, findings, (segment, entry, parts) -> {});
        first.run();
        long firstSequence = Math.max(1, manifest.snapshotSequence());
        AtomicLong nextTenured = new AtomicLong(manifest.nextTenured());
        long next;
        try (JournalCopy copy = new JournalCopy(to, salt, firstSequence)) {
            Entries entries = new Entries(copy, firstSequence, first.keptSequence());
            try (JournalWalk second =
                    new JournalWalk(contents, Findings.ignored(), entries).keepingSegments()) {
                entries.walk = second;
                second.run();
                moveCovered(entries, second.state(), nextTenured);
            }
            long last = Math.max(first.durable(), lastPartSequence);
            lostBatches += copy.fill(last + 1);
            next = copy.next();
            epoch = Math.max(epoch, copy.epoch());
        }
        // owners that have written nothing have left no trace where the file is damaged
        boolean known = contents.epoch() != Integer.MAX_VALUE;
        epoch = known ? Math.max(epoch, contents.epoch()) : epoch + EPOCHS_UNKNOWN;
        ByteSink body = new ByteSink(16);
        body.putInt(epoch);
        SealedFile.replace(to, Names.EPOCH, FilePrologue.Kind.EPOCH, body);
        new Manifest(
                        salt,
                        next - 1,
                        manifest.snapshotId(),
                        manifest.snapshotSequence(),
                        JournalCopy.FIRST_SEGMENT,
                        firstSequence,
                        List.of(),
                        floors.toMap(),
                        nextTenured.get(),
                        tenured,
                        null)
                .replace(to);
    }

    /** Moves what the snapshot covers to tenured files. */
    private void moveCovered(Entries entries, JournalState state, AtomicLong nextTenured)
            throws IOException, StoreException {
        Map<Long, Segment> segments = new HashMap<>();
        state.segments().forEach(segment -> segments.put(segment.id, segment));
        List<Segment> covered = new ArrayList<>(entries.covered.values());
        RunReader reader = new RunReader(from);
        for (int at = 0; at < covered.size(); at += SEGMENTS_AT_ONCE) {
            List<RunStream> streams = new ArrayList<>();
            int end = Math.min(covered.size(), at + SEGMENTS_AT_ONCE);
            for (Segment segment : covered.subList(at, end)) {
                Map<Long, Store.Wanted> all = new HashMap<>();
                segment.index.forEachPartition(
                        partition -> {
                            all.put(partition, new All());
                            floors.raise(partition, segment.index.runs(partition).end());
                        });
                streams.add(
                        new Noting(new SegmentStream(segment, segments, Set.of(), all, reader)));
            }
            try (Merge merge =
                    new Merge(
                            to,
                            TenuredSizes.DEFAULT,
                            nextTenured::getAndIncrement,
                            this::tenuredTag,
                            streams)) {
                while (!merge.step(STEP_BYTES)) {
                    // goes on
                }
                merge.made()
                        .forEach(each -> tenured.add(new Manifest.Old(each.id(), each.bytes())));
            }
        }
    }

    /** Wants everything. */
    private static final class All implements Store.Wanted {
        @Override
        public boolean any(long firstOffset, long lastOffset) {
            return true;
        }

        @Override
        public long records() {
            return Long.MAX_VALUE;
        }
    }

    /** Notes what passes through. */
    private final class Noting implements RunStream {
        private final RunStream stream;

        Noting(RunStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean next() throws IOException, StoreException {
            while (stream.next()) {
                if (keep(stream.array(), stream.at())) {
                    tenuredRecords += RunLayout.count(stream.array(), stream.at());
                    return true;
                }
            }
            return false;
        }

        @Override
        public long partition() {
            return stream.partition();
        }

        @Override
        public long offset() {
            return stream.offset();
        }

        @Override
        public byte[] array() {
            return stream.array();
        }

        @Override
        public int at() {
            return stream.at();
        }

        @Override
        public long bytesOf(long partition) {
            return stream.bytesOf(partition);
        }
    }

    /** Takes the batches: those that are covered into indexes, the others into the new journal. */
    private final class Entries implements JournalWalk.Visitor, Store.RecoveryTarget {
        private final JournalCopy copy;
        private final long firstSequence;
        private final long lastSequence;

        /** For each segment, with its file, what the snapshot covers of it. */
        private final TreeMap<Long, Segment> covered = new TreeMap<>();

        private JournalWalk walk;
        private Batch gathered;
        private boolean tooLarge;

        Entries(JournalCopy copy, long firstSequence, long lastSequence) {
            this.copy = copy;
            this.firstSequence = firstSequence;
            this.lastSequence = lastSequence;
        }

        @Override
        public void entry(Segment segment, EntryReader.Entry entry, EntryParts parts)
                throws IOException, StoreException {
            if (parts.sequence() > lastSequence) {
                return;
            }
            long position = entry.position(); // the entry is not valid for long
            timeMs = Math.max(timeMs, parts.batch().timeMs());
            epoch = Math.max(epoch, parts.epoch());
            JournalState state = walk.state();
            if (parts.sequence() < firstSequence) {
                Segment old =
                        covered.computeIfAbsent(
                                segment.id,
                                id ->
                                        new Segment(
                                                id,
                                                segment.file,
                                                segment.size,
                                                segment.firstSequence,
                                                new SegmentIndex()));
                parts.batch().visit(new Indexing(state, old, parts));
                return;
            }
            lostBatches += copy.fill(parts.sequence());
            gathered = null;
            tooLarge = false;
            new Replay(state, new RunReader(from), this).tell(segment, parts);
            if (tooLarge) {
                findings.add(
                        Findings.Harm.DAMAGE,
                        contents.describe(segment.id),
                        position,
                        "it commits more than "
                                + BATCH_BYTES_MAX
                                + " bytes, which a repair can't keep: the rest of it is left out");
            }
            if (gathered == null) {
                gathered = new Batch(false, parts.batch().timeMs());
            }
            byte[] runs = gathered.runs().array();
            gathered.forEachRun(at -> keep(runs, at));
            copy.add(gathered, parts.epoch());
            keptBatches++;
        }

        @Override
        public void batch(long sequence, Batch piece) {
            if (gathered == null) {
                gathered = new Batch(piece.events(), piece.runs(), piece.relaxed(), piece.timeMs());
            } else if (gathered.bytes() + piece.bytes() > BATCH_BYTES_MAX) {
                tooLarge = true;
            } else {
                gathered.events().putBytes(piece.events().array(), 0, piece.events().length());
                gathered.runs().putBytes(piece.runs().array(), 0, piece.runs().length());
            }
        }

        @Override
        public void snapshot(long key, long sequence, byte[] state) {
            throw new IllegalStateException("a batch has no parts of a snapshot");
        }

        @Override
        public void staging(long stagingId) {
            throw new IllegalStateException("a batch has no stagings that are open");
        }
    }

    /**
     * Sees to it that no offset is given again in a folder that was repaired.
     *
     * @param folder the folder, which no store has claimed
     * @param ends for each partition the offset after the last one that was ever given
     * @throws IOException if it can't be read or written
     * @throws StoreException CORRUPT if it is damaged
     */
    public static void keepOffsets(Folder folder, Map<Long, Long> ends)
            throws IOException, StoreException {
        Contents.readKnown(folder, Findings.ignored()).manifest().withFloors(ends).replace(folder);
    }
}
