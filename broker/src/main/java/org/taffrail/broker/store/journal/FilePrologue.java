// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

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
final class FilePrologue {
    static final int BYTES = 24;

    /** {@code TAFFRAIL} in ASCII, read as a little-endian number. */
    static final long MAGIC = 0x4C49_4152_4646_4154L;

    /** The version that is written, and the oldest that can be read. */
    static final int VERSION = 1;

    static final int SEGMENT = 1;
    static final int SNAPSHOT = 2;
    static final int MANIFEST = 3;
    static final int EPOCH = 4;
    static final int INDEX = 5;

    private static final int VERSION_AT = 8;
    private static final int KIND_AT = 10;
    private static final int HEADER_BYTES_AT = 12;
    private static final int CRC_AT = 16;

    private FilePrologue() {}

    static void write(byte[] array, int at, int kind, int headerBytes) {
        Bytes.putLong(array, at, MAGIC);
        Bytes.putShort(array, at + VERSION_AT, VERSION);
        Bytes.putShort(array, at + KIND_AT, kind);
        Bytes.putInt(array, at + HEADER_BYTES_AT, headerBytes);
        Bytes.putInt(array, at + CRC_AT, Bytes.crc32c(array, at, CRC_AT));
        Bytes.putInt(array, at + CRC_AT + 4, 0);
    }

    /**
     * Checks a prologue.
     *
     * @return null, or what is damaged
     * @throws StoreException TOO_NEW or TOO_OLD where it is whole and says so
     */
    static String check(byte[] array, int at, int kind, int headerBytes, String file)
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
        int version = Bytes.getUnsignedShort(array, at + VERSION_AT);
        if (version > VERSION) {
            throw new StoreException(
                    StoreException.Kind.TOO_NEW,
                    file
                            + " has format version "
                            + version
                            + ", this broker knows up to "
                            + VERSION
                            + "; start a newer broker");
        }
        if (version < VERSION) {
            throw new StoreException(
                    StoreException.Kind.TOO_OLD,
                    file
                            + " has format version "
                            + version
                            + ", this broker reads from "
                            + VERSION
                            + "; start an older broker to move its contents");
        }
        if (Bytes.getUnsignedShort(array, at + KIND_AT) != kind) {
            return "it is a file of another kind";
        }
        if (Bytes.getInt(array, at + HEADER_BYTES_AT) != headerBytes) {
            return "its header has another length";
        }
        return null;
    }
}
