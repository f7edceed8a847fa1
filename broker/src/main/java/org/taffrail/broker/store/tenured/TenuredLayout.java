// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.wire.Bytes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a tenured file: a header, runs, and what is known of them. Numbers are
 * little-endian.
 *
 * <pre>
 *           0               4               8                               16
 *          +---------------+---------------+-------------------------------+
 * header 0 | prologue, see {@link FilePrologue}                            |
 *          +                               +-------------------------------+
 *       16 |                               | file id                       |
 *          +-------------------------------+-------------------------------+
 *       32 | the file's tag                | zero                          |
 *          +-------------------------------+---------------+---------------+
 *       48 | zero                                          |CRC32C of 24-59|
 *          +-----------------------------------------------+---------------+
 *       64 | runs, stamped, sorted by partition and offset, without gaps   |
 *          +-------------------------------+-------------------------------+
 * blocks   | offset of a block's first run | where in the file it begins   |
 *          +-------------------------------+-------------------------------+
 *       16 | append time of that run       |
 *          +-------------------------------+-------------------------------+
 * pieces 0 | partition                     | offset of the first record    |
 *          +-------------------------------+-------------------------------+
 *       16 | offset after the last record  | how many records              |
 *          +-------------------------------+-------------------------------+
 *       32 | where its runs begin          | their bytes                   |
 *          +-------------------------------+-------------------------------+
 *       48 | append time of the first run  | append time of the last run   |
 *          +---------------+---------------+-------------------------------+
 *       64 | its blocks    | their CRC32C  |
 *          +---------------+---------------+-------------------------------+
 * footer 0 | file id                       | the file's tag                |
 *          +-------------------------------+-------------------------------+
 *       16 | where the blocks begin        | where the pieces begin        |
 *          +---------------+---------------+-------------------------------+
 *       32 | how many      | CRC32C of them| how many records in all       |
 *          +---------------+---------------+---------------+---------------+
 *       48 | zero                                          |CRC32C of 0-59 |
 *          +-----------------------------------------------+---------------+
 * </pre>
 *
 * A <em>piece</em> is what the file has of one partition; pieces stand in the order of their
 * partitions, and so do their blocks. A <em>block</em> is a stretch of a piece's runs; of its first
 * run the index knows offset, place and time. The tag is a number that only this file of this
 * folder has.
 */
final class TenuredLayout {
    static final int HEADER_BYTES = 64;
    static final int ID_AT = 24;
    static final int TAG_AT = 32;
    static final int CRC_AT = 60;

    static final int BLOCK_BYTES = 24;
    static final int BLOCK_POSITION = 8;
    static final int BLOCK_TIME = 16;

    static final int PIECE_BYTES = 72;
    static final int FIRST_OFFSET = 8;
    static final int END_OFFSET = 16;
    static final int RECORDS = 24;
    static final int POSITION = 32;
    static final int BYTES = 40;
    static final int FIRST_TIME = 48;
    static final int LAST_TIME = 56;
    static final int BLOCKS = 64;
    static final int BLOCKS_CRC = 68;

    static final int FOOTER_BYTES = 64;
    static final int FOOTER_TAG = 8;
    static final int BLOCKS_POSITION = 16;
    static final int PIECES_POSITION = 24;
    static final int PIECES = 32;
    static final int PIECES_CRC = 36;
    static final int ALL_RECORDS = 40;

    private static final Pattern NAME = Pattern.compile("tenured-(\\d{12,18})\\.log");

    private TenuredLayout() {}

    /** Returns the name of a file. */
    static String name(long id) {
        return String.format(java.util.Locale.ROOT, "tenured-%012d.log", id);
    }

    /** Returns the id in a file's name, or -1. */
    static long id(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    static byte[] header(long id, long tag) {
        byte[] header = new byte[HEADER_BYTES];
        FilePrologue.write(header, 0, FilePrologue.Kind.TENURED, HEADER_BYTES);
        Bytes.putLong(header, ID_AT, id);
        Bytes.putLong(header, TAG_AT, tag);
        Bytes.putInt(header, CRC_AT, Bytes.crc32c(header, ID_AT, CRC_AT - ID_AT));
        return header;
    }
}
