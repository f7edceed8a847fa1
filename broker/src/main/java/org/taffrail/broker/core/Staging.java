// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/** Keeps in the log what open transactions have sent and memory should not hold. */
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
     * Stages what a transaction has in memory.
     *
     * @throws WireException {@link ErrorCode#NO_ROOM} if all transactions together would have too
     *     much staged
     */
    void stage(Transaction transaction) {
        int more = transaction.runs.length();
        if (bytes + more > bytesMax) {
            throw new WireException(
                    ErrorCode.NO_ROOM,
                    "all open transactions together would have "
                            + (bytes + more)
                            + " bytes staged, allowed are "
                            + bytesMax);
        }
        if (transaction.stagingId == 0) {
            transaction.stagingId = nextId++;
        }
        output.stage(transaction.stagingId, transaction.runs.array(), 0, more);
        transaction.runs.clear();
        transaction.stagedBytes += more;
        bytes += more;
    }

    /** Appends what a transaction has staged. */
    void commit(Transaction transaction) {
        if (transaction.stagingId != 0) {
            output.commitStaged(transaction.stagingId);
            bytes -= transaction.stagedBytes;
        }
    }

    /** Gives up what a transaction has staged. */
    void abort(Transaction transaction) {
        if (transaction.stagingId != 0) {
            output.abortStaged(transaction.stagingId);
            bytes -= transaction.stagedBytes;
        }
    }
}
