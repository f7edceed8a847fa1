// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The runs of one piece from an offset on, read in large stretches. Every run that it gives was
 * checked, and the last one before the first that it gives as well: otherwise damage to a count
 * could hide a run.
 */
public final class PieceStream implements RunStream {
    private static final long NONE = -1;

    private final TenuredFile file;
    private final Piece piece;
    private final long fromOffset;
    private final int stretchBytes;
    private final Store.Wanted wanted;
    private byte[] buffer = {};
    private long bufferAt;
    private int buffered;
    private long position = NONE;
    private int length;
    private long endOfLast;
    private long skippedAt = NONE;
    private long lookedBytesMax = Long.MAX_VALUE;
    private long upToOffset = Long.MAX_VALUE;

    /**
     * Makes a stream; nothing is read yet.
     *
     * @param file the file
     * @param piece one of its pieces
     * @param fromOffset the first run is the one that holds this offset, or the first after it
     * @param stretchBytes how much is read at once, from 4,096; more where a run is longer
     */
    public PieceStream(TenuredFile file, Piece piece, long fromOffset, int stretchBytes) {
        this(file, piece, fromOffset, stretchBytes, null);
    }

    /**
     * Makes a stream that leaves out runs of which nothing is wanted.
     *
     * @param file the file
     * @param piece one of its pieces
     * @param fromOffset the first run is the one that holds this offset, or the first after it
     * @param stretchBytes how much is read at once, from 4,096; more where a run is longer
     * @param wanted what is wanted; null for all
     */
    public PieceStream(
            TenuredFile file, Piece piece, long fromOffset, int stretchBytes, Store.Wanted wanted) {
        this.file = file;
        this.piece = piece;
        this.fromOffset = fromOffset;
        this.stretchBytes = stretchBytes;
        this.wanted = wanted;
    }

    /**
     * Has it end after so many bytes in which it found nothing, or in all.
     *
     * @param bytesMax how much it looks at
     * @return this
     */
    public PieceStream lookAt(long bytesMax) {
        lookedBytesMax = bytesMax;
        return this;
    }

    /**
     * Tells how far it has looked, once it has ended.
     *
     * @return nothing is wanted of the piece that it has not given and that begins before this
     *     offset
     */
    public long upToOffset() {
        return upToOffset;
    }

    @Override
    public boolean next() throws IOException, StoreException {
        if (position == NONE) {
            position = file.seek(piece, fromOffset);
            if (lookedBytesMax != Long.MAX_VALUE) {
                lookedBytesMax += position;
            }
        } else {
            position += length;
        }
        while (position < piece.end()) {
            readHeader();
            long offset = offset();
            if (wanted != null && offset > wanted.upToOffset()) {
                return false;
            }
            if (position > lookedBytesMax && offset > fromOffset) {
                upToOffset = offset;
                return false;
            }
            long end = offset + RunLayout.count(buffer, at());
            if (end > fromOffset) {
                if (skippedAt != NONE) {
                    checkSkipped();
                }
                if (wanted == null || wanted.any(offset, end - 1)) {
                    check();
                    file.goesOn(piece.partition(), end, position + length);
                    return true;
                }
            } else {
                skippedAt = position;
            }
            position += length;
        }
        return false;
    }

    /** Reads a header and believes only what its own checksum covers. */
    private void readHeader() throws IOException, StoreException {
        ensure(position, (int) Math.min(RunLayout.HEADER_BYTES, piece.end() - position));
        length = RunLayout.length(buffer, at());
        if (length < RunLayout.HEADER_BYTES || length > piece.end() - position) {
            throw file.corrupt(position, "a run of " + length + " bytes");
        }
        try {
            RunCheck.checkStamp(buffer, at());
        } catch (WireException e) {
            throw file.corrupt(position, e.getMessage());
        }
        if (partition() != piece.partition() || offset() < endOfLast) {
            throw file.corrupt(position, "a run that does not belong there");
        }
        if (offset() < piece.firstOffset() || offset() >= piece.endOffset()) {
            throw file.corrupt(position, "a run outside of its piece");
        }
    }

    private void checkSkipped() throws IOException, StoreException {
        long here = position;
        int lengthHere = length;
        position = skippedAt;
        skippedAt = NONE;
        readHeader();
        check();
        position = here;
        length = lengthHere;
        readHeader();
    }

    private void check() throws IOException, StoreException {
        ensure(position, length);
        try {
            RunCheck.check(buffer, at(), length);
        } catch (WireException e) {
            throw file.corrupt(position, e.getMessage());
        }
        endOfLast = offset() + RunLayout.count(buffer, at());
    }

    /** Has a stretch of the file in memory. */
    private void ensure(long from, int bytes) throws IOException, StoreException {
        if (from >= bufferAt && from + bytes <= bufferAt + buffered) {
            return;
        }
        int stretch = (int) Math.min(piece.end() - from, Math.max(bytes, stretchBytes));
        if (buffer.length < stretch) {
            buffer = new byte[stretch];
        }
        bufferAt = from;
        buffered = file.read(ByteBuffer.wrap(buffer, 0, stretch), from);
        if (buffered < bytes) {
            throw file.corrupt(from + buffered, "the file ends before");
        }
    }

    @Override
    public long partition() {
        return RunLayout.partition(buffer, at());
    }

    @Override
    public long offset() {
        return RunLayout.offset(buffer, at());
    }

    @Override
    public byte[] array() {
        return buffer;
    }

    @Override
    public int at() {
        return (int) (position - bufferAt);
    }

    @Override
    public long bytesOf(long partition) {
        return partition == piece.partition() ? piece.bytes() : 0;
    }
}
