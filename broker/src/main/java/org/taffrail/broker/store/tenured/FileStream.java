// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.util.Map;

/** All runs of a tenured file of which something is wanted. */
public final class FileStream implements RunStream {
    private static final int STRETCH_BYTES = 1 << 20;

    private final TenuredFile file;
    private final Map<Long, Store.Wanted> wanted;
    private int nextPiece;
    private PieceStream current;

    /**
     * Makes a stream.
     *
     * @param file the file
     * @param wanted for each partition what is wanted of it; nothing of those that are missing
     */
    public FileStream(TenuredFile file, Map<Long, Store.Wanted> wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    @Override
    public boolean next() throws IOException, StoreException {
        while (current == null || !current.next()) {
            if (nextPiece == file.pieceCount()) {
                return false;
            }
            Piece piece = file.piece(nextPiece++);
            Store.Wanted ofPiece = wanted.get(piece.partition());
            current =
                    ofPiece == null
                            ? null
                            : new PieceStream(file, piece, 0, STRETCH_BYTES, ofPiece);
        }
        return true;
    }

    @Override
    public long partition() {
        return current.partition();
    }

    @Override
    public long offset() {
        return current.offset();
    }

    @Override
    public byte[] array() {
        return current.array();
    }

    @Override
    public int at() {
        return current.at();
    }

    @Override
    public long bytesOf(long partition) {
        Piece piece = file.pieceOf(partition);
        return piece == null ? 0 : piece.bytes();
    }
}
