// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.FrameWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class OutputTest {
    private static final int LARGE = 100_000;
    private static final int FRAME_BYTES_MAX = 1 << 20;

    private final Heard heard = new Heard();
    private final Output output = new Output(heard);
    private final ByteSink expected = new ByteSink(64);
    private final FrameWriter writer = new FrameWriter(expected);
    private final byte[] body = new byte[LARGE];

    /** Notes what is written, and from which arrays. */
    private static final class Heard implements Outlet {
        private final ByteSink bytes = new ByteSink(64);
        private final List<byte[]> arrays = new ArrayList<>();

        @Override
        public void write(byte[] array, int at, int length) {
            bytes.putBytes(array, at, length);
            arrays.add(array);
        }

        @Override
        public long unsentBytes() {
            return 0;
        }

        @Override
        public void end() {
            throw new IllegalStateException("the output ends nothing");
        }

        @Override
        public String peer() {
            return "test";
        }
    }

    OutputTest() {
        new Random(1).nextBytes(body);
    }

    private void say(BrokerFrame frame) {
        writer.write(frame);
        assertEquals(0, output.say(frame, FRAME_BYTES_MAX));
    }

    private BrokerFrame.DeliverPart part(int index, int length) {
        return new BrokerFrame.DeliverPart(1, 2, 3, index, body, 7, length);
    }

    @Test
    void largeBytesGoStraightFromWhereTheyStandAndInTheirOrder() {
        say(new BrokerFrame.Done(1));
        say(part(0, LARGE - 7));
        say(new BrokerFrame.Done(2));
        say(new BrokerFrame.Deliver(1, 2, 3, 1, false, 9, body, 0, LARGE));
        say(new BrokerFrame.Done(3));
        assertTrue(output.isMuch());
        assertTrue(output.pass());

        assertArrayEquals(expected.toByteArray(), heard.bytes.toByteArray());
        assertEquals(2, heard.arrays.stream().filter(array -> array == body).count());
        assertFalse(output.isMuch());
        assertFalse(output.pass());
    }

    @Test
    void whatIsSmallIsGathered() {
        for (int i = 0; i < 5; i++) {
            say(part(i, 1000));
        }
        assertFalse(output.isMuch());
        assertEquals(List.of(), heard.arrays);
        assertTrue(output.pass());

        assertEquals(1, heard.arrays.size());
        assertArrayEquals(expected.toByteArray(), heard.bytes.toByteArray());
    }

    @Test
    void muchThatIsGatheredDoesNotWait() {
        int said = 0;
        while (!output.isMuch()) {
            say(part(said++, 30_000));
        }
        assertEquals(9, said);
    }

    @Test
    void aFrameThatTheClientDoesNotTakeIsNotSaid() {
        ByteSink frame = new ByteSink(64);
        new FrameWriter(frame).write(part(0, LARGE - 7));
        int bytes = frame.length();
        say(new BrokerFrame.Done(1));

        assertEquals(bytes, output.say(part(0, LARGE - 7), bytes - 1));
        assertEquals(0, output.say(part(0, LARGE - 7), bytes));
        output.pass();
        assertEquals(expected.length() + bytes, heard.bytes.length());
    }
}
