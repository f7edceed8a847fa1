// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
