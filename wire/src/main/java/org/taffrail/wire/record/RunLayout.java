// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The header of a run: one or more records of one partition that follow each other, with what they
 * share written once. The same bytes travel on the wire and stand on disk.
 *
 * <pre>
 *        0               4               8   9   10      12
 *       +---------------+---------------+---+---+-------+---------------+
 *     0 | run bytes     | CRC32C        |ver|flg| head  | record count  |
 *       +---------------+---------------+---+---+-------+---------------+
 *    16 | producer                      | sequence of the first record  |
 *       +-------------------------------+-------------------------------+
 *    32 | partition                     | offset of the first record    |
 *       +-------------------------------+---------------+---------------+
 *    48 | append time (ms since 1970)   | incarnation   | CRC32C broker |
 *       +-------------------------------+---------------+---------------+
 *    64 | records, see {@link RecordLayout}, without gaps               |
 *       +---------------------------------------------------------------+
 * </pre>
 *
 * All numbers are little-endian. The first checksum covers what never changes: bytes 8 to 31 and 64
 * to the end. The broker writes bytes 32 to 59 (the client fills in the partition it means) and
 * covers them with the second checksum. Records have the offsets and sequences that follow from the
 * first.
 */
public final class RunLayout {
    /** The layout's version, in byte 8. */
    public static final int VERSION = 1;

    /** Bytes of the header. */
    public static final int HEADER_BYTES = 64;

    static final int LENGTH = 0;
    static final int CRC = 4;
    static final int VERSION_AT = 8;
    static final int FLAGS = 9;
    static final int HEADER_LENGTH = 10;
    static final int COUNT = 12;
    static final int PRODUCER = 16;
    static final int SEQUENCE = 24;
    static final int PARTITION = 32;
    static final int OFFSET = 40;
    static final int APPEND_TIME = 48;
    static final int INCARNATION = 56;
    static final int BROKER_CRC = 60;

    private RunLayout() {}

    /**
     * Appends a header with everything but length, count and checksums, which {@link #end} fills
     * in.
     *
     * @param sink where the run is built
     * @param partition the partition meant
     * @param producer the producer's id as granted by the broker; 0 for copies
     * @param sequence the first record's sequence
     * @return where the run begins in the sink
     */
    public static int begin(ByteSink sink, long partition, long producer, long sequence) {
        int at = sink.reserve(HEADER_BYTES);
        byte[] array = sink.array();
        Arrays.fill(array, at, at + HEADER_BYTES, (byte) 0);
        array[at + VERSION_AT] = VERSION;
        Bytes.putShort(array, at + HEADER_LENGTH, HEADER_BYTES);
        Bytes.putLong(array, at + PRODUCER, producer);
        Bytes.putLong(array, at + SEQUENCE, sequence);
        Bytes.putLong(array, at + PARTITION, partition);
        sink.length(at + HEADER_BYTES);
        return at;
    }

    /**
     * Completes a run whose records have been appended after {@link #begin}.
     *
     * @param sink where the run was built
     * @param at where it begins
     * @param count how many records, at least 1
     */
    public static void end(ByteSink sink, int at, int count) {
        endUnsealed(sink, at, count);
        Bytes.putInt(sink.array(), at + CRC, fixedCrc(sink.array(), at));
    }

    /**
     * Completes a run as {@link #end} does, but for the first checksum: for one that will be
     * addressed, see {@link #address}, which writes it.
     *
     * @param sink where the run was built
     * @param at where it begins
     * @param count how many records, at least 1
     */
    public static void endUnsealed(ByteSink sink, int at, int count) {
        byte[] array = sink.array();
        Bytes.putInt(array, at + LENGTH, sink.length() - at);
        Bytes.putInt(array, at + COUNT, count);
    }

    /**
     * Writes the broker's part and its checksum in place.
     *
     * @param array the bytes
     * @param at where the run begins
     * @param partition its partition
     * @param offset the first record's offset
     * @param appendTimeMs milliseconds since 1970, never less than that of an earlier run of the
     *     partition
     * @param incarnation the number of the broker's start that appended it
     */
    public static void stamp(
            byte[] array, int at, long partition, long offset, long appendTimeMs, int incarnation) {
        Bytes.putLong(array, at + PARTITION, partition);
        Bytes.putLong(array, at + OFFSET, offset);
        Bytes.putLong(array, at + APPEND_TIME, appendTimeMs);
        Bytes.putInt(array, at + INCARNATION, incarnation);
        Bytes.putInt(array, at + BROKER_CRC, brokerCrc(array, at));
    }

    /**
     * Writes producer and sequence and renews the first checksum: for a client whose run was built
     * before the connection granted them.
     *
     * @param array the bytes
     * @param at where the run begins
     * @param partition the partition meant
     * @param producer the producer
     * @param sequence the first record's sequence
     */
    public static void address(byte[] array, int at, long partition, long producer, long sequence) {
        Bytes.putLong(array, at + PARTITION, partition);
        Bytes.putLong(array, at + PRODUCER, producer);
        Bytes.putLong(array, at + SEQUENCE, sequence);
        Bytes.putInt(array, at + CRC, fixedCrc(array, at));
    }

    /**
     * Returns the bytes of the whole run.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return its length, header included
     */
    public static int length(byte[] array, int at) {
        return Bytes.getInt(array, at + LENGTH);
    }

    /**
     * Returns how many records the run has.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return at least 1
     */
    public static int count(byte[] array, int at) {
        return Bytes.getInt(array, at + COUNT);
    }

    /**
     * Returns the producer.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return its id, 0 for copies
     */
    public static long producer(byte[] array, int at) {
        return Bytes.getLong(array, at + PRODUCER);
    }

    /**
     * Returns the first record's sequence.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return the sequence
     */
    public static long sequence(byte[] array, int at) {
        return Bytes.getLong(array, at + SEQUENCE);
    }

    /**
     * Returns the partition.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return its id
     */
    public static long partition(byte[] array, int at) {
        return Bytes.getLong(array, at + PARTITION);
    }

    /**
     * Returns the first record's offset.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return the offset, once the run is stamped
     */
    public static long offset(byte[] array, int at) {
        return Bytes.getLong(array, at + OFFSET);
    }

    /**
     * Returns when the run was appended.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return milliseconds since 1970, once the run is stamped
     */
    public static long appendTimeMs(byte[] array, int at) {
        return Bytes.getLong(array, at + APPEND_TIME);
    }

    /**
     * Returns the broker's incarnation that appended the run.
     *
     * @param array the bytes
     * @param at where the run begins
     * @return the incarnation, once the run is stamped
     */
    public static int incarnation(byte[] array, int at) {
        return Bytes.getInt(array, at + INCARNATION);
    }

    static int fixedCrc(byte[] array, int at) {
        CRC32C crc = new CRC32C();
        crc.update(array, at + VERSION_AT, PARTITION - VERSION_AT);
        crc.update(array, at + HEADER_BYTES, length(array, at) - HEADER_BYTES);
        return (int) crc.getValue();
    }

    static int brokerCrc(byte[] array, int at) {
        return Bytes.crc32c(array, at + PARTITION, BROKER_CRC - PARTITION);
    }
}
