// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Reads a folder after a crash or a clean end and makes it fit to be written to. Rules:
 *
 * <ol>
 *   <li>The journal is read in the order of the sequences until the first entry that is missing or
 *       not whole. Everything behind it is looked through for whole entries, for one thing only:
 *       the highest sequence that any of them says was durable.
 *   <li>If the damaged sequence is not above the highest one known to be durable, what was promised
 *       is lost: that is corruption, and nothing is changed.
 *   <li>Otherwise nothing that was promised is behind it: it is cut off, with whole entries that a
 *       power loss has left behind a torn one.
 *   <li>What was accepted above the known durable sequence may be in the system's memory only, on
 *       pages that a failed force has marked as written: it is written again and forced, and what
 *       was cut is overwritten with zeros and forced, before anything is served.
 * </ol>
 *
 * Lengths, checksums, tags, epochs, sequences and offsets are checked before anything is believed.
 */
final class Recovery {
    private final Folder folder;
    private final Manifest manifest;
    private final boolean clean;
    private final int epoch;
    private final Store.RecoveryTarget target;
    private final Set<String> names;
    private final IndexesAhead indexes;
    private final JournalState state;
    private final Replay replay;
    private final EntrySequence entries;
    private final ArrayDeque<TailRepair.Mark> undurable = new ArrayDeque<>();

    private Segment coveredSegment;

    /** Whether the segment that was opened last has no header that can be read. */
    private boolean headerDamaged;

    private long durable;
    private long batches;
    private int snapshotParts;
    private int rebuilt;
    private long cutBytes;
    private int cutEntries;
    private String cutAt;

    Recovery(
            Folder folder,
            Manifest manifest,
            int previousEpoch,
            int epoch,
            Store.RecoveryTarget target,
            Executor reads)
            throws IOException {
        this.folder = folder;
        this.manifest = manifest;
        this.epoch = epoch;
        this.target = target;
        Manifest.CleanEnd end = manifest.cleanEnd();
        clean = end != null && end.epoch() == previousEpoch;
        names = new HashSet<>(folder.list());
        indexes = new IndexesAhead(folder, manifest, reads);
        state = new JournalState(folder, manifest);
        replay = new Replay(state, new RunReader(folder), target);
        entries = new EntrySequence(epoch);
        durable = manifest.durableSequence();
    }

    /** Does all of it; on failure nothing in the folder has changed but what no longer counts. */
    JournalState run() throws IOException, StoreException {
        try {
            readSnapshot();
            openTenured();
            readClosed();
            readOpen();
            return state;
        } catch (IOException | StoreException | RuntimeException e) {
            state.closeFiles();
            throw e;
        }
    }

    RecoveryReport report() {
        return new RecoveryReport(
                clean,
                snapshotParts,
                batches,
                entries.next() - 1,
                durable,
                cutBytes,
                cutEntries,
                cutAt,
                rebuilt);
    }

    private void readSnapshot() throws IOException, StoreException {
        if (manifest.snapshotId() != 0) {
            snapshotParts =
                    SnapshotFile.read(
                            folder, manifest.snapshotId(), manifest.snapshotSequence(), target);
        }
    }

    private void openTenured() throws IOException, StoreException {
        for (Manifest.Old old : manifest.tenured()) {
            state.addTenured(state.tenured.open(old.id(), old.bytes()));
        }
    }

    /** Covered segments may have gaps between them; from the snapshot on there must be none. */
    private void readClosed() throws IOException, StoreException {
        long lowest = manifest.snapshotSequence();
        long next = Math.max(1, lowest);
        for (Manifest.Closed closed : manifest.closed()) {
            boolean covered = IndexesAhead.isCovered(closed, manifest);
            if (!covered) {
                checkNoneMissing(next, closed.firstSequence());
                next = closed.lastSequence() + 1;
            }
            Segment segment = readClosed(closed, covered);
            state.addOffsets(segment);
        }
        checkNoneMissing(next, manifest.openSequence());
    }

    private void checkNoneMissing(long next, long found) throws StoreException {
        if (found > next) {
            throw Corruption.at(
                    folder.describe(Names.MANIFEST), 0, "batches from " + next + " are missing");
        }
    }

    private Segment readClosed(Manifest.Closed closed, boolean covered)
            throws IOException, StoreException {
        DataFile file;
        try {
            file = folder.open(Names.segment(closed.id()));
        } catch (NoSuchFileException e) {
            throw Corruption.at(describe(closed.id()), 0, "it is missing");
        }
        SegmentIndex index = covered ? indexes.next() : null;
        Segment segment =
                new Segment(
                        closed.id(),
                        file,
                        file.size(),
                        closed.firstSequence(),
                        index == null ? new SegmentIndex() : index);
        state.addClosed(segment);
        if (index != null) {
            state.stagings.addAll(segment.id, index.staged());
            segment.lastSequence = closed.lastSequence();
            segment.end = closed.end();
            return segment;
        }
        SegmentHeader header = readHeader(segment);
        if (header == null || header.firstSequence() != closed.firstSequence()) {
            throw Corruption.at(describe(closed.id()), 0, "its header is not what it was");
        }
        entries.expect(closed.firstSequence());
        coveredSegment = covered ? segment : null;
        long end = readEntries(segment, reader(segment));
        coveredSegment = null;
        if (entries.next() != closed.lastSequence() + 1) {
            throw Corruption.at(
                    describe(closed.id()),
                    end,
                    "batch " + entries.next() + " is missing or not whole");
        }
        if (covered) {
            rebuilt++;
            IndexFile.write(folder, closed, manifest.salt(), segment.index);
        }
        return segment;
    }

    private void readOpen() throws IOException, StoreException {
        entries.expect(manifest.openSequence());
        long id = manifest.openSegment();
        Segment last = null;
        long readTo = 0;
        String damage = "batch " + entries.next() + " is missing or not whole";
        while (names.contains(Names.segment(id))) {
            Segment segment = openNext(id);
            if (segment == null) {
                break;
            }
            state.addOpen(segment);
            last = segment;
            readTo = readEntries(segment, reader(segment));
            damage = "batch " + entries.next() + " is missing or not whole";
            id++;
            if (clean && manifest.cleanEnd().segment() == segment.id) {
                break;
            }
        }
        if (clean) {
            checkCleanEnd(last);
        } else {
            judgeRest(last, readTo, damage);
        }
        state.finish(entries.next());
    }

    /** Opens the segment that follows; null if it can't be the continuation. */
    private Segment openNext(long id) throws IOException, StoreException {
        DataFile file = folder.open(Names.segment(id));
        Segment segment = new Segment(id, file, file.size(), entries.next(), new SegmentIndex());
        SegmentHeader header = readHeader(segment);
        headerDamaged = header == null;
        if (header == null || header.firstSequence() != entries.next() || header.epoch() > epoch) {
            file.close();
            return null;
        }
        return segment;
    }

    /** Reads a header; null if it is damaged or blank. */
    private SegmentHeader readHeader(Segment segment) throws IOException, StoreException {
        byte[] header = new byte[SegmentHeader.BYTES];
        if (segment.file.read(ByteBuffer.wrap(header), 0) < header.length) {
            return null;
        }
        long tag = SegmentHeader.tag(manifest.salt(), segment.id);
        String damage =
                SegmentHeader.check(header, segment.id, tag, segment.size, describe(segment.id));
        return damage == null ? SegmentHeader.decode(header) : null;
    }

    /**
     * Reads entries in the order of their sequences as far as they are whole; returns where the
     * last one ends.
     */
    private long readEntries(Segment segment, EntryReader reader)
            throws IOException, StoreException {
        String file = describe(segment.id);
        long position = SegmentHeader.BYTES;
        EntryReader.Entry entry = entries.find(reader, position);
        while (entry != null) {
            accept(segment, file, entry);
            position = entry.end();
            segment.end = EntryLayout.alignToPage(position);
            segment.lastSequence = entry.sequence();
            entry = entries.find(reader, position);
        }
        return position;
    }

    private void accept(Segment segment, String file, EntryReader.Entry entry)
            throws IOException, StoreException {
        entries.accept(entry, file);
        EntryParts parts = EntryParts.of(entry, file);
        boolean covered = segment == coveredSegment;
        new EntryCheck(state, segment, covered, parts, file).run();
        parts.batch().visit(new Indexing(state, segment, parts));
        undurable.addLast(new TailRepair.Mark(entry.sequence(), segment, entry.position()));
        raiseDurable(entry.durable());
        if (entry.sequence() >= manifest.snapshotSequence()) {
            batches++;
            state.countReplayed(entry.length());
            replay.tell(segment, parts);
        }
    }

    private void raiseDurable(long sequence) {
        durable = Math.max(durable, sequence);
        while (!undurable.isEmpty() && undurable.getFirst().sequence() <= durable) {
            undurable.removeFirst();
        }
    }

    private void checkCleanEnd(Segment last) throws StoreException {
        Manifest.CleanEnd end = manifest.cleanEnd();
        if (last == null
                || last.id != end.segment()
                || last.end != end.position()
                || entries.next() != end.nextSequence()) {
            long id = last == null ? manifest.openSegment() : last.id;
            throw Corruption.at(
                    describe(id),
                    last == null ? 0 : last.end,
                    "batch " + entries.next() + " is missing or not whole");
        }
        raiseDurable(entries.next() - 1);
    }

    /**
     * Decides what the rest is, corruption or a torn tail, and cuts a torn tail off. The first open
     * segment was durable, as a file, before anything named it: if it is missing it was lost.
     */
    private void judgeRest(Segment last, long readTo, String damage)
            throws IOException, StoreException {
        long afterLast = last == null ? manifest.openSegment() : last.id + 1;
        List<Long> later =
                names.stream()
                        .map(Names::segmentId)
                        .filter(id -> id >= afterLast)
                        .sorted()
                        .toList();
        long restFrom = 0;
        long cutTo = 0;
        if (last != null) {
            EntryReader reader = reader(last);
            // amid a page where one more entry of a write stood there
            restFrom = reader.firstNonZero(readTo, last.end) < 0 ? last.end : readTo;
            cutTo = reader.lastNonZero(restFrom) + 1;
            lookThrough(reader, restFrom, cutTo);
        }
        if (last == null && !later.contains(afterLast)) {
            throw Corruption.at(describe(afterLast), 0, "it is missing");
        }
        for (long id : later) {
            try (DataFile file = folder.open(Names.segment(id))) {
                long tag = SegmentHeader.tag(manifest.salt(), id);
                EntryReader reader = new EntryReader(file, describe(id), tag, file.size());
                long end = reader.lastNonZero(0) + 1;
                cutBytes += end;
                lookThrough(reader, 0, end);
            }
        }
        if (entries.next() <= durable) {
            // where nothing stands behind the last batch, it is the next segment that can't be read
            boolean next = last == null || cutTo <= restFrom && headerDamaged;
            throw Corruption.at(
                    describe(next ? afterLast : last.id),
                    next ? 0 : restFrom,
                    damage + ", and batches up to " + durable + " were durable");
        }
        long cutHere = last == null ? 0 : Math.max(0, cutTo - restFrom);
        cutBytes += cutHere;
        if (cutBytes > 0) {
            cutAt = last == null ? describe(afterLast) : describe(last.id) + ":" + restFrom;
        }
        TailRepair repair = new TailRepair(folder);
        if (last == null) {
            repair.blank(afterLast);
            later = later.stream().filter(id -> id != afterLast).toList();
        }
        repair.run(state.openSegments(), undurable.peekFirst(), restFrom, cutHere, later);
    }

    private void lookThrough(EntryReader reader, long from, long to)
            throws IOException, StoreException {
        EntryReader.Entry entry = reader.find(from, to);
        while (entry != null) {
            cutEntries++;
            raiseDurable(entry.durable());
            entry = reader.find(entry.end(), to);
        }
    }

    private EntryReader reader(Segment segment) {
        long tag = SegmentHeader.tag(manifest.salt(), segment.id);
        return new EntryReader(segment.file, describe(segment.id), tag, segment.size);
    }

    private String describe(long id) {
        return folder.describe(Names.segment(id));
    }
}
