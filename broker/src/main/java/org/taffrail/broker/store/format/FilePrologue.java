// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.format;

import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.Bytes;

/**
 * The first bytes of every file of the store. They keep their place and meaning in all versions, so
 * that damage, an older and a newer version can always be told apart.
 *
 * <pre>
 *        0               4               8       10      12              16
 *       +---------------+---------------+-------+-------+---------------+
 *     0 | "TAFFRAIL"                    |version| kind  | header bytes  |
 *       +---------------+---------------+-------+-------+---------------+
 *    16 | CRC32C of 0-15| zero          |
 *       +---------------+---------------+
 * </pre>
 *
 * Numbers are little-endian. The version is the file's, not the broker's.
 */
public final class FilePrologue {
    /** Bytes of the prologue itself. */
    public static final int BYTES = 24;

    /** {@code TAFFRAIL} in ASCII, read as a little-endian number. */
    static final long MAGIC = 0x4C49_4152_4646_4154L;

    private static final int OLDEST = 1;

    /** What a file is; each kind has versions of its own, the newest of which is written. */
    public enum Kind {
        /** A segment of the journal. */
        SEGMENT(1, 1),
        /** A snapshot. */
        SNAPSHOT(2, 1),
        /** The list of the files that count. */
        MANIFEST(3, 2),
        /** The number of the last owner. */
        EPOCH(4, 1),
        /** The index of a segment. */
        INDEX(5, 1),
        /** A tenured file. */
        TENURED(6, 1);

        private final int code;
        private final int version;

        Kind(int code, int version) {
            this.code = code;
            this.version = version;
        }
    }

    private static final int VERSION_AT = 8;
    private static final int KIND_AT = 10;
    private static final int HEADER_BYTES_AT = 12;
    private static final int CRC_AT = 16;

    private FilePrologue() {}

    /**
     * Writes a prologue of the newest version.
     *
     * @param array where
     * @param at where in it
     * @param kind what the file is
     * @param headerBytes the bytes of the file's header, with the prologue
     */
    public static void write(byte[] array, int at, Kind kind, int headerBytes) {
        Bytes.putLong(array, at, MAGIC);
        Bytes.putShort(array, at + VERSION_AT, kind.version);
        Bytes.putShort(array, at + KIND_AT, kind.code);
        Bytes.putInt(array, at + HEADER_BYTES_AT, headerBytes);
        Bytes.putInt(array, at + CRC_AT, Bytes.crc32c(array, at, CRC_AT));
        Bytes.putInt(array, at + CRC_AT + 4, 0);
    }

    /**
     * Returns a file's version.
     *
     * @param array its bytes
     * @param at where its prologue begins, which {@link #check} has found right
     * @return from 1
     */
    public static int version(byte[] array, int at) {
        return Bytes.getUnsignedShort(array, at + VERSION_AT);
    }

    /**
     * Checks a prologue.
     *
     * @param array the bytes
     * @param at where it begins
     * @param kind what the file must be
     * @param headerBytes the bytes of its header
     * @param file what it is called, for messages
     * @return null, or what is damaged
     * @throws StoreException TOO_NEW or TOO_OLD where it is whole and says so
     */
    public static String check(byte[] array, int at, Kind kind, int headerBytes, String file)
            throws StoreException {
        if (Bytes.getLong(array, at) != MAGIC) {
            return "it does not begin with TAFFRAIL";
        }
        if (Bytes.getInt(array, at + CRC_AT) != Bytes.crc32c(array, at, CRC_AT)) {
            return "the checksum of its first bytes is wrong";
        }
        if (Bytes.getInt(array, at + CRC_AT + 4) != 0) {
            return "its first bytes are not zero where they must be";
        }
        if (Bytes.getUnsignedShort(array, at + KIND_AT) != kind.code) {
            return "it is a file of another kind";
        }
        int version = version(array, at);
        if (version > kind.version) {
            throw new StoreException(
                    StoreException.Kind.TOO_NEW,
                    file
                            + " has format version "
                            + version
                            + ", this broker knows up to "
                            + kind.version
                            + "; start a newer broker");
        }
        if (version < OLDEST) {
            throw new StoreException(
                    StoreException.Kind.TOO_OLD,
                    file
                            + " has format version "
                            + version
                            + ", this broker reads from "
                            + OLDEST
                            + "; start an older broker to move its contents");
        }
        if (Bytes.getInt(array, at + HEADER_BYTES_AT) != headerBytes) {
            return "its header has another length";
        }
        return null;
    }
}
