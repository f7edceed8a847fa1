// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class FrameAssemblerTest {
    private static final int BYTES_MAX = 10_000;
    private static final int FRAME_BYTES = 300_000;
    private static final int PIECE_BYTES = 70_000;

    private final Collected collected = new Collected();
    private final FrameAssembler assembler = new FrameAssembler(BYTES_MAX, collected);

    private static final class Collected implements FrameAssembler.Output {
        final List<byte[]> pieces = new ArrayList<>();
        int wanted = Integer.MAX_VALUE;

        @Override
        public void preamble(byte[] array, int at) {
            frame(array, at, FrameLayout.PREAMBLE_BYTES);
        }

        @Override
        public void frame(byte[] array, int at, int length) {
            pieces.add(Arrays.copyOfRange(array, at, at + length));
        }

        @Override
        public boolean wantsMore() {
            return pieces.size() < wanted;
        }
    }

    @Property(tries = 300)
    void anyCutGivesTheSameFrames(
            @ForAll @Size(min = 1, max = 12)
                    List<@IntRange(min = 8, max = BYTES_MAX) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 3000) int pieceBytesMax,
            @ForAll long seed) {
        Random random = new Random(seed);
        ByteSink stream = new ByteSink(64);
        List<byte[]> expected = new ArrayList<>();
        FrameLayout.putPreamble(stream, 1, 1);
        expected.add(stream.toByteArray());
        for (int length : lengths) {
            byte[] frame = new byte[length];
            random.nextBytes(frame);
            putLength(frame, length);
            stream.putBytes(frame, 0, length);
            expected.add(frame);
        }
        Collected collected = new Collected();
        FrameAssembler assembler = new FrameAssembler(BYTES_MAX, collected);
        int at = 0;
        while (at < stream.length()) {
            int piece = Math.min(1 + random.nextInt(pieceBytesMax), stream.length() - at);
            assembler.received(Arrays.copyOfRange(stream.array(), at, at + piece), 0, piece);
            at += piece;
        }

        assertEquals(expected.size(), collected.pieces.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), collected.pieces.get(i));
        }
    }

    @Test
    void largeFramesOfSeveralConnectionsShareArrays() {
        FrameBuffers buffers = new FrameBuffers(1 << 20);
        byte[] seldom = buffers.take(FRAME_BYTES);
        buffers.giveBack(seldom);
        Collected other = new Collected();
        FrameAssembler first = new FrameAssembler(FRAME_BYTES, buffers, collected);
        FrameAssembler second = new FrameAssembler(FRAME_BYTES, buffers, other);
        byte[] frame = new byte[FRAME_BYTES];
        new Random(5).nextBytes(frame);
        putLength(frame, FRAME_BYTES);
        List<FrameAssembler> both = List.of(first, second);
        both.forEach(each -> each.received(new byte[8], 0, 8));
        for (int at = 0; at < FRAME_BYTES; at += PIECE_BYTES) {
            for (FrameAssembler each : both) {
                each.received(frame, at, Math.min(PIECE_BYTES, FRAME_BYTES - at));
            }
        }

        assertArrayEquals(frame, collected.pieces.get(1));
        assertArrayEquals(frame, other.pieces.get(1));
        List<byte[]> spares = List.of(buffers.take(FRAME_BYTES), buffers.take(FRAME_BYTES));
        assertTrue(spares.stream().anyMatch(spare -> spare == seldom));
        assertNotSame(spares.get(0), spares.get(1));
    }

    @Test
    void noMoreIsKeptForLaterThanIsAllowed() {
        FrameBuffers buffers = new FrameBuffers(3 * FRAME_BYTES);
        List<byte[]> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(buffers.take(FRAME_BYTES));
        }
        taken.forEach(buffers::giveBack);

        int kept = 0;
        for (int i = 0; i < 4; i++) {
            kept += taken.contains(buffers.take(FRAME_BYTES)) ? 1 : 0;
        }
        assertEquals(2, kept);
    }

    @Test
    void memoryGrowsWithWhatHasComeAndNotWithWhatIsAnnounced() {
        FrameBuffers buffers = new FrameBuffers(1 << 20);
        FrameAssembler assembler = new FrameAssembler(FRAME_BYTES, buffers, collected);
        assembler.received(new byte[8], 0, 8);
        byte[] frame = new byte[FRAME_BYTES];
        putLength(frame, FRAME_BYTES);
        assembler.received(frame, 0, 20_000);
        assembler.received(frame, 20_000, FRAME_BYTES - 20_001);
        assembler.received(frame, FRAME_BYTES - 1, 1);

        // one of 80,000 bytes came back when there was need for the whole
        assertEquals(2, spares(buffers));
    }

    private static int spares(FrameBuffers buffers) {
        int count = 0;
        while (buffers.take(1).length > 1 << 16) {
            count++;
        }
        return count;
    }

    @Test
    void lengthThatLiesIsRefusedBeforeItsBytesCome() {
        assembler.received(new byte[8], 0, 8);

        refuses(ErrorCode.FRAME_TOO_LARGE, BYTES_MAX + 1);
        refuses(ErrorCode.MALFORMED, 7);
        refuses(ErrorCode.MALFORMED, -1);
    }

    private void refuses(ErrorCode code, int length) {
        byte[] header = new byte[8];
        putLength(header, length);
        assertEquals(
                code,
                assertThrows(WireException.class, () -> assembler.received(header, 0, 8)).code());
    }

    @Test
    void nothingIsHandedOnOnceNoMoreIsWanted() {
        collected.wanted = 2;
        ByteSink stream = new ByteSink(64);
        FrameLayout.putPreamble(stream, 1, 1);
        byte[] frame = new byte[8];
        putLength(frame, 8);
        for (int i = 0; i < 3; i++) {
            stream.putBytes(frame, 0, 8);
        }
        assembler.received(stream.array(), 0, stream.length());
        assembler.received(frame, 0, 8);

        assertEquals(2, collected.pieces.size());
    }

    private static void putLength(byte[] frame, int length) {
        for (int i = 0; i < 4; i++) {
            frame[i] = (byte) (length >>> 8 * i);
        }
    }
}
