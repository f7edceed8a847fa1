// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.store.Batch;

import java.util.ArrayDeque;

/**
 * How far the log has come: which batches were appended, and which of them are complete. All
 * batches complete in their order, but for relaxed ones, which need not wait for those before.
 */
final class Progress {
    /** Relaxed batches that are complete although one before them is not, in their order. */
    private final ArrayDeque<Long> early = new ArrayDeque<>();

    private long written;
    private long relaxedWritten;
    private long strictWritten;
    private long durable;
    private long relaxedComplete;

    /** Takes what recovery found. */
    void recovered(long sequence) {
        written = Math.max(written, sequence);
        durable = written;
    }

    void appended(long sequence, Batch batch) {
        written = sequence;
        if (batch.relaxed()) {
            relaxedWritten = sequence;
        } else {
            strictWritten = sequence;
        }
    }

    void completed(long sequence, Batch batch) {
        if (batch.relaxed()) {
            relaxedComplete = sequence;
            early.add(sequence);
        } else {
            durable = sequence;
        }
        while (!early.isEmpty() && early.peek() <= durable + 1) {
            durable = Math.max(durable, early.remove());
        }
    }

    /** The batch that was appended last. */
    long written() {
        return written;
    }

    /** The batch that was appended last of those that are complete when forced. */
    long strictWritten() {
        return strictWritten;
    }

    /** The relaxed batch that was appended last. */
    long relaxedWritten() {
        return relaxedWritten;
    }

    /** The batch up to which all are complete. */
    long durable() {
        return durable;
    }

    /** The relaxed batch up to which all relaxed ones are complete. */
    long relaxedComplete() {
        return relaxedComplete;
    }
}
