// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.wire.Bytes;

/**
 * What a tenured file has of one partition.
 *
 * @param partition the partition
 * @param firstOffset the offset of its first record
 * @param endOffset the offset after its last record; between them may be gaps
 * @param records how many records
 * @param position where its runs begin
 * @param bytes their bytes
 * @param firstTimeMs when the first run was appended
 * @param lastTimeMs when the last one was
 * @param blocks how many blocks
 * @param blocksCrc the checksum of what the index says of them
 */
public record Piece(
        long partition,
        long firstOffset,
        long endOffset,
        long records,
        long position,
        long bytes,
        long firstTimeMs,
        long lastTimeMs,
        int blocks,
        int blocksCrc) {
    static Piece decode(byte[] array, int at) {
        return new Piece(
                Bytes.getLong(array, at),
                Bytes.getLong(array, at + TenuredLayout.FIRST_OFFSET),
                Bytes.getLong(array, at + TenuredLayout.END_OFFSET),
                Bytes.getLong(array, at + TenuredLayout.RECORDS),
                Bytes.getLong(array, at + TenuredLayout.POSITION),
                Bytes.getLong(array, at + TenuredLayout.BYTES),
                Bytes.getLong(array, at + TenuredLayout.FIRST_TIME),
                Bytes.getLong(array, at + TenuredLayout.LAST_TIME),
                Bytes.getInt(array, at + TenuredLayout.BLOCKS),
                Bytes.getInt(array, at + TenuredLayout.BLOCKS_CRC));
    }

    void encode(byte[] array, int at) {
        Bytes.putLong(array, at, partition);
        Bytes.putLong(array, at + TenuredLayout.FIRST_OFFSET, firstOffset);
        Bytes.putLong(array, at + TenuredLayout.END_OFFSET, endOffset);
        Bytes.putLong(array, at + TenuredLayout.RECORDS, records);
        Bytes.putLong(array, at + TenuredLayout.POSITION, position);
        Bytes.putLong(array, at + TenuredLayout.BYTES, bytes);
        Bytes.putLong(array, at + TenuredLayout.FIRST_TIME, firstTimeMs);
        Bytes.putLong(array, at + TenuredLayout.LAST_TIME, lastTimeMs);
        Bytes.putInt(array, at + TenuredLayout.BLOCKS, blocks);
        Bytes.putInt(array, at + TenuredLayout.BLOCKS_CRC, blocksCrc);
    }

    long end() {
        return position + bytes;
    }
}
