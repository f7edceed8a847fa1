// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.record.RunLayout;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes one tenured file from front to end. */
final class TenuredWriter implements Closeable {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int BLOCK_BYTES_MIN = 64 << 10;
    private static final int BLOCKS_MAX = 4096;

    private final long id;
    private final long tag;
    private final DataFile file;
    private final ByteSink buffer = new ByteSink(BUFFER_BYTES + (BUFFER_BYTES >> 2));
    private final ByteSink blocks = new ByteSink(1 << 10);
    private final ByteSink pieces = new ByteSink(1 << 10);
    private long flushed;
    private int pieceCount;
    private long allRecords;

    private Piece piece;
    private long blockBytes;
    private long blockPosition;
    private int blocksFrom;

    TenuredWriter(Folder folder, long id, long tag) throws IOException {
        this.id = id;
        this.tag = tag;
        file = folder.create(TenuredLayout.name(id));
        buffer.putBytes(TenuredLayout.header(id, tag), 0, TenuredLayout.HEADER_BYTES);
    }

    long id() {
        return id;
    }

    /** How long the file would be if it had only its runs. */
    long position() {
        return flushed + buffer.length();
    }

    /**
     * Begins a piece.
     *
     * @param bytesMax how many bytes of runs it will have at most; if it is less, blocks are
     *     smaller than they need be
     */
    void begin(long partition, long bytesMax) {
        endPiece();
        piece = new Piece(partition, -1, 0, 0, position(), 0, 0, 0, 0, 0);
        blockBytes = Math.max(BLOCK_BYTES_MIN, bytesMax / BLOCKS_MAX);
        blocksFrom = blocks.length();
    }

    /** Adds a run of the piece. */
    void add(byte[] array, int at) throws IOException {
        int length = RunLayout.length(array, at);
        long offset = RunLayout.offset(array, at);
        int count = RunLayout.count(array, at);
        long timeMs = RunLayout.appendTimeMs(array, at);
        long position = position();
        int blockCount = piece.blocks();
        if (blockCount == 0 || position - blockPosition >= blockBytes) {
            blocks.putLong(offset);
            blocks.putLong(position);
            blocks.putLong(timeMs);
            blockPosition = position;
            blockCount++;
        }
        boolean first = piece.records() == 0;
        piece =
                new Piece(
                        piece.partition(),
                        first ? offset : piece.firstOffset(),
                        offset + count,
                        piece.records() + count,
                        piece.position(),
                        piece.bytes() + length,
                        first ? timeMs : piece.firstTimeMs(),
                        timeMs,
                        blockCount,
                        0);
        buffer.putBytes(array, at, length);
        if (buffer.length() >= BUFFER_BYTES) {
            flush();
        }
    }

    private void endPiece() {
        if (piece == null || piece.records() == 0) {
            return;
        }
        int crc = Bytes.crc32c(blocks.array(), blocksFrom, blocks.length() - blocksFrom);
        byte[] encoded = new byte[TenuredLayout.PIECE_BYTES];
        new Piece(
                        piece.partition(),
                        piece.firstOffset(),
                        piece.endOffset(),
                        piece.records(),
                        piece.position(),
                        piece.bytes(),
                        piece.firstTimeMs(),
                        piece.lastTimeMs(),
                        piece.blocks(),
                        crc)
                .encode(encoded, 0);
        pieces.putBytes(encoded, 0, encoded.length);
        pieceCount++;
        allRecords += piece.records();
        piece = null;
    }

    private void flush() throws IOException {
        file.write(ByteBuffer.wrap(buffer.array(), 0, buffer.length()), flushed);
        flushed += buffer.length();
        buffer.clear();
    }

    /** Makes durable what was written so far, so that no later force has to wait long. */
    void force() throws IOException {
        flush();
        file.force();
    }

    /** Ends the file and makes it durable, but for its name; returns its size. */
    long finish() throws IOException {
        endPiece();
        long blocksPosition = position();
        buffer.putBytes(blocks.array(), 0, blocks.length());
        long piecesPosition = position();
        buffer.putBytes(pieces.array(), 0, pieces.length());
        byte[] footer = new byte[TenuredLayout.FOOTER_BYTES];
        Bytes.putLong(footer, 0, id);
        Bytes.putLong(footer, TenuredLayout.FOOTER_TAG, tag);
        Bytes.putLong(footer, TenuredLayout.BLOCKS_POSITION, blocksPosition);
        Bytes.putLong(footer, TenuredLayout.PIECES_POSITION, piecesPosition);
        Bytes.putInt(footer, TenuredLayout.PIECES, pieceCount);
        Bytes.putInt(
                footer, TenuredLayout.PIECES_CRC, Bytes.crc32c(pieces.array(), 0, pieces.length()));
        Bytes.putLong(footer, TenuredLayout.ALL_RECORDS, allRecords);
        Bytes.putInt(footer, TenuredLayout.CRC_AT, Bytes.crc32c(footer, 0, TenuredLayout.CRC_AT));
        buffer.putBytes(footer, 0, footer.length);
        force();
        return flushed;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
