// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;

import java.util.ArrayDeque;

/**
 * Gives the store what was decided. What it has no room for waits here, in order, as if it had been
 * appended: it has its sequence, which can only be the next one, and nobody hears of it before it
 * is durable. So nothing that was decided is lost or unknown while the disk is full, and all goes
 * on where it was when there is room.
 */
final class Appends {
    /** So much may wait; who decides more has to recover from the log. */
    static final long BYTES_MAX = 16 << 20;

    /**
     * How long what nobody waits for, such as acknowledgements that are not answered, may stay
     * unforced: a loss of power may take so much of it. It goes along with any force before.
     */
    static final int PATIENCE_MS = 10;

    private final Store store;
    private final Progress progress;
    private final OpenBatches open;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean appended;
    private long batches;
    private long batchBytes;
    private long bytes;

    /** The last batch that nobody waited for, and when such are forced all the same. */
    private long patientSequence;

    private long patientUntilMs = Long.MAX_VALUE;

    private StoreException noRoom;

    Appends(Store store, Progress progress, OpenBatches open) {
        this.store = store;
        this.progress = progress;
        this.open = open;
    }

    private record Waiting(long sequence, Batch batch) {}

    /**
     * Appends the open batches.
     *
     * @param awaited whether somebody is to hear something once they are durable
     */
    void appendOpen(long nowMs, boolean awaited) throws StoreException {
        append(open.takeRelaxed(), nowMs);
        Batch strict = open.takeStrict();
        if (strict != null) {
            boolean patient = !awaited && strict.runs().length() == 0 && strict.steps().isEmpty();
            strict.patient(patient);
            boolean alone = !patientWaits();
            append(strict, nowMs);
            if (patient) {
                patientSequence = progress.written();
                patientUntilMs = alone ? nowMs + PATIENCE_MS : patientUntilMs;
            }
        }
    }

    /** Has everything forced that is appended, for somebody waits for it. */
    void hurry() {
        if (progress.strictWritten() > progress.durable()) {
            store.hurry(progress.strictWritten());
        }
    }

    /** Has everything forced that nobody waits for, where some of it is old enough. */
    void hurryOld(long nowMs) {
        if (nowMs >= nextTimerMs()) {
            patientUntilMs = Long.MAX_VALUE;
            hurry();
        }
    }

    /** When there is something that is old enough then. */
    long nextTimerMs() {
        return patientWaits() ? patientUntilMs : Long.MAX_VALUE;
    }

    private boolean patientWaits() {
        return progress.durable() < patientSequence && patientUntilMs != Long.MAX_VALUE;
    }

    private void append(Batch batch, long nowMs) throws StoreException {
        if (batch == null) {
            return;
        }
        batch.timeMs(nowMs);
        batches++;
        batchBytes += batch.bytes();
        long sequence =
                waiting.isEmpty() ? appendNow(batch) : append(progress.written() + 1, batch);
        progress.appended(sequence, batch);
        if (!batch.relaxed()) {
            open.appended(sequence, batch);
        }
    }

    private long appendNow(Batch batch) throws StoreException {
        try {
            long sequence = store.append(batch);
            appended = true;
            return sequence;
        } catch (StoreException e) {
            // the number of a first batch is known only when the store has taken it
            if (e.kind() != StoreException.Kind.FULL || !appended) {
                throw e;
            }
            noRoom = e;
            open.strictOnly(true);
            return append(progress.written() + 1, batch);
        }
    }

    private long append(long sequence, Batch batch) throws StoreException {
        bytes += batch.bytes();
        if (bytes > BYTES_MAX) {
            throw noRoom;
        }
        waiting.addLast(new Waiting(sequence, batch));
        return sequence;
    }

    /** Tries again what waits. */
    void retry() throws StoreException {
        while (!waiting.isEmpty()) {
            Waiting first = waiting.peekFirst();
            try {
                long sequence = store.append(first.batch);
                if (sequence != first.sequence) {
                    throw new IllegalStateException(
                            "batch " + first.sequence + " was given the number " + sequence);
                }
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.FULL) {
                    throw e;
                }
                noRoom = e;
                return;
            }
            waiting.removeFirst();
            bytes -= first.batch.bytes();
            open.placed(first.sequence, first.batch);
        }
        noRoom = null;
        open.strictOnly(false);
    }

    /** How many batches were appended, or wait for room. */
    long batches() {
        return batches;
    }

    /** How many bytes these had. */
    long batchBytes() {
        return batchBytes;
    }

    /** Why something waits; null if nothing does. */
    StoreException noRoom() {
        return noRoom;
    }
}
