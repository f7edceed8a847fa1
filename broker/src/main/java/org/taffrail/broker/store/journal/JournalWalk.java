// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreException;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads all of a journal that nobody writes to, as {@link Recovery} does, but goes on behind what
 * is damaged, and tells what is wrong. Changes nothing, and keeps no more in memory than one entry,
 * the index of one segment, and what is staged.
 */
final class JournalWalk implements Closeable {
    private final Contents contents;
    private final Findings findings;
    private final Visitor visitor;
    private final JournalState state;
    private final EntrySequence entries;
    private final Gaps gaps = new Gaps();

    private boolean keeping;
    private boolean pastKnown = true;
    private boolean covered;
    private boolean whole;
    private long durable;
    private long keptSequence;

    /** Where the last open segment ended. */
    private Place end;

    /** What is not zero behind the last entry; null if all is. */
    private Place rest;

    private record Place(long segment, long position) {}

    /** Takes what is whole. */
    interface Visitor {
        /**
         * Takes an entry, in the order of the sequences.
         *
         * @param segment where it stands
         * @param entry as it stands there; valid during the call
         * @param parts the same, taken apart
         */
        void entry(Segment segment, EntryReader.Entry entry, EntryParts parts)
                throws IOException, StoreException;

        /** Tells whether it has all that it wants: then the rest is not read. */
        default boolean hasEnough() {
            return false;
        }

        /**
         * Hears that a closed segment was read.
         *
         * @param segment with the index of what was found
         * @param closed what the manifest says of it
         * @param whole whether nothing of it is damaged
         */
        default void closed(Segment segment, Manifest.Closed closed, boolean whole)
                throws IOException, StoreException {}
    }

    JournalWalk(Contents contents, Findings findings, Visitor visitor) {
        this.contents = contents;
        this.findings = findings;
        this.visitor = visitor;
        state = new JournalState(contents.folder(), contents.manifest());
        entries = new EntrySequence(contents.epoch());
        durable = contents.manifest().durableSequence();
    }

    /** Keeps all segments open, with their indexes, until {@link #close}. */
    JournalWalk keepingSegments() {
        keeping = true;
        return this;
    }

    /** What is known of the segments, if they are kept, and of stagings. */
    JournalState state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        state.closeFiles();
    }

    /** Reads all of it. */
    void run() throws IOException, StoreException {
        Manifest manifest = contents.manifest();
        long lowest = manifest.snapshotSequence();
        long next = Math.max(1, lowest);
        for (Manifest.Closed closed : manifest.closed()) {
            covered = closed.lastSequence() < lowest;
            if (!covered) {
                checkNoneMissing(next, closed.firstSequence());
                next = closed.lastSequence() + 1;
            }
            readClosed(closed);
        }
        covered = false;
        checkNoneMissing(next, manifest.openSequence());
        readOpen();
        judge();
    }

    /** The last batch that a start would keep, once all is read. */
    long keptSequence() {
        return keptSequence;
    }

    /** The highest sequence that was known to be durable. */
    long durable() {
        return durable;
    }

    private void checkNoneMissing(long next, long found) {
        if (found > next) {
            lost(
                    contents.folder().describe(Names.MANIFEST),
                    0,
                    "it lists no segment with batches " + next + " to " + (found - 1));
        }
    }

    private void lost(String file, long position, String what) {
        findings.add(Findings.Harm.DAMAGE, file, position, what);
        pastKnown = false;
        whole = false;
    }

    private void readClosed(Manifest.Closed closed) throws IOException, StoreException {
        String name = contents.describe(closed.id());
        Segment segment = open(closed.id(), closed.firstSequence());
        if (segment == null) {
            lost(name, 0, "it is missing");
            return;
        }
        try {
            whole = true;
            SegmentHeader header = readHeader(segment, damage -> lost(name, 0, damage));
            if (header != null && header.firstSequence() != closed.firstSequence()) {
                lost(name, 0, "its first batch is " + header.firstSequence());
            }
            entries.expect(closed.firstSequence());
            EntryReader reader = contents.reader(segment);
            long end = readEntries(segment, reader, true);
            if (entries.next() <= closed.lastSequence()) {
                lost(name, end, missing(entries.next(), closed.lastSequence()));
            } else if (segment.end != closed.end() || entries.next() > closed.lastSequence() + 1) {
                lost(name, end, "it has not ended there, after batch " + closed.lastSequence());
            } else {
                checkZero(segment, reader, end, segment.size, "what was never written");
            }
            if (covered) {
                state.addOffsets(segment);
            }
            visitor.closed(segment, closed, whole);
        } finally {
            leave(segment);
        }
    }

    /** Opens a segment; null if it is missing. */
    private Segment open(long id, long firstSequence) throws IOException {
        try {
            DataFile file = contents.folder().open(Names.segment(id));
            Segment segment = new Segment(id, file, file.size(), firstSequence, new SegmentIndex());
            if (keeping) {
                state.addClosed(segment);
            }
            return segment;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void leave(Segment segment) throws IOException {
        if (!keeping) {
            segment.file.close();
        }
    }

    private static String missing(long from, long to) {
        return from == to
                ? "batch " + from + " is missing or not whole"
                : "batches " + from + " to " + to + " are missing or not whole";
    }

    private interface DamageListener {
        void damaged(String what);
    }

    /** Reads a header; null if it is damaged. */
    private SegmentHeader readHeader(Segment segment, DamageListener listener)
            throws IOException, StoreException {
        byte[] bytes = new byte[SegmentHeader.BYTES];
        String name = contents.describe(segment.id);
        int read = segment.file.read(ByteBuffer.wrap(bytes), 0);
        long tag = SegmentHeader.tag(contents.manifest().salt(), segment.id);
        String damage =
                read < bytes.length
                        ? "it has " + read + " bytes"
                        : SegmentHeader.check(bytes, segment.id, tag, segment.size, name);
        for (int i = SegmentHeader.USED_BYTES; i < read; i++) {
            if (bytes[i] != 0) {
                findings.add(Findings.Harm.NONE, name, i, "not zero behind the header");
                break;
            }
        }
        if (damage != null) {
            listener.damaged(damage);
            return null;
        }
        return SegmentHeader.decode(bytes);
    }

    /**
     * Reads all whole entries of a segment that are in order.
     *
     * @param closed whether what is missing is sure to be damage
     * @return where the last one ends
     */
    private long readEntries(Segment segment, EntryReader reader, boolean closed)
            throws IOException, StoreException {
        String name = contents.describe(segment.id);
        long position = SegmentHeader.BYTES;
        while (!visitor.hasEnough()) {
            long from = position;
            long next = entries.next();
            long aligned = position + EntryLayout.ALIGNMENT - 1 & -EntryLayout.ALIGNMENT;
            EntryReader.Entry entry = entries.find(reader, aligned);
            boolean skipped = entry == null;
            if (skipped) {
                entry = findLater(reader, aligned);
            }
            if (entry == null) {
                break;
            }
            if (skipped) {
                gap(new Gaps.Gap(name, aligned, next, missing(next, entry.sequence() - 1)), closed);
            }
            long at = entry.position();
            position = at + entry.length();
            segment.lastSequence = entry.sequence();
            take(segment, entry);
            if (!skipped) {
                checkZero(segment, reader, from, at, "what is between two batches");
            }
        }
        segment.end = EntryLayout.alignToPage(position);
        return position;
    }

    private EntryReader.Entry findLater(EntryReader reader, long from)
            throws IOException, StoreException {
        EntryReader.Entry entry = reader.find(from);
        while (entry != null && entry.sequence() <= entries.next()) {
            entry = reader.find(entry.end());
        }
        return entry;
    }

    private void gap(Gaps.Gap gap, boolean closed) {
        pastKnown = false;
        if (closed) {
            lost(gap.file(), gap.position(), gap.what());
        } else {
            gaps.add(gap);
        }
    }

    private void take(Segment segment, EntryReader.Entry entry) throws IOException, StoreException {
        String name = contents.describe(segment.id);
        durable = Math.max(durable, entry.durable());
        try {
            entries.accept(entry, name);
            EntryParts parts = EntryParts.of(entry, name);
            EntryCheck check = new EntryCheck(state, segment, covered, parts, name);
            if (pastKnown) {
                check.run();
            } else {
                check.withoutPast().run();
                parts = withoutLost(parts, name, entry.position());
            }
            parts.batch().visit(new Indexing(state, segment, parts));
            visitor.entry(segment, entry, parts);
        } catch (StoreException e) {
            findings.add(e, name);
            pastKnown = false;
            whole = false;
        }
    }

    /** Leaves out of commits those records that are not all there: their offsets can't be told. */
    private EntryParts withoutLost(EntryParts parts, String name, long position) {
        if (parts.steps() == EntrySteps.NONE) {
            return parts;
        }
        List<List<Stagings.Placing>> placings = new ArrayList<>();
        int commits = 0;
        for (Batch.Step step : parts.steps().steps()) {
            if (step instanceof Batch.Commit) {
                List<Stagings.Placing> kept = new ArrayList<>();
                for (Stagings.Placing placing : parts.steps().placings().get(commits++)) {
                    if (state.stagings.has(step.stagingId(), placing)) {
                        kept.add(placing);
                    } else if (contents.counts(placing.segmentId())) {
                        tellLost(placing, name, position);
                    }
                }
                placings.add(kept);
            }
        }
        EntrySteps steps = new EntrySteps(parts.steps().steps(), placings);
        return new EntryParts(
                parts.sequence(), parts.batch(), steps, parts.runsAt(), parts.epoch());
    }

    private void tellLost(Stagings.Placing placing, String name, long position) {
        findings.add(
                Findings.Harm.DAMAGE,
                name,
                position,
                "it commits "
                        + placing.records()
                        + " records of partition "
                        + placing.partition()
                        + ", from offset "
                        + placing.firstOffset()
                        + ", not all of which are whole in segment "
                        + placing.segmentId());
    }

    private void checkZero(Segment segment, EntryReader reader, long from, long to, String what)
            throws IOException {
        long found = reader.firstNonZero(from, to);
        if (found >= 0) {
            String name = contents.describe(segment.id);
            findings.add(Findings.Harm.NONE, name, found, "not zero in " + what);
        }
    }

    /** From the first segment that is not listed on all that are there count, without gaps. */
    private void readOpen() throws IOException, StoreException {
        Manifest manifest = contents.manifest();
        entries.expect(manifest.openSequence());
        long id = manifest.openSegment();
        end = new Place(id, 0);
        for (long found : contents.openSegments()) {
            if (found > id && id == manifest.openSegment()) {
                lost(contents.describe(id), 0, "it is missing");
            } else if (found > id) {
                gap(new Gaps.Gap(contents.describe(id), 0, entries.next(), "it is missing"), false);
            }
            readOpen(found);
            id = found + 1;
        }
        if (id == manifest.openSegment()) {
            lost(contents.describe(id), 0, "it is missing");
        }
    }

    private void readOpen(long id) throws IOException, StoreException {
        String name = contents.describe(id);
        Segment segment = open(id, entries.next());
        if (segment == null) {
            return; // it was there a moment ago
        }
        try {
            EntryReader reader = contents.reader(segment);
            byte[] start = new byte[SegmentHeader.BYTES];
            segment.file.read(ByteBuffer.wrap(start), 0);
            if (SegmentHeader.isBlank(start) && reader.find(SegmentHeader.BYTES) == null) {
                if (wasCut(segment.size)) {
                    boolean first = id == contents.manifest().openSegment();
                    findings.add(
                            first ? Findings.Harm.DAMAGE : Findings.Harm.NONE,
                            name,
                            segment.size,
                            "it was cut");
                }
                checkZero(segment, reader, 0, segment.size, "a segment that was never begun");
                return;
            }
            if (begins(segment)) {
                tellRest(Findings.Harm.NONE, "what was never written");
            }
            rest = null;
            long last = readEntries(segment, reader, false);
            end = new Place(id, last);
            long nonZero = reader.firstNonZero(last, segment.size);
            rest = nonZero < 0 ? null : new Place(id, nonZero);
        } catch (StoreException e) {
            findings.add(e, name);
        } finally {
            leave(segment);
        }
    }

    private static boolean wasCut(long bytes) {
        return bytes < 2 * SegmentHeader.BYTES || bytes % EntryLayout.PAGE_BYTES != 0;
    }

    /** Checks how an open segment begins; false if it is not what must come next. */
    private boolean begins(Segment segment) throws IOException, StoreException {
        String name = contents.describe(segment.id);
        long next = entries.next();
        SegmentHeader header =
                readHeader(segment, damage -> gap(new Gaps.Gap(name, 0, next, damage), false));
        if (header == null) {
            return false;
        }
        long first = header.firstSequence();
        if (first > next) {
            gap(
                    new Gaps.Gap(
                            contents.describe(end.segment),
                            end.position,
                            next,
                            missing(next, first - 1)),
                    false);
            entries.expect(first);
            return false;
        }
        if (first < next || header.epoch() > contents.epoch()) {
            String what = "it begins with batch " + first + " of owner " + header.epoch();
            gap(new Gaps.Gap(name, 0, next, what), false);
            return false;
        }
        return true;
    }

    private void tellRest(Findings.Harm harm, String where) {
        if (rest != null) {
            findings.add(
                    harm, contents.describe(rest.segment), rest.position, "not zero in " + where);
        }
    }

    /** Decides what is damage and what a crash has left. */
    private void judge() {
        Manifest.CleanEnd clean = contents.cleanEnd();
        if (clean != null) {
            durable = Math.max(durable, clean.nextSequence() - 1);
        }
        keptSequence = gaps.judge(durable, entries.next() - 1, findings);
        String file = contents.describe(end.segment);
        long next = entries.next();
        if (next <= durable) {
            findings.add(Findings.Harm.DAMAGE, file, end.position, missing(next, durable));
        } else if (clean != null
                && gaps.isEmpty()
                && (next != clean.nextSequence()
                        || end.segment != clean.segment()
                        || EntryLayout.alignToPage(end.position) != clean.position())) {
            findings.add(
                    Findings.Harm.DAMAGE,
                    file,
                    end.position,
                    "it has not ended as the last owner has left it, before batch "
                            + clean.nextSequence());
        } else if (clean != null) {
            tellRest(Findings.Harm.NONE, "what was never written");
        } else {
            tellRest(Findings.Harm.CUT, "what follows the last whole batch");
        }
    }
}
