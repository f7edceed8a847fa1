// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

class CompressedBodyTest {
    private static final byte[] TEXT =
            "{\"order\":1041,\"customer\":\"Hood\"}".repeat(50).getBytes(StandardCharsets.UTF_8);

    private static byte[] compressed(byte[] body) {
        ByteSink sink = new ByteSink(16);
        sink.putBytes(body, 0, body.length);
        assertTrue(CompressedBody.compress(sink, 0));
        return sink.toByteArray();
    }

    private static byte[] expand(byte[] bytes) {
        return CompressedBody.expand(bytes, 0, bytes.length);
    }

    private static ErrorCode refusal(byte[] bytes) {
        return assertThrows(WireException.class, () -> expand(bytes)).code();
    }

    @Test
    void whatIsCompressedComesBackWhateverStandsBeforeIt() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            byte[] before = new byte[random.nextInt(20)];
            byte[] body = new byte[random.nextInt(random.nextInt(10) == 0 ? 100_000 : 300)];
            int letters = 1 + random.nextInt(256);
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) random.nextInt(letters);
            }
            ByteSink sink = new ByteSink(16);
            sink.putBytes(before, 0, before.length);
            sink.putBytes(body, 0, body.length);

            boolean shorter = CompressedBody.compress(sink, before.length);

            String what = "seed " + seed;
            byte[] bytes = sink.toByteArray();
            assertArrayEquals(before, Arrays.copyOf(bytes, before.length), what);
            int length = bytes.length - before.length;
            assertEquals(shorter, length < body.length, what);
            if (shorter) {
                CompressedBody.checkLength(bytes, before.length, length, body.length);
                assertArrayEquals(body, CompressedBody.expand(bytes, before.length, length), what);
            } else {
                assertArrayEquals(body, Arrays.copyOfRange(bytes, before.length, bytes.length));
            }
        }
    }

    @Test
    void noiseStaysAsItIs() {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        ByteSink sink = new ByteSink(16);
        sink.putBytes(noise, 0, noise.length);

        assertFalse(CompressedBody.compress(sink, 0));
        assertArrayEquals(noise, sink.toByteArray());
    }

    @Test
    void eachTruncationIsRefused() {
        byte[] whole = compressed(TEXT);
        for (int length = 0; length < whole.length; length++) {
            assertEquals(ErrorCode.MALFORMED, refusal(Arrays.copyOf(whole, length)), "" + length);
        }
    }

    @Test
    void whatFollowsTheEndIsRefused() {
        byte[] whole = compressed(TEXT);

        assertEquals(ErrorCode.MALFORMED, refusal(Arrays.copyOf(whole, whole.length + 1)));
    }

    @Test
    void aFlippedBitIsRefusedOrGivesSoManyBytes() {
        byte[] whole = compressed(TEXT);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertEquals(Bytes.getInt(flipped, 1), expand(flipped).length);
            } catch (WireException e) {
                boolean known =
                        e.code() == ErrorCode.MALFORMED || e.code() == ErrorCode.UNKNOWN_MANDATORY;
                assertTrue(known, e.getMessage());
            }
        }
    }

    @Test
    void anotherLengthThanItSaysIsRefused() {
        for (int length : new int[] {0, 1, TEXT.length - 1, TEXT.length + 1, 1 << 16}) {
            byte[] lying = compressed(TEXT);
            Bytes.putInt(lying, 1, length);
            assertEquals(ErrorCode.MALFORMED, refusal(lying), "" + length);
        }
    }

    @Test
    void aLengthThatDeflateCannotReachIsRefusedBeforeRoomIsMade() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30}) {
            byte[] lying = compressed(TEXT);
            Bytes.putInt(lying, 1, length);
            assertEquals(ErrorCode.MALFORMED, refusal(lying), "" + length);
        }
    }

    @Test
    void anotherWayOfCompressionIsNotKnown() {
        byte[] other = compressed(TEXT);
        other[0] = 2;

        assertEquals(ErrorCode.UNKNOWN_MANDATORY, refusal(other));
    }

    @Test
    void moreThanAllowedIsTooLarge() {
        byte[] bomb = compressed(new byte[4 << 20]);
        CompressedBody.checkLength(bomb, 0, bomb.length, 4 << 20);

        WireException refusal =
                assertThrows(
                        WireException.class,
                        () -> CompressedBody.checkLength(bomb, 0, bomb.length, (4 << 20) - 1));

        assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refusal.code());
        assertTrue(refusal.getMessage().contains("4194304 bytes"), refusal.getMessage());
    }
}
