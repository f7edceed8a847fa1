// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.Arrays;

/**
 * A large message that comes in parts, on its way to become one record again: the very bytes that
 * {@link RecordParts} was given. Memory grows with what has come (eight times as much at most), not
 * with what is announced. Not thread-safe.
 */
public final class RecordAssembly {
    /** Most bytes that a message may have, whatever is configured anywhere. */
    public static final int MESSAGE_BYTES_MAX = 1 << 30;

    /** What a dead letter may have beyond the message that it is a copy of. */
    private static final int COPY_BYTES = 64 << 10;

    /** Room is made for so many times what has come, up to the whole: most are copied once. */
    private static final int GROWTH = 8;

    private final int wholeLength;
    private final int parts;
    private byte[] array;
    private int length;
    private int next;

    /**
     * Begins with the head.
     *
     * @param source holds the head, which is copied; it has passed {@link RunCheck}
     * @param at where it begins
     * @throws WireException {@link ErrorCode#MESSAGE_TOO_LARGE} if it announces more than any
     *     message may have
     */
    public RecordAssembly(byte[] source, int at) {
        RecordView head = new RecordView().wrap(source, at);
        if (head.partBytes() > MESSAGE_BYTES_MAX
                || head.wholeLength() > MESSAGE_BYTES_MAX + COPY_BYTES) {
            throw new WireException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a message with "
                            + head.partBytes()
                            + " bytes in parts is announced, allowed are "
                            + MESSAGE_BYTES_MAX);
        }
        wholeLength = (int) head.wholeLength();
        parts = head.partCount();
        int fieldAt = head.at(RecordLayout.PARTS);
        array = new byte[(int) Math.min(wholeLength, (long) GROWTH * head.length())];
        append(source, at, fieldAt - at);
        append(source, head.bodyAt(), head.bodyLength());
        Bytes.putInt(array, RecordLayout.LENGTH, wholeLength);
        int bits = RecordLayout.bits(array, 0) & ~RecordLayout.PARTS;
        Bytes.putInt(array, RecordLayout.BITS, bits);
    }

    /**
     * Takes the next part.
     *
     * @param index which part it is, from 0
     * @param source holds its piece of the body, which is copied
     * @param at where the piece begins
     * @param bytes its bytes
     * @return true if the message is whole now
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it is not the next part, or
     *     more or less comes than was announced
     */
    public boolean add(int index, byte[] source, int at, int bytes) {
        boolean last = index == parts - 1;
        long left = wholeLength - (length + (long) bytes);
        if (index != next || index >= parts || left < 0 || last && left != 0) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "part "
                            + index
                            + " of "
                            + parts
                            + " with "
                            + bytes
                            + " bytes, while "
                            + (wholeLength - length)
                            + " bytes and part "
                            + next
                            + " are missing");
        }
        next++;
        append(source, at, bytes);
        return last;
    }

    /**
     * Returns the message as one record.
     *
     * @return its bytes; only when it is whole
     */
    public byte[] record() {
        if (next != parts) {
            throw new IllegalStateException("part " + next + " of " + parts + " is missing");
        }
        return array.length == length ? array : Arrays.copyOf(array, length);
    }

    private void append(byte[] source, int at, int bytes) {
        int needed = length + bytes;
        if (needed > array.length) {
            long more = (long) GROWTH * needed;
            array = Arrays.copyOf(array, (int) Math.min(wholeLength, more));
        }
        System.arraycopy(source, at, array, length, bytes);
        length = needed;
    }
}
