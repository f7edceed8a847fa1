// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.wire.Bytes;

/**
 * The header of a segment. It fills the first 4,096 bytes; entries follow, see {@link EntryLayout}.
 *
 * <pre>
 *        0               4               8                               16
 *       +---------------+---------------+-------------------------------+
 *     0 | prologue, see {@link FilePrologue}                            |
 *       +                               +-------------------------------+
 *    16 |                               | segment id                    |
 *       +-------------------------------+-------------------------------+
 *    32 | first sequence                | segment bytes                 |
 *       +-------------------------------+---------------+---------------+
 *    48 | the segment's tag             | epoch         |CRC32C of 24-59|
 *       +-------------------------------+---------------+---------------+
 *    64 | zero up to 4,096                                              |
 *       +---------------------------------------------------------------+
 * </pre>
 *
 * A segment whose header is all zero is prepared, and not in use yet. The header is written with
 * the first entry and made durable by the same force.
 *
 * @param id the segment's number, from 1
 * @param firstSequence the sequence of its first entry
 * @param bytes its size
 * @param tag what its entries are marked with
 * @param epoch the owner that began it
 */
record SegmentHeader(long id, long firstSequence, long bytes, long tag, int epoch) {
    static final int BYTES = EntryLayout.PAGE_BYTES;

    /** Positions in a segment are kept in 31 bits. */
    private static final long BYTES_MAX = 1 << 30;

    static final int USED_BYTES = 64;
    private static final int ID_AT = 24;
    private static final int FIRST_AT = 32;
    private static final int BYTES_AT = 40;
    private static final int TAG_AT = 48;
    private static final int EPOCH_AT = 56;
    private static final int CRC_AT = 60;

    /** Mixes a folder's secret with a segment's id, as SplitMix64 does. */
    static long tag(long salt, long id) {
        long mixed = salt + id * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return (mixed ^ mixed >>> 31) | 1;
    }

    /** Finds the secret with which {@link #tag} would give, before its last step, a number. */
    static long salt(long mixed, long id) {
        long found = unshift(mixed, 31) * 0x3196_42B2_D24D_8EC3L;
        found = unshift(found, 27) * 0x96DE_1B17_3F11_9089L;
        return unshift(found, 30) - id * 0x9E37_79B9_7F4A_7C15L;
    }

    /** Undoes {@code number ^ number >>> bits}. */
    private static long unshift(long shifted, int bits) {
        long number = shifted;
        for (int known = bits; known < Long.SIZE; known += bits) {
            number = shifted ^ number >>> bits;
        }
        return number;
    }

    byte[] encode() {
        byte[] array = new byte[BYTES];
        FilePrologue.write(array, 0, FilePrologue.Kind.SEGMENT, BYTES);
        Bytes.putLong(array, ID_AT, id);
        Bytes.putLong(array, FIRST_AT, firstSequence);
        Bytes.putLong(array, BYTES_AT, bytes);
        Bytes.putLong(array, TAG_AT, tag);
        Bytes.putInt(array, EPOCH_AT, epoch);
        Bytes.putInt(array, CRC_AT, Bytes.crc32c(array, ID_AT, CRC_AT - ID_AT));
        return array;
    }

    /**
     * Says what is wrong with a header, beside its sequence and epoch.
     *
     * @return null if nothing is
     * @throws StoreException TOO_NEW or TOO_OLD
     */
    static String check(byte[] array, long id, long tag, long fileBytes, String file)
            throws StoreException {
        String damage = FilePrologue.check(array, 0, FilePrologue.Kind.SEGMENT, BYTES, file);
        if (damage != null) {
            return damage;
        }
        if (Bytes.getInt(array, CRC_AT) != Bytes.crc32c(array, ID_AT, CRC_AT - ID_AT)) {
            return "the checksum of its header is wrong";
        }
        if (Bytes.getLong(array, ID_AT) != id) {
            return "it says it is segment " + Bytes.getLong(array, ID_AT);
        }
        if (Bytes.getLong(array, TAG_AT) != tag) {
            return "it belongs to another folder";
        }
        if (Bytes.getLong(array, BYTES_AT) != fileBytes || fileBytes > BYTES_MAX) {
            return "it says it has "
                    + Bytes.getLong(array, BYTES_AT)
                    + " bytes and has "
                    + fileBytes;
        }
        return null;
    }

    /** Reads a header that {@link #check} found right. */
    static SegmentHeader decode(byte[] array) {
        return new SegmentHeader(
                Bytes.getLong(array, ID_AT),
                Bytes.getLong(array, FIRST_AT),
                Bytes.getLong(array, BYTES_AT),
                Bytes.getLong(array, TAG_AT),
                Bytes.getInt(array, EPOCH_AT));
    }

    /** Tells whether a segment was never begun. */
    static boolean isBlank(byte[] array) {
        for (int i = 0; i < USED_BYTES; i++) {
            if (array[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
