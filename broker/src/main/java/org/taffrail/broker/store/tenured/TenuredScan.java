// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads a whole tenured file from front to end, checks every byte of it, and goes on behind what is
 * damaged: at the next run where the damaged one's length leads to one, otherwise at the next block
 * that the index knows. It never searches for runs among other bytes: a message's body may hold
 * what looks like one. Without an index it reads as far as runs follow each other.
 */
public final class TenuredScan {
    private static final int STRETCH_BYTES = 1 << 20;
    private static final long NONE = -1;

    /** Behind every file. */
    private static final long NOWHERE = Long.MAX_VALUE >> 1;

    private final Folder folder;
    private final long id;
    private final Target target;
    private final Handles handles;
    private final String name;
    private TenuredFile file;
    private Piece piece;
    private byte[] blocks;
    private int nextBlock;
    private byte[] buffer = new byte[STRETCH_BYTES];
    private long bufferAt;
    private int buffered;

    private long records;
    private long endOfLast;
    private long firstTimeMs;
    private long lastTimeMs;
    private StoreException pending;
    private boolean damaged;

    /** Hears what a file holds. */
    public interface Target {
        /**
         * Takes a run.
         *
         * @param array holds it; valid during the call
         * @param at where it begins there; checked and stamped
         * @param position where it begins in the file
         * @throws IOException if it can't be taken
         * @throws StoreException if it can't be taken
         */
        void run(byte[] array, int at, long position) throws IOException, StoreException;

        /**
         * Hears of damage.
         *
         * @param damage says where and what
         * @throws StoreException to end the scan
         */
        void damaged(StoreException damage) throws StoreException;
    }

    /**
     * Makes a scan.
     *
     * @param folder where the file is
     * @param id its number
     * @param target hears of it
     */
    public TenuredScan(Folder folder, long id, Target target) {
        this.folder = folder;
        this.id = id;
        this.target = target;
        handles = new Handles(folder, 1);
        name = folder.describe(TenuredLayout.name(id));
    }

    /**
     * Reads the file.
     *
     * @param tag the tag that it must have
     * @param bytes the size that it must have
     * @throws IOException if it can't be read
     * @throws StoreException what the target throws; TOO_NEW or TOO_OLD
     */
    public void run(long tag, long bytes) throws IOException, StoreException {
        try {
            scan(new TenuredFile.Expected(id, tag, bytes));
        } finally {
            handles.closeAll();
        }
    }

    private void scan(TenuredFile.Expected expected) throws IOException, StoreException {
        try {
            file = TenuredFile.open(folder, handles, expected, target::damaged);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.CORRUPT) {
                throw e;
            }
            target.damaged(e);
            if (folder.list().contains(TenuredLayout.name(id))) {
                scanWithoutIndex();
            }
            return;
        }
        for (int i = 0; i < file.pieceCount(); i++) {
            piece = file.piece(i);
            try {
                blocks = file.blocks(piece);
            } catch (StoreException e) {
                blocks = null;
                target.damaged(e);
            }
            scanPiece();
        }
    }

    private void scanPiece() throws IOException, StoreException {
        begin(piece.firstOffset());
        long position = piece.position();
        while (position < piece.end()) {
            position = step(position, piece.end(), piece.partition());
        }
        tellPending(piece.partition(), piece.endOffset());
        if (!damaged
                && (records != piece.records()
                        || endOfLast != piece.endOffset()
                        || firstTimeMs != piece.firstTimeMs()
                        || lastTimeMs != piece.lastTimeMs())) {
            target.damaged(Corruption.at(name, file.pieceAt(piece), "its runs are not " + piece));
        }
        if (!damaged && blocks != null && nextBlock < piece.blocks()) {
            tellBlock();
        }
    }

    private void begin(long firstOffset) {
        records = 0;
        nextBlock = 0;
        endOfLast = firstOffset;
        damaged = false;
        pending = null;
    }

    /** The end of the runs is not known, nor the partitions. */
    private void scanWithoutIndex() throws IOException, StoreException {
        piece = null;
        blocks = null;
        long partition = NONE;
        long position = TenuredLayout.HEADER_BYTES;
        while (isRun(position, NOWHERE, NONE, 0)) {
            int at = load(position, RunLayout.HEADER_BYTES);
            long next = RunLayout.partition(buffer, at);
            if (next < partition) {
                return;
            }
            if (next != partition) {
                tellPending(partition, NONE);
                begin(0);
                partition = next;
            }
            position = step(position, NOWHERE, partition);
        }
        tellPending(partition, NONE);
    }

    /** Takes what begins at a position; returns where to go on. */
    private long step(long position, long end, long partition) throws IOException, StoreException {
        String problem;
        long next;
        if (isRun(position, end, partition, endOfLast)) {
            int length = RunLayout.length(buffer, load(position, RunLayout.HEADER_BYTES));
            next = position + length;
            boolean believed =
                    length <= STRETCH_BYTES || next == end || isRun(next, end, partition, 0);
            int at = believed ? load(position, length) : -1;
            problem = at < 0 ? "a run of " + length + " bytes" : check(at, length);
            if (problem == null) {
                checkBlock(position, at);
                take(at, position);
                return next;
            }
        } else {
            problem = "the head of a run is damaged";
            int at = load(position, RunLayout.HEADER_BYTES);
            next = at < 0 ? end : position + Math.max(0, RunLayout.length(buffer, at));
        }
        damaged = true;
        if (pending == null) {
            pending = Corruption.at(name, position, problem);
        }
        return next > position && (next == end || isRun(next, end, partition, endOfLast))
                ? next
                : nextKnown(position, end);
    }

    private String check(int at, int length) {
        try {
            RunCheck.check(buffer, at, length);
            return null;
        } catch (WireException e) {
            return e.getMessage();
        }
    }

    private void take(int at, long position) throws IOException, StoreException {
        long offset = RunLayout.offset(buffer, at);
        tellPending(RunLayout.partition(buffer, at), offset);
        lastTimeMs = RunLayout.appendTimeMs(buffer, at);
        if (records == 0) {
            firstTimeMs = lastTimeMs;
        }
        records += RunLayout.count(buffer, at);
        endOfLast = offset + RunLayout.count(buffer, at);
        target.run(buffer, at, position);
    }

    /** Tells what was damaged, with the offsets between which it was, as soon as they are known. */
    private void tellPending(long partition, long offset) throws StoreException {
        if (pending == null) {
            return;
        }
        StoreException.Damage damage = pending.damage();
        pending = null;
        String lost =
                "; lost of partition " + partition + " is what stood from offset " + endOfLast;
        target.damaged(
                Corruption.at(
                        name,
                        damage.position(),
                        damage.what() + lost + (offset < 0 ? " on" : " to " + (offset - 1))));
    }

    /** The next block that the index knows; the end if it knows none. */
    private long nextKnown(long position, long end) throws StoreException {
        if (piece == null) {
            return NOWHERE;
        }
        for (int i = 0; blocks != null && i < piece.blocks(); i++) {
            long block = blockPosition(i);
            if (block > position && block < end) {
                return block;
            }
        }
        return end;
    }

    private long blockPosition(int block) {
        return Bytes.getLong(
                blocks, block * TenuredLayout.BLOCK_BYTES + TenuredLayout.BLOCK_POSITION);
    }

    /** Holds a block of the index against the run that it means. */
    private void checkBlock(long position, int at) throws StoreException {
        while (blocks != null
                && nextBlock < piece.blocks()
                && blockPosition(nextBlock) < position) {
            if (!damaged) {
                tellBlock();
            }
            nextBlock++;
        }
        if (blocks != null && nextBlock < piece.blocks() && blockPosition(nextBlock) == position) {
            int block = nextBlock * TenuredLayout.BLOCK_BYTES;
            if (Bytes.getLong(blocks, block) != RunLayout.offset(buffer, at)
                    || Bytes.getLong(blocks, block + TenuredLayout.BLOCK_TIME)
                            != RunLayout.appendTimeMs(buffer, at)) {
                tellBlock();
            }
            nextBlock++;
        }
    }

    private void tellBlock() throws StoreException {
        long at = file.blocksAt(piece) + (long) nextBlock * TenuredLayout.BLOCK_BYTES;
        target.damaged(Corruption.at(name, at, "a block that does not point at its run"));
    }

    /** Tells whether the head of a run of a partition, not before an offset, is at a position. */
    private boolean isRun(long position, long end, long partition, long offsetMin)
            throws IOException {
        int at = load(position, RunLayout.HEADER_BYTES);
        if (at < 0) {
            return false;
        }
        int length = RunLayout.length(buffer, at);
        try {
            RunCheck.checkStamp(buffer, at);
        } catch (WireException e) {
            return false;
        }
        long offset = RunLayout.offset(buffer, at);
        return length > RunLayout.HEADER_BYTES
                && length <= end - position
                && (partition == NONE || RunLayout.partition(buffer, at) == partition)
                && offset >= offsetMin
                && (piece == null || offset < piece.endOffset());
    }

    /** Has a stretch in memory; returns where, or -1 if the file ends before. */
    private int load(long position, int bytes) throws IOException {
        if (position < bufferAt || position + bytes > bufferAt + buffered) {
            if (bytes > buffer.length) {
                buffer = new byte[bytes];
            }
            bufferAt = position;
            buffered = handles.read(id, ByteBuffer.wrap(buffer), position);
        }
        return bytes <= buffered ? (int) (position - bufferAt) : -1;
    }
}
