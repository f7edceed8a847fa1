// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A byte array that grows as it is written. Not thread-safe. Numbers are little-endian; a text is
 * its length in UTF-8 bytes (32 bits) and those bytes; a null text has length -1.
 */
public final class ByteSink {
    private static final int BYTES_MAX = Integer.MAX_VALUE - 16;

    private byte[] array;
    private int length;

    /**
     * Makes an empty sink.
     *
     * @param bytesExpected its first capacity, at least 16 are taken
     */
    public ByteSink(int bytesExpected) {
        array = new byte[Math.max(16, bytesExpected)];
    }

    /**
     * Returns the array behind this sink; the next write may replace it.
     *
     * @return the array, of which {@link #length()} bytes are written
     */
    public byte[] array() {
        return array;
    }

    /**
     * Returns how many bytes are written.
     *
     * @return 0 or more
     */
    public int length() {
        return length;
    }

    /**
     * Cuts or (after {@link #reserve}) extends what counts as written.
     *
     * @param newLength 0 up to the capacity
     */
    public void length(int newLength) {
        if (newLength < 0 || newLength > array.length) {
            throw new IndexOutOfBoundsException("length " + newLength + " of " + array.length);
        }
        length = newLength;
    }

    /** Forgets everything written; the capacity stays. */
    public void clear() {
        length = 0;
    }

    /**
     * Makes room, so that the next writes up to this size do not replace the array.
     *
     * @param more how many bytes
     * @return the position at which they will stand
     */
    public int reserve(int more) {
        if (more > BYTES_MAX - length) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED, "a buffer of more than " + BYTES_MAX + " bytes");
        }
        int needed = length + more;
        if (needed > array.length) {
            array =
                    Arrays.copyOf(
                            array, (int) Math.min(BYTES_MAX, Math.max(needed, array.length * 2L)));
        }
        return length;
    }

    /**
     * Appends the low 8 bits.
     *
     * @param value the number
     */
    public void putByte(int value) {
        reserve(1);
        array[length++] = (byte) value;
    }

    /**
     * Appends 0 or 1.
     *
     * @param value the truth value
     */
    public void putBoolean(boolean value) {
        putByte(value ? 1 : 0);
    }

    /**
     * Appends the low 16 bits.
     *
     * @param value the number
     */
    public void putShort(int value) {
        int at = reserveIn(2);
        Bytes.putShort(array, at, value);
    }

    /**
     * Appends 32 bits.
     *
     * @param value the number
     */
    public void putInt(int value) {
        int at = reserveIn(4);
        Bytes.putInt(array, at, value);
    }

    /**
     * Appends 64 bits.
     *
     * @param value the number
     */
    public void putLong(long value) {
        int at = reserveIn(8);
        Bytes.putLong(array, at, value);
    }

    /**
     * Appends bytes as they are.
     *
     * @param source where they stand
     * @param from index of the first
     * @param count how many
     */
    public void putBytes(byte[] source, int from, int count) {
        if (length == 0 && count > array.length) {
            // a copy is all there is to do: an array that is made first is filled with zeros first
            array = Arrays.copyOfRange(source, from, from + count);
            length = count;
            return;
        }
        int at = reserveIn(count);
        System.arraycopy(source, from, array, at, count);
    }

    /**
     * Appends a length (32 bits) and the bytes; null has length -1.
     *
     * @param bytes the bytes or null
     */
    public void putBlob(byte[] bytes) {
        if (bytes == null) {
            putInt(-1);
        } else {
            putInt(bytes.length);
            putBytes(bytes, 0, bytes.length);
        }
    }

    /**
     * Appends a text as its length in bytes and its UTF-8 bytes; null has length -1.
     *
     * @param text the text or null
     */
    public void putText(String text) {
        putBlob(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Copies what is written.
     *
     * @return a new array of {@link #length()} bytes
     */
    public byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    private int reserveIn(int count) {
        int at = reserve(count);
        length = at + count;
        return at;
    }
}
