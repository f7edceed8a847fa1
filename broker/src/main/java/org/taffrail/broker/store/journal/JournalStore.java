// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.HeldException;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreFigures;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.wire.ByteSink;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The embedded store: needs nothing but a folder. Batches go to one {@link Journal} for all
 * destinations; {@link Recovery} says what is believed of it afterwards; {@link Snapshots} keep
 * what recovery replays short; {@link Manifests} say which files count.
 *
 * <p>All calls come from one thread, the loop's. A turn's batches are written and forced by the
 * next {@link #poll}, in one write and one force. Files are prepared, read and forgotten on other
 * threads. A failed write or force ends the store: nothing written since the last good force is
 * trusted, by anyone.
 */
public final class JournalStore implements Store {
    /** Forces that take longer on average are moved to other threads. */
    private static final long SLOW_FORCE_NS = 300_000;

    private static final int FORCES_MEASURED = 3;

    private static final long FIRST_SEGMENT_BYTES_MAX = 4 << 20;

    private final Folder folder;
    private final JournalOptions options;
    private final Machine machine;
    private Runnable wakeup = () -> {};

    private Closeable lock;
    private int epoch;
    private int previousEpoch;
    private Manifest manifest;
    private RecoveryReport report;

    private JournalState state;
    private FileJobs jobs;
    private Journal journal;
    private Manifests manifests;
    private Snapshots snapshots;
    private Tenuring tenuring;
    private RunReads reads;
    private RoomWatch room;
    private ForceTimes times;
    private LongConsumer onForced = ns -> {};
    private EpochWatch owner;
    private final Notices notices = new Notices(this::signal);

    private long appendedBytes;
    private Completions completions;
    private boolean recovered;
    private boolean signalled;
    private StoreException failure;
    private boolean failureTold;
    private boolean closed;

    /**
     * Makes a store; nothing is touched before {@link #claim}.
     *
     * @param folder where it is
     * @param options how it works
     */
    public JournalStore(Folder folder, JournalOptions options) {
        this(folder, options, Machine.real());
    }

    /**
     * Makes a store for a machine of one's own.
     *
     * @param folder where it is
     * @param options how it works
     * @param machine stopped with the store
     */
    public JournalStore(Folder folder, JournalOptions options, Machine machine) {
        this.folder = folder;
        this.options = options;
        this.machine = machine;
    }

    @Override
    public int claim() throws StoreException {
        if (lock != null || closed) {
            throw new IllegalStateException("the store was claimed or closed before");
        }
        try {
            lock = folder.lock(Names.LOCK, "process " + ProcessHandle.current().pid());
            previousEpoch = readEpoch();
            epoch = previousEpoch + 1;
            ByteSink body = new ByteSink(16);
            body.putInt(epoch);
            SealedFile.replace(folder, Names.EPOCH, FilePrologue.Kind.EPOCH, body);
            return epoch;
        } catch (HeldException e) {
            throw new StoreException(StoreException.Kind.HELD, e.getMessage(), e);
        } catch (IOException e) {
            throw typed("claiming " + folder, e);
        }
    }

    private int readEpoch() throws IOException, StoreException {
        manifest = Manifest.read(folder);
        int last = Contents.readEpoch(folder);
        if (last == 0 && manifest != null) {
            throw Corruption.at(folder.describe(Names.EPOCH), 0, "it is missing");
        }
        return last;
    }

    @Override
    public void recover(RecoveryTarget target) throws StoreException {
        checkServing();
        if (state != null) {
            throw new IllegalStateException("the store has recovered before");
        }
        try {
            if (manifest == null) {
                manifest = firstManifest();
            }
            Recovery recovery =
                    new Recovery(folder, manifest, previousEpoch, epoch, target, machine.reads());
            JournalState found = recovery.run();
            report = recovery.report();
            start(found);
            recovered = true;
            state.stagings.ids().forEach(target::staging);
        } catch (IOException e) {
            throw typed("recovering " + folder, e);
        }
    }

    /** Makes the first segment, then the manifest that counts on it. */
    private Manifest firstManifest() throws IOException, StoreException {
        Manifest first = Manifest.initial(machine.secrets().getAsLong());
        long bytes = Math.min(options.segmentBytes(), FIRST_SEGMENT_BYTES_MAX);
        if (Contents.anyBegun(folder, folder.list())) {
            throw Corruption.at(
                    folder.describe(Names.MANIFEST), 0, "it is missing, segments are not");
        }
        SegmentSupply.make(folder, first.openSegment(), bytes).file().close();
        first.replace(folder);
        return first;
    }

    private void start(JournalState found) throws IOException {
        state = found;
        jobs = new FileJobs(machine.files(), this::signalFromElsewhere);
        room = new RoomWatch(folder, jobs, notices, machine.clockNs(), options.reserveBytes());
        owner = new EpochWatch(folder, jobs, epoch);
        SegmentSupply supply = new SegmentSupply(folder, machine.files(), room);
        journal = new Journal(state, options, epoch, supply, forcer(), jobs);
        SegmentSupply.Prepared prepared = new Leftovers(folder, state, report.clean()).remove();
        Segment last = state.lastOpen();
        if (last == null) {
            long id = state.firstOpenId();
            DataFile file = folder.open(Names.segment(id));
            journal.begin(new SegmentSupply.Prepared(id, file, file.size()));
        } else {
            journal.resume(last);
        }
        if (prepared != null) {
            supply.adopt(prepared);
        }
        manifests = new Manifests(folder, state, jobs);
        snapshots = new Snapshots(folder, state, jobs, manifests);
        Tenuring.Surroundings around = new Tenuring.Surroundings(jobs, room, notices);
        tenuring = new Tenuring(folder, state, manifests, options, around);
        reads =
                new RunReads(
                        new RunReader(folder),
                        state,
                        journal.copies(),
                        machine.reads(),
                        this::signalFromElsewhere);
        appendedBytes = state.replayedBytes;
        boolean forced = options.durability() == JournalOptions.Durability.FORCE;
        completions =
                new Completions(forced, new Snapshots.Mark(state.nextSequence - 1, appendedBytes));
        if (forced && options.forceWay() == JournalOptions.ForceWay.ADAPTIVE) {
            journal.measureForces(FORCES_MEASURED);
        }
    }

    private Forcer forcer() {
        times = new ForceTimes(machine.clockNs(), SLOW_FORCE_NS);
        times.onForced(onForced);
        times.onLong(ns -> notices.add(new StoreNotice.SlowForce(ns / 1_000_000)));
        Forcer inline = new InlineForcer(times);
        Forcer threaded =
                new ThreadedForcer(
                        times, machine.forces(), Machine.FORCES_MAX, this::signalFromElsewhere);
        return switch (options.forceWay()) {
            case INLINE -> inline;
            case THREADS -> threaded;
            case ADAPTIVE -> new AdaptiveForcer(times, SLOW_FORCE_NS, inline, threaded);
        };
    }

    /**
     * Says what recovery found.
     *
     * @return null before {@link #recover}
     */
    public RecoveryReport recoveryReport() {
        return report;
    }

    @Override
    public long append(Batch batch) throws StoreException {
        checkServing();
        long bytes = batch.bytes();
        if (bytes > options.batchBytesMax()) {
            throw new StoreException(
                    StoreException.Kind.LIMIT,
                    "a batch of " + bytes + " bytes, allowed are " + options.batchBytesMax());
        }
        try {
            long sequence = journal.append(batch);
            appendedBytes += bytes;
            completions.add(batch, new Snapshots.Mark(sequence, appendedBytes));
            signal();
            return sequence;
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.FULL) {
                fail(e);
            }
            throw e;
        } catch (IOException e) {
            throw fail(typed("writing to " + folder, e));
        }
    }

    @Override
    public void onForced(LongConsumer listener) {
        onForced = listener;
    }

    @Override
    public StoreFigures figures() {
        if (times == null) {
            return StoreFigures.NONE;
        }
        StoreNotice.Room found = room.room();
        return new StoreFigures(
                times.count(),
                times.totalNs(),
                found.isShort(),
                found.freeBytes(),
                found.reserveBytes());
    }

    @Override
    public void hurry(long sequence) {
        if (failure == null && !closed) {
            journal.hurry(sequence);
            signal();
        }
    }

    @Override
    public int batchBytesMax() {
        return options.batchBytesMax();
    }

    @Override
    public int poll(Listener listener) {
        signalled = false;
        if (closed || !recovered) {
            return 0;
        }
        int reports = 0;
        try {
            if (failure == null) {
                journal.flush();
                journal.force();
                if (room.step()) {
                    owner.look();
                }
                hearOfJobs();
            }
            reports += notices.tell(listener);
            reports += completions.tell(journal, listener);
            reports += reads.poll(listener);
        } catch (StoreException e) {
            fail(e);
            reports += completions.tell(journal, listener);
        } catch (IOException e) {
            fail(typed("writing to " + folder, e));
            reports += completions.tell(journal, listener);
        }
        if (failure != null && !failureTold) {
            failureTold = true;
            listener.failed(completions.giveUp(), failure);
            reports++;
        }
        return reports;
    }

    private void hearOfJobs() throws IOException, StoreException {
        do {
            snapshots.step(journal);
            tenuring.step(journal);
        } while (jobs.poll());
    }

    @Override
    public void onReady(Runnable newWakeup) {
        wakeup = newWakeup;
    }

    @Override
    public void read(long partition, long fromOffset, int bytesMax) {
        read(partition, fromOffset, bytesMax, Wanted.all());
    }

    @Override
    public void read(long partition, long fromOffset, int bytesMax, Wanted wanted) {
        if (failure != null || closed) {
            return;
        }
        try {
            journal.flush();
            reads.begin(partition, fromOffset, bytesMax, wanted);
        } catch (IOException e) {
            fail(typed("writing to " + folder, e));
        }
    }

    @Override
    public SnapshotWriter startSnapshot() throws StoreException {
        checkServing();
        return snapshots.start(completions.complete(), journal);
    }

    @Override
    public boolean publishing() {
        return snapshots.publishing();
    }

    @Override
    public long discard(Needed needed) throws StoreException {
        checkServing();
        snapshots.throwTrouble();
        try {
            long bytes = tenuring.discard(needed, journal);
            if (tenuring.asking()) {
                signal();
            }
            return bytes;
        } catch (IOException e) {
            throw fail(typed("giving up files of " + folder, e));
        }
    }

    @Override
    public boolean discarding() {
        return tenuring != null && tenuring.asking();
    }

    @Override
    public long bytesSinceSnapshot() {
        return snapshots == null ? 0 : appendedBytes - snapshots.coveredBytes();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            if (recovered && failure == null) {
                endCleanly();
            }
        } catch (StoreException e) {
            fail(e);
        } catch (IOException e) {
            // the next recovery finds the folder as a crash leaves it, which it is made for
            fail(typed("closing " + folder, e));
        } finally {
            closed = true;
            release();
        }
    }

    private void endCleanly() throws IOException, StoreException {
        journal.forceAll();
        tenuring.stop();
        finishJobs();
        List<Segment> listed = manifests.closed(journal.active().id, journal.durable());
        Manifest.CleanEnd end =
                new Manifest.CleanEnd(
                        epoch, journal.active().id, journal.position(), state.nextSequence);
        Manifest last =
                manifests.describe(
                        listed, journal.durable(), state.snapshotId, state.snapshotSequence, end);
        manifests.replace(last, listed, () -> {}, () -> {});
        finishJobs();
    }

    private void finishJobs() throws IOException, StoreException {
        hearOfJobs();
        while (!jobs.idle()) {
            jobs.await();
            hearOfJobs();
        }
    }

    private void release() {
        if (journal != null) {
            journal.close();
        }
        machine.stop().run();
        try {
            if (tenuring != null) {
                tenuring.close();
            }
            if (state != null) {
                for (Segment segment : state.segments()) {
                    segment.close();
                }
                state.tenured.close();
            }
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            fail(typed("closing " + folder, e));
        }
    }

    private void signal() {
        if (!signalled) {
            signalled = true;
            wakeup.run();
        }
    }

    private void signalFromElsewhere() {
        wakeup.run();
    }

    private StoreException fail(StoreException cause) {
        if (failure == null) {
            failure = cause;
            signal();
        }
        return cause;
    }

    private void checkServing() throws StoreException {
        if (closed) {
            throw new StoreException(StoreException.Kind.IO, "the store is closed");
        }
        if (failure != null) {
            throw failure;
        }
        if (epoch == 0) {
            throw new IllegalStateException("the store was not claimed");
        }
    }

    private static StoreException typed(String what, IOException cause) {
        boolean full = false;
        for (Throwable each = cause; each != null && !full; each = each.getCause()) {
            full = each instanceof NoRoomException;
        }
        return new StoreException(
                full ? StoreException.Kind.FULL : StoreException.Kind.IO,
                what + ": " + cause.getMessage(),
                cause);
    }
}
