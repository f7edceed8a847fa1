// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Reads and writes little-endian numbers in place in a byte array. Offsets are trusted here: who
 * reads hostile bytes goes through {@link ByteSource}.
 */
public final class Bytes {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /**
     * Reads an unsigned 16-bit number.
     *
     * @param array the bytes
     * @param at index of the first byte
     * @return 0 to 65,535
     */
    public static int getUnsignedShort(byte[] array, int at) {
        return ((short) SHORT.get(array, at)) & 0xFFFF;
    }

    /**
     * Writes the low 16 bits of a number.
     *
     * @param array the bytes
     * @param at index of the first byte
     * @param value the number
     */
    public static void putShort(byte[] array, int at, int value) {
        SHORT.set(array, at, (short) value);
    }

    /**
     * Reads a 32-bit number.
     *
     * @param array the bytes
     * @param at index of the first byte
     * @return the number
     */
    public static int getInt(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    /**
     * Writes a 32-bit number.
     *
     * @param array the bytes
     * @param at index of the first byte
     * @param value the number
     */
    public static void putInt(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }

    /**
     * Reads a 64-bit number.
     *
     * @param array the bytes
     * @param at index of the first byte
     * @return the number
     */
    public static long getLong(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    /**
     * Writes a 64-bit number.
     *
     * @param array the bytes
     * @param at index of the first byte
     * @param value the number
     */
    public static void putLong(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    /**
     * Computes the CRC32C (RFC 3720, appendix B.4) of a range.
     *
     * @param array the bytes
     * @param from index of the first byte
     * @param length how many bytes
     * @return the checksum
     */
    public static int crc32c(byte[] array, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(array, from, length);
        return (int) crc.getValue();
    }
}
