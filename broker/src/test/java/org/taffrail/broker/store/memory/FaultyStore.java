// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.memory;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * A store in memory on which a seed inflicts what disks and machines do, within the rules of {@link
 * Store}: completions and answers come late, several appends are in flight, an append fails with an
 * unknown outcome or is refused because the disk is full, and a crash loses a part of what was not
 * yet durable. Time is counted in polls; there is no thread and no clock.
 *
 * <p>While anything is pending each {@link #poll} asks to be polled again through the wake-up.
 */
public final class FaultyStore implements Store {
    private static final int BATCH_BYTES_MAX = 4 << 20;

    /** So many times longer than a batch a snapshot takes: a force of its own, and the manifest. */
    private static final int SNAPSHOT_FORCES = 4;

    private final MemoryLog log;
    private final Faults faults;
    private final Random random;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final List<Query> queries = new ArrayList<>();
    private Runnable wakeup = () -> {};
    private int epoch;
    private long completedSequence;
    private long durableSequence;

    /** Up to here batches are forced; what is patient and beyond waits. */
    private long urgedSequence;

    private Publishing publishing;
    private StoreException failure;
    private boolean failureTold;
    private boolean gone;

    /**
     * What may go wrong, and how badly.
     *
     * @param forcePollsMax most polls that a force takes
     * @param readPollsMax most polls that an answer takes
     * @param failOneIn one in so many appends and publications fails; 0 for never
     * @param fullOneIn one in so many appends is refused; 0 for never
     */
    public record Faults(int forcePollsMax, int readPollsMax, int failOneIn, int fullOneIn) {
        /** Nothing goes wrong but crashes, and all is done at the next poll. */
        public static final Faults CRASHES_ONLY = new Faults(0, 0, 0, 0);

        /** All is late. */
        public static final Faults SLOW = new Faults(5, 8, 0, 0);

        /** All is late, and now and then an append fails or finds no room. */
        public static final Faults ALL = new Faults(5, 8, 300, 300);
    }

    private static final class Pending {
        final long sequence;
        final Batch batch;
        final boolean fails;
        int pollsLeft;
        boolean told;

        Pending(long sequence, Batch batch, boolean fails, int pollsLeft) {
            this.sequence = sequence;
            this.batch = batch;
            this.fails = fails;
            this.pollsLeft = pollsLeft;
        }
    }

    /** A snapshot that will count after some polls: it takes several forces, as on files. */
    private static final class Publishing {
        final List<MemoryLog.Part> parts;
        final long highest;
        int pollsLeft;

        Publishing(List<MemoryLog.Part> parts, long highest, int pollsLeft) {
            this.parts = parts;
            this.highest = highest;
            this.pollsLeft = pollsLeft;
        }
    }

    private static final class Query {
        final long partition;
        final long fromOffset;
        final int bytesMax;
        final Wanted wanted;
        int pollsLeft;

        Query(long partition, long fromOffset, int bytesMax, Wanted wanted, int pollsLeft) {
            this.partition = partition;
            this.fromOffset = fromOffset;
            this.bytesMax = bytesMax;
            this.wanted = wanted;
            this.pollsLeft = pollsLeft;
        }
    }

    /**
     * Makes a store over a log.
     *
     * @param log what earlier owners have left
     * @param faults what may go wrong
     * @param seed of all that happens
     */
    public FaultyStore(MemoryLog log, Faults faults, long seed) {
        this.log = log;
        this.faults = faults;
        random = new Random(seed);
    }

    /**
     * Ends this owner as a kill or a power loss does, and returns the store as the next owner finds
     * it: with every batch up to some one that is not before the last durable one. A relaxed batch
     * is durable once a later batch is that had to be forced.
     *
     * @param crash decides how much survives, and the next store's seed
     * @return a store that nobody has claimed yet
     */
    public FaultyStore crash(Random crash) {
        checkNotGone();
        long last = log.lastSequence();
        if (epoch == log.epoch()) {
            log.cutAfter(durableSequence + crash.nextInt((int) (last - durableSequence) + 1));
        }
        gone = true;
        return new FaultyStore(log, faults, crash.nextLong());
    }

    /**
     * Ends this owner in the same way, and lets nothing go wrong any more.
     *
     * @param seed the next store's seed
     * @return a store that nobody has claimed yet
     */
    public FaultyStore healed(long seed) {
        gone = true;
        return new FaultyStore(log, Faults.CRASHES_ONLY, seed);
    }

    /**
     * Delivers what a recovery would deliver now, without claiming the store.
     *
     * @param target hears all of it, during the call
     */
    public void peek(RecoveryTarget target) {
        log.recover(target);
    }

    /**
     * Tells whether all appends are complete and all questions answered.
     *
     * @return true if no poll would report anything
     */
    public boolean isQuiet() {
        return pending.isEmpty() && queries.isEmpty() && publishing == null;
    }

    /**
     * Returns the batch up to which everything survives a crash now.
     *
     * @return its sequence
     */
    public long durableSequence() {
        return durableSequence;
    }

    @Override
    public int claim() {
        checkNotGone();
        epoch = log.nextEpoch();
        return epoch;
    }

    @Override
    public void recover(RecoveryTarget target) throws StoreException {
        checkServing();
        log.recover(target);
        completedSequence = log.lastSequence();
        durableSequence = log.lastSequence();
    }

    @Override
    public long append(Batch batch) throws StoreException {
        checkServing();
        long bytes = batch.bytes();
        if (bytes > BATCH_BYTES_MAX) {
            throw new StoreException(
                    StoreException.Kind.LIMIT,
                    "a batch of " + bytes + " bytes, allowed are " + BATCH_BYTES_MAX);
        }
        if (oneIn(faults.fullOneIn)) {
            throw new StoreException(StoreException.Kind.FULL, "the simulated disk is full");
        }
        long sequence = log.append(batch);
        int polls = batch.relaxed() ? 0 : random.nextInt(faults.forcePollsMax + 1);
        pending.addLast(new Pending(sequence, batch, oneIn(faults.failOneIn), polls));
        if (!batch.patient() && !batch.relaxed()) {
            urgedSequence = Math.max(urgedSequence, sequence); // more may have been hurried already
        }
        wakeup.run();
        return sequence;
    }

    @Override
    public void hurry(long sequence) {
        urgedSequence = Math.max(urgedSequence, sequence);
        wakeup.run();
    }

    @Override
    public int batchBytesMax() {
        return BATCH_BYTES_MAX;
    }

    @Override
    public int poll(Listener listener) {
        if (gone) {
            return 0;
        }
        int reports = answer(listener) + complete(listener) + publish();
        if (!isQuiet() && (queries.size() > 0 || publishing != null || !waits(pending.peek()))) {
            wakeup.run();
        }
        return reports;
    }

    private int publish() {
        if (publishing == null || failure != null || epoch != log.epoch()) {
            publishing = null;
            return 0;
        }
        if (publishing.pollsLeft-- > 0) {
            return 0;
        }
        durableSequence = Math.max(durableSequence, publishing.highest);
        log.publish(publishing.parts);
        publishing = null;
        return 1;
    }

    private int complete(Listener listener) {
        pending.forEach(each -> each.pollsLeft--);
        int reports = completeRelaxed(listener);
        for (int left = pending.size(); left > 0 && failure == null; left--) {
            Pending first = pending.getFirst();
            if (first.fails || epoch != log.epoch()) {
                failure =
                        first.fails
                                ? new StoreException(
                                        StoreException.Kind.IO, "a simulated force failed")
                                : fenced();
                break;
            }
            if (first.pollsLeft > 0 || waits(first)) {
                break;
            }
            pending.removeFirst();
            completedSequence = first.sequence;
            if (!first.batch.relaxed()) {
                durableSequence = first.sequence;
            }
            if (!first.told) {
                listener.completed(first.sequence, first.batch);
                reports++;
            }
        }
        if (failure != null && !failureTold) {
            failureTold = true;
            pending.clear();
            listener.failed(completedSequence + 1, failure);
            reports++;
        }
        return reports;
    }

    /** Has everything forced, as if somebody waited for it. */
    public void hurryAll() {
        hurry(log.lastSequence());
    }

    /** Nobody has asked yet for a batch that is patient. */
    private boolean waits(Pending each) {
        return each.batch.patient() && each.sequence > urgedSequence;
    }

    /** Relaxed batches wait for nothing, not even for those that will fail. */
    private int completeRelaxed(Listener listener) {
        int reports = 0;
        for (Pending each : List.copyOf(pending)) {
            if (each.batch.relaxed() && !each.told && failure == null && epoch == log.epoch()) {
                each.told = true;
                listener.completed(each.sequence, each.batch);
                reports++;
            }
        }
        return reports;
    }

    private int answer(Listener listener) {
        List<Query> due = new ArrayList<>();
        for (Iterator<Query> each = queries.iterator(); each.hasNext(); ) {
            Query query = each.next();
            if (query.pollsLeft-- <= 0) {
                due.add(query);
                each.remove();
            }
        }
        for (Query query : due) {
            listener.read(query.partition, query.fromOffset, visible(query));
        }
        return due.size();
    }

    /** Leaves out, or not, what is not complete yet: a store may do both. */
    private List<byte[]> visible(Query query) {
        List<byte[]> runs =
                log.read(query.partition, query.fromOffset, query.bytesMax, query.wanted);
        if (random.nextBoolean()) {
            return runs;
        }
        long end = firstPendingOffset(query.partition);
        return runs.stream().filter(run -> RunLayout.offset(run, 0) < end).toList();
    }

    private long firstPendingOffset(long partition) {
        long[] first = {Long.MAX_VALUE};
        for (Pending each : pending) {
            if (each.told) {
                continue;
            }
            byte[] array = each.batch.runs().array();
            each.batch.forEachRun(
                    at -> {
                        if (RunLayout.partition(array, at) == partition) {
                            first[0] = Math.min(first[0], RunLayout.offset(array, at));
                        }
                    });
            for (Batch.Step step : each.batch.steps()) {
                if (step instanceof Batch.Commit commit) {
                    for (Batch.Placed placed : commit.placed()) {
                        if (placed.partition() == partition) {
                            first[0] = Math.min(first[0], placed.firstOffset());
                        }
                    }
                }
            }
        }
        return first[0];
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
        int polls = random.nextInt(faults.readPollsMax + 1);
        queries.add(new Query(partition, fromOffset, bytesMax, wanted, polls));
        wakeup.run();
    }

    @Override
    public SnapshotWriter startSnapshot() throws StoreException {
        checkServing();
        return new Writer();
    }

    @Override
    public boolean publishing() {
        return publishing != null;
    }

    @Override
    public boolean discarding() {
        return false;
    }

    @Override
    public long discard(Needed needed) throws StoreException {
        checkServing();
        return log.discard(needed);
    }

    @Override
    public long bytesSinceSnapshot() {
        return publishing == null ? log.bytesSinceSnapshot() : log.bytesSince(publishing.parts);
    }

    @Override
    public void close() {
        if (!gone) {
            gone = true;
            pending.clear();
            queries.clear();
            // in the end a snapshot that was published counts, as on files
            if (publishing != null) {
                publishing.pollsLeft = 0;
                publish();
            }
        }
    }

    private boolean oneIn(int chances) {
        return chances > 0 && random.nextInt(chances) == 0;
    }

    private void checkNotGone() {
        if (gone) {
            throw new IllegalStateException("this owner has crashed or closed its store");
        }
    }

    private void checkServing() throws StoreException {
        if (gone) {
            throw new StoreException(StoreException.Kind.IO, "the store is closed");
        }
        if (failure != null) {
            throw failure;
        }
        if (epoch == 0 || epoch != log.epoch()) {
            throw fenced();
        }
    }

    private StoreException fenced() {
        return new StoreException(
                StoreException.Kind.FENCED, "owner " + epoch + ", the latest is " + log.epoch());
    }

    private final class Writer implements SnapshotWriter {
        private final List<MemoryLog.Part> parts = new ArrayList<>();

        @Override
        public void put(long key, long sequence, byte[] state, int at, int length) {
            parts.add(
                    new MemoryLog.Part(key, sequence, Arrays.copyOfRange(state, at, at + length)));
        }

        @Override
        public void publish(long upTo) throws StoreException {
            checkServing();
            long highest = upTo;
            for (MemoryLog.Part part : parts) {
                highest = Math.max(highest, part.sequence());
            }
            if (highest > completedSequence) {
                throw new IllegalStateException(
                        "a snapshot of sequence "
                                + highest
                                + " is published, complete is only "
                                + completedSequence);
            }
            if (oneIn(faults.failOneIn)) {
                throw new StoreException(StoreException.Kind.IO, "a simulated force failed");
            }
            int polls = SNAPSHOT_FORCES * random.nextInt(faults.forcePollsMax + 1);
            publishing = new Publishing(List.copyOf(parts), highest, polls);
            if (polls == 0) {
                FaultyStore.this.publish();
            }
        }

        @Override
        public void abandon() {
            parts.clear();
        }
    }
}
