// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a range of bytes that nobody vouches for. Each read checks that it stays inside the range
 * and throws {@link WireException} with {@link ErrorCode#MALFORMED} where it would not. Not
 * thread-safe. The counterpart of {@link ByteSink}.
 */
public final class ByteSource {
    private byte[] array;
    private int position;
    private int limit;

    /**
     * Makes a source over a range.
     *
     * @param array the bytes
     * @param from index of the first byte
     * @param length how many bytes
     */
    public ByteSource(byte[] array, int from, int length) {
        wrap(array, from, length);
    }

    /**
     * Makes a source over a whole array.
     *
     * @param array the bytes
     */
    public ByteSource(byte[] array) {
        this(array, 0, array.length);
    }

    /**
     * Goes to another range.
     *
     * @param newArray the bytes
     * @param from index of the first byte
     * @param length how many bytes
     */
    public void wrap(byte[] newArray, int from, int length) {
        if (from < 0 || length < 0 || length > newArray.length - from) {
            throw new IndexOutOfBoundsException(from + "+" + length + " of " + newArray.length);
        }
        array = newArray;
        position = from;
        limit = from + length;
    }

    /**
     * Returns the array that is read.
     *
     * @return the array
     */
    public byte[] array() {
        return array;
    }

    /**
     * Returns the index in the array of the next byte.
     *
     * @return an index
     */
    public int position() {
        return position;
    }

    /**
     * Returns how many bytes are left.
     *
     * @return 0 or more
     */
    public int remaining() {
        return limit - position;
    }

    /**
     * Goes past bytes.
     *
     * @param count how many
     * @return the index in the array of the first of them
     */
    public int skip(int count) {
        if (count < 0 || count > limit - position) {
            throw WireException.malformed("needs " + count + " bytes, has " + remaining());
        }
        int at = position;
        position += count;
        return at;
    }

    /**
     * Reads 8 bits.
     *
     * @return 0 to 255
     */
    public int getUnsignedByte() {
        return array[skip(1)] & 0xFF;
    }

    /**
     * Reads a truth value.
     *
     * @return whether the byte is 1; any other than 0 and 1 is malformed
     */
    public boolean getBoolean() {
        int value = getUnsignedByte();
        if (value > 1) {
            throw WireException.malformed("truth value " + value);
        }
        return value == 1;
    }

    /**
     * Reads 16 bits.
     *
     * @return 0 to 65,535
     */
    public int getUnsignedShort() {
        return Bytes.getUnsignedShort(array, skip(2));
    }

    /**
     * Reads 32 bits.
     *
     * @return the number
     */
    public int getInt() {
        return Bytes.getInt(array, skip(4));
    }

    /**
     * Reads 64 bits.
     *
     * @return the number
     */
    public long getLong() {
        return Bytes.getLong(array, skip(8));
    }

    /**
     * Reads a count that must not be negative nor exceed a bound.
     *
     * @param max the bound
     * @param what what is counted, for the error
     * @return 0 to max
     */
    public int getCount(int max, String what) {
        int count = getInt();
        if (count < 0 || count > max) {
            throw WireException.malformed(what + ": " + count + ", allowed 0 to " + max);
        }
        return count;
    }

    /**
     * Reads a length and that many bytes.
     *
     * @return a copy of the bytes, or null
     */
    public byte[] getBlob() {
        int length = getInt();
        if (length == -1) {
            return null;
        }
        int at = skip(length);
        return Arrays.copyOfRange(array, at, at + length);
    }

    /**
     * Reads a text.
     *
     * @return the text, or null; bytes that are not UTF-8 are malformed
     */
    public String getText() {
        int length = getInt();
        if (length == -1) {
            return null;
        }
        return decodeUtf8(array, skip(length), length);
    }

    /** Demands that nothing is left; surplus bytes are malformed. */
    public void expectEnd() {
        if (position != limit) {
            throw WireException.malformed(remaining() + " surplus bytes");
        }
    }

    /**
     * Decodes UTF-8 strictly.
     *
     * @param array the bytes
     * @param from index of the first
     * @param length how many
     * @return the text; bytes that are not UTF-8 are malformed
     */
    public static String decodeUtf8(byte[] array, int from, int length) {
        String text = new String(array, from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(array, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw WireException.malformed("a text is not UTF-8");
        }
    }

    /**
     * Demands that bytes are UTF-8.
     *
     * @param array the bytes
     * @param from index of the first
     * @param length how many
     * @throws WireException {@link ErrorCode#MALFORMED} if they are not
     */
    public static void checkUtf8(byte[] array, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (array[i] < 0) {
                decodeUtf8(array, from, length);
                return;
            }
        }
    }
}
