// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.Trouble;
import org.taffrail.wire.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;

/**
 * A tenured file that counts: which pieces it has, and where in it a run is. Its pieces are kept in
 * memory, 72 bytes each; what the index knows of blocks is read when it is needed. Reading is for
 * any thread; who holds it, for the loop's.
 */
public final class TenuredFile {
    /** What follows so closely what was read last is looked for from there on. */
    private static final int NEAR_OFFSETS = 256;

    private static final int ALL_BYTES_MAX = 1 << 30;

    private final long id;
    private final long bytes;
    private final Handles handles;
    private final String description;
    private final long records;

    /** All pieces as they stand in the file. */
    private final byte[] pieces;

    /** Where the blocks of each piece begin. */
    private final long[] blocksAt;

    /** Where somebody who reads on will go on; a hint. */
    private volatile Place goingOn = new Place(0, -1, 0);

    private int holders;
    private boolean dropped;

    private record Place(long partition, long offset, long position) {}

    private TenuredFile(
            long id,
            long bytes,
            Handles handles,
            String description,
            byte[] pieces,
            long records,
            long blocksPosition) {
        this.id = id;
        this.bytes = bytes;
        this.handles = handles;
        this.description = description;
        this.pieces = pieces;
        this.records = records;
        blocksAt = new long[pieces.length / TenuredLayout.PIECE_BYTES];
        long at = blocksPosition;
        for (int i = 0; i < blocksAt.length; i++) {
            blocksAt[i] = at;
            at += (long) piece(i).blocks() * TenuredLayout.BLOCK_BYTES;
        }
    }

    /**
     * Reads what a file says of itself.
     *
     * @param folder where it is
     * @param handles opens it
     * @param id its id
     * @param tag its tag
     * @param bytes its size
     * @throws StoreException CORRUPT if it is missing, damaged or another; TOO_NEW
     */
    static TenuredFile open(Folder folder, Handles handles, long id, long tag, long bytes)
            throws IOException, StoreException {
        return open(folder, handles, new Expected(id, tag, bytes), Trouble.REFUSED);
    }

    /** Which file is meant. */
    record Expected(long id, long tag, long bytes) {}

    /** Opens a file whose header may be damaged; nothing is read without what stands at its end. */
    static TenuredFile open(Folder folder, Handles handles, Expected expected, Trouble trouble)
            throws IOException, StoreException {
        long id = expected.id;
        long tag = expected.tag;
        long bytes = expected.bytes;
        String description = folder.describe(TenuredLayout.name(id));
        try {
            long size = handles.size(id);
            if (size != bytes || bytes < TenuredLayout.HEADER_BYTES + TenuredLayout.FOOTER_BYTES) {
                throw Corruption.at(
                        description, size, "it has " + size + " bytes and had " + bytes);
            }
        } catch (NoSuchFileException e) {
            throw Corruption.at(description, 0, "it is missing");
        }
        try {
            checkHeader(read(handles, id, 0, TenuredLayout.HEADER_BYTES), id, tag, description);
        } catch (StoreException e) {
            trouble.found(e);
        }
        long footerAt = bytes - TenuredLayout.FOOTER_BYTES;
        byte[] footer = read(handles, id, footerAt, TenuredLayout.FOOTER_BYTES);
        if (Bytes.getInt(footer, TenuredLayout.CRC_AT)
                        != Bytes.crc32c(footer, 0, TenuredLayout.CRC_AT)
                || Bytes.getLong(footer, 0) != id
                || Bytes.getLong(footer, TenuredLayout.FOOTER_TAG) != tag) {
            throw Corruption.at(description, footerAt, "its footer does not fit");
        }
        long blocksPosition = Bytes.getLong(footer, TenuredLayout.BLOCKS_POSITION);
        long piecesPosition = Bytes.getLong(footer, TenuredLayout.PIECES_POSITION);
        long piecesBytes =
                (long) Bytes.getInt(footer, TenuredLayout.PIECES) * TenuredLayout.PIECE_BYTES;
        if (blocksPosition < TenuredLayout.HEADER_BYTES
                || piecesPosition < blocksPosition
                || piecesBytes < 0
                || piecesBytes > ALL_BYTES_MAX
                || piecesPosition + piecesBytes != footerAt) {
            throw Corruption.at(description, footerAt, "its parts do not fit");
        }
        byte[] pieces = read(handles, id, piecesPosition, (int) piecesBytes);
        if (Bytes.getInt(footer, TenuredLayout.PIECES_CRC)
                != Bytes.crc32c(pieces, 0, pieces.length)) {
            throw Corruption.at(description, piecesPosition, "the checksum of its pieces is wrong");
        }
        TenuredFile file =
                new TenuredFile(
                        id,
                        bytes,
                        handles,
                        description,
                        pieces,
                        Bytes.getLong(footer, TenuredLayout.ALL_RECORDS),
                        blocksPosition);
        file.checkPieces(blocksPosition, piecesPosition);
        return file;
    }

    private static void checkHeader(byte[] header, long id, long tag, String description)
            throws StoreException {
        String damage =
                FilePrologue.check(
                        header,
                        0,
                        FilePrologue.Kind.TENURED,
                        TenuredLayout.HEADER_BYTES,
                        description);
        if (damage == null
                && Bytes.getInt(header, TenuredLayout.CRC_AT)
                        != Bytes.crc32c(
                                header,
                                TenuredLayout.ID_AT,
                                TenuredLayout.CRC_AT - TenuredLayout.ID_AT)) {
            damage = "the checksum of its header is wrong";
        }
        if (damage == null
                && (Bytes.getLong(header, TenuredLayout.ID_AT) != id
                        || Bytes.getLong(header, TenuredLayout.TAG_AT) != tag)) {
            damage = "it is another file";
        }
        if (damage != null) {
            throw Corruption.at(description, 0, damage);
        }
    }

    /** Checks what no checksum can tell: that the pieces fit each other and the file. */
    private void checkPieces(long blocksPosition, long piecesPosition) throws StoreException {
        long position = TenuredLayout.HEADER_BYTES;
        long blocksEnd = blocksPosition;
        long all = 0;
        for (int i = 0; i < pieceCount(); i++) {
            Piece piece = piece(i);
            blocksEnd += (long) piece.blocks() * TenuredLayout.BLOCK_BYTES;
            if (i > 0 && piece.partition() <= piece(i - 1).partition()
                    || piece.firstOffset() < 0
                    || piece.endOffset() <= piece.firstOffset()
                    || piece.records() < 1
                    || piece.records() > piece.endOffset() - piece.firstOffset()
                    || piece.position() != position
                    || piece.bytes() < 1
                    || piece.bytes() > blocksPosition - position
                    || piece.blocks() < 1
                    || blocksEnd > piecesPosition) {
                throw Corruption.at(
                        description,
                        piecesPosition + (long) i * TenuredLayout.PIECE_BYTES,
                        "a piece does not fit: " + piece);
            }
            position = piece.end();
            all += piece.records();
        }
        if (position != blocksPosition || blocksEnd != piecesPosition || all != records) {
            throw Corruption.at(description, piecesPosition, "its pieces do not fit it");
        }
    }

    private static byte[] read(Handles handles, long id, long position, int length)
            throws IOException {
        byte[] bytes = new byte[length];
        handles.read(id, ByteBuffer.wrap(bytes), position);
        return bytes;
    }

    /**
     * Returns the file's number.
     *
     * @return from 1, never used again
     */
    public long id() {
        return id;
    }

    /**
     * Returns the file's size.
     *
     * @return in bytes
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Returns how many records it has.
     *
     * @return from 1
     */
    public long records() {
        return records;
    }

    /**
     * Returns what it has.
     *
     * @return how many pieces
     */
    public int pieceCount() {
        return blocksAt.length;
    }

    /**
     * Returns a piece.
     *
     * @param at which one, in the order of the partitions
     * @return the piece
     */
    public Piece piece(int at) {
        return Piece.decode(pieces, at * TenuredLayout.PIECE_BYTES);
    }

    /**
     * Finds the piece of a partition.
     *
     * @param partition the partition
     * @return null if there is none
     */
    public Piece pieceOf(long partition) {
        int at = indexOf(partition);
        return at < 0 ? null : piece(at);
    }

    private int indexOf(long partition) {
        int low = 0;
        int high = blocksAt.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long found = Bytes.getLong(pieces, middle * TenuredLayout.PIECE_BYTES);
            if (found == partition) {
                return middle;
            }
            if (found < partition) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /**
     * Visits the pieces.
     *
     * @param visitor called during the call
     */
    public void forEachPiece(Consumer<Piece> visitor) {
        for (int i = 0; i < pieceCount(); i++) {
            visitor.accept(piece(i));
        }
    }

    /** Finds where to begin to read: at the run that holds an offset, or not far before it. */
    long seek(Piece piece, long offset) throws IOException, StoreException {
        Place place = goingOn;
        if (place.partition == piece.partition()
                && place.offset <= offset
                && offset - place.offset <= NEAR_OFFSETS
                && place.position >= piece.position()) {
            return place.position;
        }
        if (piece.blocks() == 1) {
            return piece.position();
        }
        byte[] blocks = blocks(piece);
        int low = 0;
        int high = piece.blocks() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (Bytes.getLong(blocks, middle * TenuredLayout.BLOCK_BYTES) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long position =
                Bytes.getLong(
                        blocks, low * TenuredLayout.BLOCK_BYTES + TenuredLayout.BLOCK_POSITION);
        if (position < piece.position() || position >= piece.end()) {
            throw corrupt(position, "a block outside of its piece");
        }
        return position;
    }

    /** Returns where the index has a piece's blocks. */
    long blocksAt(Piece piece) {
        return blocksAt[indexOf(piece.partition())];
    }

    /** Returns where the index has a piece. */
    long pieceAt(Piece piece) {
        long pieces = bytes - TenuredLayout.FOOTER_BYTES - this.pieces.length;
        return pieces + (long) indexOf(piece.partition()) * TenuredLayout.PIECE_BYTES;
    }

    /** Reads what the index knows of a piece's blocks. */
    byte[] blocks(Piece piece) throws IOException, StoreException {
        long at = blocksAt[indexOf(piece.partition())];
        byte[] blocks = read(handles, id, at, piece.blocks() * TenuredLayout.BLOCK_BYTES);
        if (Bytes.crc32c(blocks, 0, blocks.length) != piece.blocksCrc()) {
            throw corrupt(at, "the checksum of a piece's blocks is wrong");
        }
        return blocks;
    }

    /** Notes where the run after one that was read stands. */
    void goesOn(long partition, long offset, long position) {
        goingOn = new Place(partition, offset, position);
    }

    int read(ByteBuffer target, long position) throws IOException {
        return handles.read(id, target, position);
    }

    StoreException corrupt(long position, String what) {
        return Corruption.at(description, position, what);
    }

    /** Keeps the file from being closed. On the loop's thread. */
    public void acquire() {
        holders++;
    }

    /**
     * Ends an {@link #acquire}. On the loop's thread.
     *
     * @throws IOException if it can't be closed
     */
    public void release() throws IOException {
        holders--;
        closeIfUnused();
    }

    /** Closes the file once nobody reads it any more. On the loop's thread. */
    void drop() throws IOException {
        dropped = true;
        closeIfUnused();
    }

    private void closeIfUnused() throws IOException {
        if (dropped && holders == 0) {
            handles.close(id);
        }
    }
}
