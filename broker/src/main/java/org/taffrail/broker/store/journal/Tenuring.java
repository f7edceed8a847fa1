// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.store.tenured.FileStream;
import org.taffrail.broker.store.tenured.Merge;
import org.taffrail.broker.store.tenured.RunStream;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredFile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives up what nothing needs any more, and moves what is old and needed out of the journal: a
 * {@link Round} of questions, then a {@link Merge} in small jobs, then a manifest that names what
 * came of it. Belongs to the loop's thread.
 *
 * <p>Readers find the new files before the manifest names them: both hold the same runs, and the
 * old ones are deleted only when it is durable.
 */
final class Tenuring {
    private static final int QUESTIONS_AT_ONCE = 512;
    private static final long STEP_BYTES = 8 << 20;

    private final Folder folder;
    private final JournalState state;
    private final FileJobs jobs;
    private final Manifests manifests;
    private final JournalOptions options;
    private final RoomWatch room;
    private final Notices notices;
    private Round round;
    private Work work;

    /** A merge under way. */
    private static final class Work {
        final Merge merge;
        final AtomicLong nextId;
        final List<Segment> segments;
        final List<TenuredFile> files;

        /** All segments that it may read. */
        final List<Segment> held;

        /** What was made, once it is durable. */
        final List<TenuredFile> made = new ArrayList<>();

        /** Written by jobs, read when they have ended. */
        boolean done;

        boolean abandoned;

        Work(
                Merge merge,
                AtomicLong nextId,
                List<Segment> segments,
                List<TenuredFile> files,
                List<Segment> held) {
            this.merge = merge;
            this.nextId = nextId;
            this.segments = segments;
            this.files = files;
            this.held = held;
        }
    }

    /** What it works with beside the files that count. */
    record Surroundings(FileJobs jobs, RoomWatch room, Notices notices) {}

    Tenuring(
            Folder folder,
            JournalState state,
            Manifests manifests,
            JournalOptions options,
            Surroundings around) {
        this.folder = folder;
        this.state = state;
        this.manifests = manifests;
        this.options = options;
        jobs = around.jobs();
        room = around.room();
        notices = around.notices();
    }

    /** Whether there is more to be asked. */
    boolean asking() {
        return round != null;
    }

    /** Does a part of it, see {@link Store#discard}. */
    long discard(Store.Needed needed, Journal journal) throws StoreException, IOException {
        if (round == null) {
            if (work != null || manifests.busy()) {
                return 0;
            }
            round = new Round(state, closed(journal), options.youngBytes(), options.tenured());
        }
        if (!round.step(needed, QUESTIONS_AT_ONCE)) {
            return 0;
        }
        Round found = round;
        round = null;
        return manifests.busy() ? 0 : carryOut(found, journal);
    }

    private List<Segment> closed(Journal journal) {
        return manifests.closed(journal.active().id, journal.durable());
    }

    private long carryOut(Round found, Journal journal) throws IOException {
        long bytes = 0;
        for (Segment segment : found.surplusSegments) {
            bytes += segment.size;
            forget(segment);
        }
        for (TenuredFile file : found.surplusFiles) {
            bytes += file.bytes();
            forget(file);
        }
        if (bytes > 0) {
            replaceManifest(journal);
        }
        boolean wants = found.hasWork();
        found.limit(room.mergeBytes());
        if (found.hasWork()) {
            begin(found, closed(journal));
        } else if (wants) {
            noRoom("merge");
        }
        return bytes;
    }

    private void forget(Segment segment) throws IOException {
        segment.index.forEachPartition(
                partition -> state.floors.raise(partition, segment.index.runs(partition).end()));
        manifests.dropLater(Names.segment(segment.id));
        manifests.dropLater(Names.index(segment.id));
        state.remove(segment);
        segment.drop();
    }

    private void forget(TenuredFile file) throws IOException {
        file.forEachPiece(piece -> state.floors.raise(piece.partition(), piece.endOffset()));
        manifests.dropLater(Tenured.name(file.id()));
        state.tenured.remove(file);
    }

    private void replaceManifest(Journal journal) {
        List<Segment> closed = closed(journal);
        Manifest manifest =
                manifests.describe(
                        closed, journal.durable(), state.snapshotId, state.snapshotSequence, null);
        manifests.replace(manifest, closed, () -> {}, () -> noRoom("manifest"));
    }

    private void noRoom(String what) {
        notices.add(
                new StoreNotice.NoRoomFor(
                        what, "free in " + folder + " are " + room.room().freeBytes() + " bytes"));
    }

    /** Begins a merge. Indexes of closed segments never change, so that another thread may read. */
    private void begin(Round found, List<Segment> closed) {
        TreeMap<Long, Segment> segments = new TreeMap<>();
        for (Segment segment : closed) {
            if (state.isCovered(segment)) {
                segments.put(segment.id, segment);
            }
        }
        Set<Segment> others = new LinkedHashSet<>(segments.values());
        others.removeAll(found.oldSegments.keySet());
        RunReader reader = new RunReader(folder);
        List<RunStream> inputs = new ArrayList<>();
        found.oldSegments.forEach(
                (segment, wanted) ->
                        inputs.add(new SegmentStream(segment, segments, others, wanted, reader)));
        found.sparseFiles.forEach((file, wanted) -> inputs.add(new FileStream(file, wanted)));
        AtomicLong nextId = new AtomicLong(state.nextTenured);
        work =
                new Work(
                        new Merge(
                                folder,
                                options.tenured(),
                                nextId::getAndIncrement,
                                state::tenuredTag,
                                inputs),
                        nextId,
                        List.copyOf(found.oldSegments.keySet()),
                        List.copyOf(found.sparseFiles.keySet()),
                        List.copyOf(segments.values()));
        work.held.forEach(Segment::acquire);
        work.files.forEach(TenuredFile::acquire);
        goOn();
    }

    private void goOn() {
        Work current = work;
        jobs.begin(
                () -> {
                    if (current.merge.step(STEP_BYTES)) {
                        for (Merge.Made made : current.merge.made()) {
                            current.made.add(state.tenured.open(made.id(), made.bytes()));
                        }
                        current.done = true;
                    }
                },
                () -> {
                    if (!current.done && !current.abandoned) {
                        goOn();
                    }
                },
                () -> {
                    noRoom("merge");
                    giveUp();
                });
    }

    /** Has what was made count, once it is there and no other replacement is under way. */
    void step(Journal journal) throws IOException {
        if (work == null || !work.done || work.abandoned || manifests.busy()) {
            return;
        }
        Work finished = work;
        state.nextTenured = finished.nextId.get();
        for (Segment segment : finished.segments) {
            forget(segment);
        }
        for (TenuredFile file : finished.files) {
            forget(file);
        }
        finished.made.forEach(state::addTenured);
        replaceManifest(journal);
        end();
    }

    private void end() throws IOException {
        Work ended = work;
        work = null;
        for (Segment segment : ended.held) {
            segment.release();
        }
        for (TenuredFile file : ended.files) {
            file.release();
        }
    }

    /**
     * What was made goes, and all stays as it is until another snapshot. The job under way when it
     * is given up may find no room as well.
     */
    private void giveUp() {
        Work failed = work;
        if (failed.abandoned) {
            return;
        }
        failed.abandoned = true;
        jobs.begin(
                failed.merge::abandon,
                () -> {
                    state.nextTenured = failed.nextId.get();
                    end();
                });
    }

    /** Begins nothing more; what is under way is given up after its current job. */
    void stop() {
        round = null;
        if (work != null && !work.done && !work.abandoned) {
            giveUp();
        }
    }

    /** Closes what is open, when no job runs any more. */
    void close() throws IOException {
        if (work != null) {
            work.merge.close();
        }
    }
}
