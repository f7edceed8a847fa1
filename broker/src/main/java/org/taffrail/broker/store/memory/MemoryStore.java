// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.memory;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A store in memory: as durable as the process, without threads and without a clock, so that the
 * same calls always have the same answers. Whatever is appended is complete at the next {@link
 * #poll}.
 *
 * <p>Several stores over one {@link MemoryLog} are several owners of one log, of which the one that
 * claimed last is the live one.
 */
public final class MemoryStore implements Store {
    private static final int BATCH_BYTES_MAX = 64 << 20;

    private final MemoryLog log;
    private final ArrayDeque<Completion> completions = new ArrayDeque<>();
    private final ArrayDeque<Query> queries = new ArrayDeque<>();
    private Runnable wakeup = () -> {};
    private int epoch;
    private boolean closed;

    /** Makes a store over an empty log of its own. */
    public MemoryStore() {
        this(new MemoryLog());
    }

    /**
     * Makes a store over a log.
     *
     * @param log what earlier owners have left
     */
    public MemoryStore(MemoryLog log) {
        this.log = log;
    }

    private record Completion(long sequence, Batch batch) {}

    private record Query(long partition, long fromOffset, int bytesMax, Wanted wanted) {}

    @Override
    public int claim() {
        epoch = log.nextEpoch();
        return epoch;
    }

    @Override
    public void recover(RecoveryTarget target) throws StoreException {
        checkOwner();
        log.recover(target);
    }

    @Override
    public long append(Batch batch) throws StoreException {
        checkOwner();
        long bytes = batch.bytes();
        if (bytes > BATCH_BYTES_MAX) {
            throw new StoreException(
                    StoreException.Kind.LIMIT,
                    "a batch of " + bytes + " bytes, allowed are " + BATCH_BYTES_MAX);
        }
        long sequence = log.append(batch);
        completions.addLast(new Completion(sequence, batch));
        wakeup.run();
        return sequence;
    }

    @Override
    public void hurry(long sequence) {
        // all is complete at the next poll
    }

    @Override
    public int batchBytesMax() {
        return BATCH_BYTES_MAX;
    }

    @Override
    public int poll(Listener listener) {
        int reports = 0;
        if (epoch != log.epoch() && !completions.isEmpty()) {
            listener.failed(completions.getFirst().sequence, fenced());
            completions.clear();
            reports++;
        }
        for (int left = completions.size(); left > 0; left--) {
            Completion completion = completions.removeFirst();
            listener.completed(completion.sequence, completion.batch);
            reports++;
        }
        for (int left = queries.size(); left > 0; left--) {
            Query query = queries.removeFirst();
            listener.read(
                    query.partition,
                    query.fromOffset,
                    log.read(query.partition, query.fromOffset, query.bytesMax, query.wanted));
            reports++;
        }
        return reports;
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
        queries.addLast(new Query(partition, fromOffset, bytesMax, wanted));
        wakeup.run();
    }

    @Override
    public SnapshotWriter startSnapshot() throws StoreException {
        checkOwner();
        return new Writer();
    }

    @Override
    public boolean publishing() {
        return false;
    }

    @Override
    public boolean discarding() {
        return false;
    }

    @Override
    public long discard(Needed needed) throws StoreException {
        checkOwner();
        return log.discard(needed);
    }

    @Override
    public long bytesSinceSnapshot() {
        return log.bytesSinceSnapshot();
    }

    @Override
    public void close() {
        closed = true;
        completions.clear();
        queries.clear();
    }

    private void checkOwner() throws StoreException {
        if (closed) {
            throw new StoreException(StoreException.Kind.IO, "the store is closed");
        }
        if (epoch == 0 || epoch != log.epoch()) {
            throw fenced();
        }
    }

    private StoreException fenced() {
        return new StoreException(
                StoreException.Kind.FENCED,
                "this owner claimed the store as number "
                        + epoch
                        + ", the latest is number "
                        + log.epoch());
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
            checkOwner();
            for (MemoryLog.Part part : parts) {
                if (part.sequence() > log.lastSequence()) {
                    throw new StoreException(
                            StoreException.Kind.LIMIT,
                            "a snapshot's part of sequence "
                                    + part.sequence()
                                    + ", the last one is "
                                    + log.lastSequence());
                }
            }
            log.publish(parts);
        }

        @Override
        public void abandon() {
            parts.clear();
        }
    }
}
