// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Owns a store as a loop does, and notes what it hears. */
public final class StoreDriver implements Store.Listener, Store.RecoveryTarget {
    private final Store store;
    private int incarnation;
    private StoreException failure;

    /** What was recovered and completed: sequence to description. */
    public final TreeMap<Long, String> completed = new TreeMap<>();

    /** The sequences in the order in which they completed. */
    public final List<Long> completionOrder = new ArrayList<>();

    /** What was delivered by recovery. */
    public final TreeMap<Long, String> recovered = new TreeMap<>();

    /** The snapshot's parts that were delivered: key to "sequence text". */
    public final Map<Long, String> parts = new TreeMap<>();

    /** The stagings that had not ended when it started. */
    public final List<Long> stagings = new ArrayList<>();

    private final List<Answer> answers = new ArrayList<>();

    private record Answer(long partition, long fromOffset, List<byte[]> runs) {}

    /** Makes a driver of a store that nobody has claimed. */
    public StoreDriver(Store store) {
        this.store = store;
    }

    /** Claims and recovers. */
    public StoreDriver start() throws StoreException {
        incarnation = store.claim();
        store.recover(this);
        return this;
    }

    public Store store() {
        return store;
    }

    public int incarnation() {
        return incarnation;
    }

    public StoreException failure() {
        return failure;
    }

    public long append(Batches batch) throws StoreException {
        return store.append(batch.build());
    }

    /** Appends and waits until it is complete. */
    public long appendAndAwait(Batches batch) throws StoreException {
        long sequence = append(batch);
        awaitCompleted(sequence);
        return sequence;
    }

    public void awaitCompleted(long sequence) {
        until(() -> completed.containsKey(sequence) || failure != null);
        if (failure != null) {
            throw new AssertionError("the store failed", failure);
        }
    }

    public StoreException awaitFailure() {
        until(() -> failure != null);
        return failure;
    }

    public void until(BooleanSupplier condition) {
        store.poll(this);
        if (condition.getAsBoolean()) {
            return;
        }
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            store.poll(this);
                            return condition.getAsBoolean();
                        });
    }

    /** Asks once and returns the descriptions of the runs. */
    public List<String> read(long partition, long fromOffset, int bytesMax) {
        List<String> found = new ArrayList<>();
        for (byte[] run : readRuns(partition, fromOffset, bytesMax)) {
            found.add(Batches.describe(run));
        }
        return found;
    }

    public List<byte[]> readRuns(long partition, long fromOffset, int bytesMax) {
        return readRuns(partition, fromOffset, bytesMax, Store.Wanted.all());
    }

    public List<byte[]> readRuns(
            long partition, long fromOffset, int bytesMax, Store.Wanted wanted) {
        answers.clear();
        store.read(partition, fromOffset, bytesMax, wanted);
        until(() -> !answers.isEmpty() || failure != null);
        if (answers.isEmpty()) {
            throw new AssertionError("the store failed", failure);
        }
        Answer answer = answers.remove(0);
        if (answer.partition != partition || answer.fromOffset != fromOffset) {
            throw new AssertionError("an answer to another question: " + answer);
        }
        return answer.runs;
    }

    /** Publishes a snapshot whose parts are named by key and hold a sequence and "state" + key. */
    public void snapshot(Map<Long, Long> sequences) throws StoreException {
        Store.SnapshotWriter writer = store.startSnapshot();
        for (Map.Entry<Long, Long> part : sequences.entrySet()) {
            byte[] state = state(part.getKey());
            writer.put(part.getKey(), part.getValue(), state, 0, state.length);
        }
        writer.publish(completed.isEmpty() ? 0 : completed.lastKey());
    }

    /** Lets go of what is not needed until so many bytes were given up. */
    public void discard(Store.Needed needed, long bytes) {
        long[] freed = {0};
        until(
                () -> {
                    try {
                        freed[0] += store.discard(needed);
                    } catch (StoreException e) {
                        throw new AssertionError("the store failed", e);
                    }
                    return freed[0] >= bytes;
                });
    }

    public static byte[] state(long key) {
        return ("state" + key).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void completed(long sequence, Batch batch) {
        completed.put(sequence, Batches.describe(batch));
        completionOrder.add(sequence);
    }

    @Override
    public void failed(long sequence, StoreException cause) {
        failure = cause;
    }

    @Override
    public void read(long partition, long fromOffset, List<byte[]> runs) {
        answers.add(new Answer(partition, fromOffset, runs));
    }

    @Override
    public void snapshot(long key, long sequence, byte[] state) {
        parts.put(key, sequence + " " + new String(state, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void batch(long sequence, Batch batch) {
        String described = Batches.describe(batch);
        recovered.merge(sequence, described, (before, piece) -> before + " +" + piece);
        completed.put(sequence, recovered.get(sequence));
    }

    @Override
    public void staging(long stagingId) {
        stagings.add(stagingId);
    }
}
