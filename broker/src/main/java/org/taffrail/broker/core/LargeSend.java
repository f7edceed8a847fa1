// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

/**
 * A large message that a transaction is being sent: its head has come, and not yet all of its
 * parts. They must come next in the transaction, in order, to the same partition.
 */
final class LargeSend {
    /** A piece but the last has at least one part in so many of the largest record. */
    private static final int PIECE_PART = 16;

    private static final int PART_OVERHEAD = RunLayout.HEADER_BYTES + RecordLayout.FIXED_BYTES;

    private final Partition partition;
    private final long idHigh;
    private final long idLow;
    private int partsLeft;
    private long bytesLeft;

    private LargeSend(Partition partition, RecordView head) {
        this.partition = partition;
        idHigh = head.idHigh();
        idLow = head.idLow();
        partsLeft = head.partCount();
        bytesLeft = head.partBytes();
    }

    /** Whether a record needs others to be a message. */
    static boolean isPiece(byte[] array, int at) {
        return RecordLayout.isPart(array, at) || RecordLayout.hasParts(array, at);
    }

    /**
     * Takes a head.
     *
     * @throws WireException {@link ErrorCode#MESSAGE_TOO_LARGE}, or {@link
     *     ErrorCode#PROTOCOL_VIOLATION} if it is cut into crumbs
     */
    static LargeSend begin(Partition partition, RecordView head, Limits limits) {
        if (head.partBytes() > limits.messageBytesMax()
                || head.wholeLength() > limits.messageBytesMax()) {
            throw tooLarge(head.wholeLength(), limits);
        }
        long pieceBytes = Math.max(1, limits.recordBytesMax() / PIECE_PART);
        if (head.partCount() > 1 + head.partBytes() / pieceBytes) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    head.partBytes() + " bytes of a message in " + head.partCount() + " parts");
        }
        return new LargeSend(partition, head);
    }

    static WireException tooLarge(long bytes, Limits limits) {
        return new WireException(
                ErrorCode.MESSAGE_TOO_LARGE,
                "the message has " + bytes + " bytes, allowed are " + limits.messageBytesMax());
    }

    /** How many bytes of runs are to come. */
    long runBytesLeft() {
        return bytesLeft + (long) partsLeft * PART_OVERHEAD;
    }

    /**
     * Takes the next part.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it is not
     */
    void add(Partition target, byte[] array, int at) {
        RecordView part = new RecordView().wrap(array, at);
        long left = bytesLeft - part.bodyLength();
        boolean fits = partsLeft == 1 ? left == 0 : left >= partsLeft - 1;
        if (target != partition
                || part.idHigh() != idHigh
                || part.idLow() != idLow
                || part.bodyLength() == 0
                || !fits) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "a part of "
                            + part.bodyLength()
                            + " bytes that is not the next of its message, which lacks "
                            + bytesLeft
                            + " bytes in "
                            + partsLeft);
        }
        partsLeft--;
        bytesLeft = left;
    }

    boolean isWhole() {
        return partsLeft == 0;
    }

    /** What is wrong while it is not whole. */
    String lack() {
        return "a message lacks " + bytesLeft + " bytes in " + partsLeft + " parts";
    }
}
