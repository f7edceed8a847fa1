// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Several forces of a segment are under way: none succeeds whose pages another has failed to write.
 */
class ForceLanesTest {
    private static final long ID = 1;
    private static final int IN_FLIGHT_MAX = 2;

    private final FaultyFolder folder = new FaultyFolder();
    private final List<Runnable> waiting = new ArrayList<>();
    private final ForceTimes times = new ForceTimes(() -> 0, Long.MAX_VALUE);
    private final ThreadedForcer forcer =
            new ThreadedForcer(times, waiting::add, IN_FLIGHT_MAX, () -> {});
    private Segment segment;

    @BeforeEach
    void open() throws IOException {
        SegmentSupply.Prepared made = SegmentSupply.make(folder, ID, 64 << 10);
        segment = new Segment(ID, made.file(), made.bytes(), 1, new SegmentIndex());
        segment.openLanes(new SegmentSupply(folder, Runnable::run, null), IN_FLIGHT_MAX);
    }

    private void writeAndBeginForce(long sequence) throws IOException {
        segment.file.write(ByteBuffer.allocate(512), sequence * 512);
        forcer.begin(new Forcer.Force(sequence, 512, List.of(segment)));
    }

    @Test
    void anEarlierForceDoesNotSucceedAfterALaterOneHasLostItsPages() throws IOException {
        writeAndBeginForce(1);
        writeAndBeginForce(2);
        folder.failForceAfter(0);

        waiting.get(1).run();
        waiting.get(0).run();

        assertThrows(IOException.class, forcer::poll);
    }

    @Test
    void aLaterForceThatOvertakesAnEarlierOneIsFinishedBehindIt() throws IOException {
        writeAndBeginForce(1);
        writeAndBeginForce(2);

        waiting.get(1).run();
        assertEquals(null, forcer.poll());
        waiting.get(0).run();

        assertEquals(1, forcer.poll().sequence());
        assertEquals(2, forcer.poll().sequence());
        assertTrue(forcer.ready());
    }
}
