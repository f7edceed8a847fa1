// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The writing end of the journal: gives offsets, turns batches into entries, begins new segments,
 * and has what was written forced. Belongs to the loop's thread.
 *
 * <p>Invariants: entries have consecutive sequences across segments; {@code durable <= written <
 * next}; every entry says which sequence was durable when it was built, which is never too high.
 */
final class Journal {
    private static final ByteSink NOTHING = new ByteSink(0);

    /** The way to a segment for what forces it behind the forcer's back. */
    private static final int LANE_BEHIND = Machine.FORCES_MAX;

    private final JournalState state;
    private final JournalOptions options;
    private final int epoch;
    private final SegmentSupply supply;
    private final Forcer forcer;
    private final FileJobs jobs;
    private final SegmentWriter writer;
    private final byte[] header = new byte[EntryLayout.HEADER_BYTES];
    private final RunCopies copies;
    private final Set<Segment> dirty = new LinkedHashSet<>();

    private long written;
    private long durable;
    private long forceBegun;
    private long mustForce;
    private long unforcedBytes;
    private long forceBegunBytes;
    private int forcesBegun;

    Journal(
            JournalState state,
            JournalOptions options,
            int epoch,
            SegmentSupply supply,
            Forcer forcer,
            FileJobs jobs) {
        this.state = state;
        this.options = options;
        this.epoch = epoch;
        this.supply = supply;
        this.forcer = forcer;
        this.jobs = jobs;
        writer = new SegmentWriter(options.segmentBytes());
        copies = new RunCopies(options.copiesBytes());
        written = state.nextSequence - 1;
        durable = written;
        forceBegun = written;
    }

    /** Goes on behind what was recovered. */
    void resume(Segment active) throws IOException {
        openLanes(active);
        writer.resume(active);
    }

    private void openLanes(Segment segment) throws IOException {
        boolean behind = options.durability() == JournalOptions.Durability.PAGE_CACHE;
        boolean inline = options.forceWay() == JournalOptions.ForceWay.INLINE;
        segment.openLanes(supply, behind ? LANE_BEHIND + 1 : inline ? 1 : LANE_BEHIND);
    }

    /** Closes what only forces need, where a segment has seen its last. */
    private void closeLanes(Segment segment) throws IOException {
        if (segment != active() && segment.forces == 0 && !dirty.contains(segment)) {
            segment.closeLanes();
        }
    }

    /** Begins the folder's first segment, or the first after all others were given up. */
    void begin(SegmentSupply.Prepared prepared) throws IOException {
        long first = state.nextSequence;
        Segment segment =
                new Segment(
                        prepared.id(),
                        prepared.file(),
                        prepared.bytes(),
                        first,
                        new SegmentIndex());
        openLanes(segment);
        long tag = SegmentHeader.tag(state.salt, segment.id);
        writer.begin(segment, new SegmentHeader(segment.id, first, segment.size, tag, epoch));
        state.add(segment);
    }

    /** Measures what a force takes by writing the active segment's header again. */
    void measureForces(int times) throws IOException {
        flush();
        Segment active = writer.segment();
        ByteBuffer page = ByteBuffer.allocateDirect(SegmentHeader.BYTES);
        active.file.read(page, 0);
        for (int i = 0; i < times; i++) {
            page.flip();
            active.file.write(page, 0);
            forcesBegun++;
            active.forces++;
            forcer.begin(new Forcer.Force(written, 0, List.of(active)));
            forcer.await();
            pollForces();
        }
    }

    long written() {
        return written;
    }

    long durable() {
        return durable;
    }

    Segment active() {
        return writer.segment();
    }

    /** What was written last and is read back soon. */
    RunCopies copies() {
        return copies;
    }

    /** Where the next entry would go, once everything is flushed. */
    long position() {
        return writer.position();
    }

    /**
     * Makes an entry of a batch and stamps its runs. It is written by {@link #flush} at the latest.
     *
     * @return its sequence
     * @throws StoreException FULL if there is no room for a new segment: nothing has changed then;
     *     IO
     * @throws IOException if writing failed: the store is not to be trusted any more
     */
    long append(Batch batch) throws StoreException, IOException {
        int entryBytesMax = (int) (EntryLayout.HEADER_BYTES + stepBytesMax(batch) + batch.bytes());
        while (!writer.hasRoomFor(EntryLayout.align(entryBytesMax))) {
            roll(EntryLayout.align(entryBytesMax));
        }
        bound(entryBytesMax);
        long sequence = state.nextSequence++;
        if (!batch.relaxed() && !batch.patient()) {
            hurry(sequence);
        }
        EntrySteps steps = place(batch);
        ByteSink storePart = steps == EntrySteps.NONE ? NOTHING : steps.encode();
        long runsAt =
                writer.position()
                        + EntryLayout.HEADER_BYTES
                        + storePart.length()
                        + batch.events().length();
        EntryParts parts = new EntryParts(sequence, batch, steps, runsAt, epoch);
        batch.visit(new Indexing(state, active(), parts, copies));
        encode(sequence, storePart, batch);
        active().lastSequence = sequence;
        prepareNext();
        return sequence;
    }

    /**
     * The next segment begins to be prepared in the second quarter of this one, and is there in the
     * last.
     */
    private void prepareNext() {
        double used = (double) writer.position() / active().size;
        if (used > 0.25) {
            supply.prepare(active().id + 1, () -> nextBytes(0), Math.min(1, 2 * (used - 0.25)));
        }
    }

    /**
     * The most bytes that a batch's steps take. What a commit places was staged before, or by a run
     * of the same batch.
     */
    private long stepBytesMax(Batch batch) {
        long placings = 0;
        for (Batch.Step step : batch.steps()) {
            if (step instanceof Batch.Commit) {
                placings += state.stagings.countOfPlacings(step.stagingId());
                placings += step.at() / RunLayout.HEADER_BYTES;
            }
        }
        return EntrySteps.bytesMax(batch.steps().size(), placings);
    }

    /** Gives offsets: to ordinary runs, which are stamped, and to what is committed. */
    private EntrySteps place(Batch batch) {
        List<List<Stagings.Placing>> placings = new ArrayList<>();
        byte[] array = batch.runs().array();
        batch.visit(
                new Batch.Visitor() {
                    @Override
                    public void run(int at) {
                        long partition = RunLayout.partition(array, at);
                        long offset = state.offsets.take(partition, RunLayout.count(array, at));
                        RunLayout.stamp(array, at, partition, offset, batch.timeMs(), epoch);
                    }

                    @Override
                    public void staged(long stagingId, int at) {
                        state.stagings.add(
                                stagingId,
                                active().id,
                                RunLayout.partition(array, at),
                                RunLayout.count(array, at));
                    }

                    @Override
                    public void committed(Batch.Commit commit) {
                        List<Stagings.Placing> given =
                                state.stagings.place(commit.stagingId(), state.offsets);
                        given.forEach(placing -> commit.placed().add(placing.placed()));
                        placings.add(given);
                    }
                });
        return batch.steps().isEmpty() ? EntrySteps.NONE : new EntrySteps(batch.steps(), placings);
    }

    private void encode(long sequence, ByteSink storePart, Batch batch) throws IOException {
        EntryLayout.Head head =
                new EntryLayout.Head(
                        sequence,
                        SegmentHeader.tag(state.salt, active().id),
                        durable,
                        batch.timeMs(),
                        epoch,
                        batch.relaxed());
        EntryLayout.encode(header, head, storePart, batch.events(), batch.runs());
        writer.put(header, EntryLayout.HEADER_BYTES);
        writer.put(storePart.array(), storePart.length());
        writer.put(batch.events().array(), batch.events().length());
        writer.put(batch.runs().array(), batch.runs().length());
        writer.pad(EntryLayout.ALIGNMENT);
    }

    private void roll(int entryBytes) throws StoreException, IOException {
        Segment old = active();
        SegmentSupply.Prepared prepared = supply.take(old.id + 1, () -> nextBytes(entryBytes));
        flush();
        begin(prepared);
        if (options.durability() == JournalOptions.Durability.PAGE_CACHE) {
            forceBehind(old);
        }
        closeLanes(old);
    }

    /** Bounds what a power loss can cost where nothing waits for forces. */
    private void forceBehind(Segment old) {
        old.forces++;
        jobs.begin(
                () -> old.force(LANE_BEHIND),
                () -> {
                    old.forces--;
                    dirty.remove(old);
                    durable = Math.max(durable, old.lastSequence);
                    closeLanes(old);
                });
    }

    private long nextBytes(int entryBytes) {
        long grown = supply.fitting(Math.min(options.segmentBytes(), active().size * 2));
        return Math.max(grown, EntryLayout.alignToPage(entryBytes) + SegmentHeader.BYTES);
    }

    /** Waits while too much is written and not forced. */
    private void bound(int more) throws IOException {
        if (options.durability() == JournalOptions.Durability.PAGE_CACHE) {
            return;
        }
        while (unforcedBytes + more > options.unforcedBytesMax() && unforcedBytes > 0) {
            flush();
            if (forcer.ready() && !dirty.isEmpty()) {
                beginForce();
            } else {
                forcer.await();
            }
            pollForces();
        }
    }

    /** Writes what was appended. */
    void flush() throws IOException {
        if (!writer.isEmpty()) {
            long before = writer.bytesWritten();
            writer.flush();
            dirty.add(active());
            unforcedBytes += writer.bytesWritten() - before;
        }
        written = state.nextSequence - 1;
    }

    /** Has a sequence forced with the next turn, where anything is. */
    void hurry(long sequence) {
        if (options.durability() == JournalOptions.Durability.FORCE) {
            mustForce(sequence);
        }
    }

    /** Makes sure that a sequence becomes durable, whether anybody waits for it or not. */
    void mustForce(long sequence) {
        mustForce = Math.max(mustForce, sequence);
    }

    /** Begins a force if something waits for one, and hears of those that have ended. */
    void force() throws IOException {
        if (wantsForce() && forcer.ready()) {
            beginForce();
        }
        pollForces();
    }

    /** Makes everything durable before it returns, also the header of a segment without entries. */
    void forceAll() throws IOException {
        flush();
        while (!dirty.isEmpty() || forcesBegun > 0) {
            if (!dirty.isEmpty() && forcer.ready()) {
                beginForce();
            }
            forcer.await();
            pollForces();
        }
    }

    private boolean wantsForce() {
        return mustForce > forceBegun && !dirty.isEmpty();
    }

    private void beginForce() throws IOException {
        Forcer.Force force =
                new Forcer.Force(written, unforcedBytes - forceBegunBytes, List.copyOf(dirty));
        forceBegunBytes = unforcedBytes;
        forceBegun = written;
        forcesBegun++;
        dirty.forEach(segment -> segment.forces++);
        dirty.clear();
        forcer.begin(force);
    }

    private void pollForces() throws IOException {
        for (Forcer.Force done = forcer.poll(); done != null; done = forcer.poll()) {
            durable = Math.max(durable, done.sequence());
            unforcedBytes -= done.bytes();
            forceBegunBytes -= done.bytes();
            forcesBegun--;
            for (Segment segment : done.segments()) {
                segment.forces--;
                closeLanes(segment);
            }
        }
    }

    /** Waits for what is under way and closes what was prepared; the segments' files stay open. */
    void close() {
        forcer.close();
        supply.close();
    }
}
