// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.format.SealedFile;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A segment is prepared as far as it was asked for, and has its name when all of it is forced. */
class PreparationTest {
    private static final long ID = 3;
    private static final int BYTES = 256 << 10;
    private static final int PIECE_BYTES = 16 << 10;
    private static final String TEMPORARY = SealedFile.temporary(Names.segment(ID));

    private final FaultyFolder folder = new FaultyFolder();
    private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
    private final Preparation preparation = new Preparation(folder, ID, BYTES);

    private void runJobs() {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
        }
    }

    private int filledBytes() {
        return folder.content(TEMPORARY).length;
    }

    @Test
    void fillsAPieceAtATimeWhileLittleIsAskedFor() {
        assertTrue(preparation.goOn(jobs::add, 0.001));
        runJobs();
        assertEquals(PIECE_BYTES, filledBytes());
        assertFalse(preparation.goOn(jobs::add, 0.01), "as much is there");
        assertTrue(preparation.goOn(jobs::add, 0.07));
        runJobs();
        assertEquals(2 * PIECE_BYTES, filledBytes());
    }

    @Test
    void waitsForOnePieceBeforeTheNext() {
        preparation.goOn(jobs::add, 0.001);

        assertFalse(preparation.goOn(jobs::add, 0.5));
        assertEquals(1, jobs.size());
    }

    @Test
    void fillsAsMuchAsIsAskedForIfThatIsMoreThanAPiece() {
        preparation.goOn(jobs::add, 0.5);
        runJobs();

        assertEquals(BYTES / 2, filledBytes());
    }

    @Test
    void hasItsNameOnceAllIsForced() throws IOException {
        preparation.goOn(jobs::add, 0.5);
        CompletableFuture<SegmentSupply.Prepared> coming = preparation.finish(jobs::add);
        assertFalse(coming.isDone());

        runJobs();

        assertEquals(new SegmentSupply.Prepared(ID, coming.join().file(), BYTES), coming.join());
        assertEquals(List.of(Names.segment(ID)), folder.afterLossOfAll().list());
        assertEquals(BYTES, folder.afterLossOfAll().content(Names.segment(ID)).length);
    }

    @Test
    void leavesNothingWhereItFindsNoRoom() throws IOException {
        preparation.goOn(jobs::add, 0.5);
        runJobs();
        folder.full(true);

        CompletableFuture<SegmentSupply.Prepared> coming = preparation.finish(jobs::add);
        runJobs();

        CompletionException failed = assertThrows(CompletionException.class, coming::join);
        assertInstanceOf(NoRoomException.class, failed.getCause());
        assertEquals(List.of(), folder.list());
    }

    @Test
    void isDeletedIfItIsClosedHalfWay() throws IOException {
        preparation.goOn(jobs::add, 0.5);
        preparation.close(jobs::add);
        runJobs();

        assertEquals(List.of(), folder.list());
    }

    @Test
    void staysIfItIsClosedWhenItIsThere() throws IOException {
        preparation.finish(jobs::add);
        preparation.close(jobs::add);
        runJobs();

        assertEquals(List.of(Names.segment(ID)), folder.list());
    }
}
