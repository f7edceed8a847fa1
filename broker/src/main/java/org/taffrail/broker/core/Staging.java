// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/** Keeps in the log what transactions that have not ended have sent and memory should not hold. */
final class Staging {
    private final Output output;
    private final long bytesMax;
    private long nextId;
    private long bytes;

    /**
     * Makes one for a start of the broker.
     *
     * @param incarnation the number of the start, so that no id is used twice
     * @param bytesMax how much may be staged at once
     */
    Staging(Output output, int incarnation, long bytesMax) {
        this.output = output;
        this.bytesMax = bytesMax;
        nextId = (long) incarnation << 32 | 1;
    }

    /**
     * Reserves room for what a transaction is about to be sent.
     *
     * @throws WireException {@link ErrorCode#NO_ROOM} if all transactions together would have too
     *     much staged
     */
    void reserve(Transaction transaction, long more) {
        requireRoom(more);
        transaction.stagingReserve += more;
        bytes += more;
    }

    /**
     * Stages what a transaction has in memory.
     *
     * @throws WireException {@link ErrorCode#NO_ROOM} if all transactions together would have too
     *     much staged
     */
    void stage(Transaction transaction) {
        stage(transaction, transaction.runs.array(), 0, transaction.runs.length());
        transaction.runs.clear();
    }

    /**
     * Stages runs that a transaction is sent, behind what it has staged; nothing is in memory.
     *
     * @throws WireException {@link ErrorCode#NO_ROOM} if all transactions together would have too
     *     much staged
     */
    void stage(Transaction transaction, byte[] array, int at, int length) {
        long reserved = Math.min(transaction.stagingReserve, length);
        requireRoom(length - reserved);
        if (transaction.stagingId == 0) {
            transaction.stagingId = newId();
        }
        output.stage(transaction.stagingId, array, at, length);
        transaction.staged(array, at, length);
        transaction.stagedBytes += length;
        transaction.stagingReserve -= reserved;
        bytes += length - reserved;
    }

    private void requireRoom(long more) {
        if (bytes + more > bytesMax) {
            throw new WireException(
                    ErrorCode.NO_ROOM,
                    "all open and prepared transactions together would have "
                            + (bytes + more)
                            + " bytes staged, allowed are "
                            + bytesMax);
        }
    }

    /** Returns an id under which runs can be staged that belong to no transaction. */
    long newId() {
        return nextId++;
    }

    /** Appends what a transaction has staged. */
    void commit(Transaction transaction) {
        commit(transaction.stagingId, transaction.stagedBytes + transaction.stagingReserve);
    }

    /** Appends what a branch has staged. */
    void commit(Branch branch) {
        commit(branch.content.stagingId(), branch.content.stagedBytes());
    }

    private void commit(long stagingId, long stagedBytes) {
        if (stagingId != 0) {
            output.commitStaged(stagingId);
        }
        bytes -= stagedBytes;
    }

    /** Gives up what a transaction has staged. */
    void abort(Transaction transaction) {
        abort(transaction.stagingId, transaction.stagedBytes + transaction.stagingReserve);
    }

    /** Gives up what a branch has staged. */
    void abort(Branch branch) {
        abort(branch.content.stagingId(), branch.content.stagedBytes());
    }

    private void abort(long stagingId, long stagedBytes) {
        if (stagingId != 0) {
            output.abortStaged(stagingId);
        }
        bytes -= stagedBytes;
    }

    /** Takes note, in recovery, of what a branch has staged. */
    void restored(Branch branch) {
        bytes += branch.content.stagedBytes();
    }
}
