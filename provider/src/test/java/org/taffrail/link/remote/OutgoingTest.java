// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class OutgoingTest {
    private final Outgoing out = new Outgoing();
    private final FakeSocket socket = new FakeSocket();

    /** Takes what the test lets it take, and notes how much each write brought. */
    private static final class FakeSocket implements WritableByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final List<Integer> writes = new ArrayList<>();
        private int room = Integer.MAX_VALUE;
        private Runnable meanwhile = () -> {};
        private IOException failure;

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (failure != null) {
                throw failure;
            }
            int count = Math.min(room, source.remaining());
            byte[] bytes = new byte[count];
            source.get(bytes);
            taken.writeBytes(bytes);
            room -= count;
            if (count > 0) {
                writes.add(count);
            }
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
            return count;
        }

        private String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private int add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return out.add(bytes, 0, bytes.length);
    }

    @Test
    void whatIsCollectedLeavesInOneWrite() throws IOException {
        assertEquals(3, add("one"));
        assertEquals(6, add("two"));
        out.write(socket);

        assertEquals("onetwo", socket.text());
        assertEquals(List.of(6), socket.writes);
        assertTrue(out.isEmpty());
    }

    @Test
    void whoeverWritesTakesAlongWhatIsAddedMeanwhile() throws IOException {
        socket.meanwhile =
                () -> {
                    add("two");
                    assertFalse(out.isEmpty());
                    try {
                        out.write(socket); // somebody is at it
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    assertEquals("one", socket.text());
                };
        add("one");
        out.write(socket);

        assertEquals("onetwo", socket.text());
        assertEquals(List.of(3, 3), socket.writes);
    }

    @Test
    void whatASocketDoesNotTakeLeavesLaterInItsOrder() throws IOException {
        socket.room = 4;
        add("012345");
        out.write(socket);
        assertTrue(out.isStuck());
        assertFalse(out.isEmpty());
        add("6789");
        socket.room = 1;
        out.write(socket);
        assertTrue(out.isStuck());
        socket.room = 100;
        out.write(socket);

        assertEquals("0123456789", socket.text());
        assertFalse(out.isStuck());
        assertTrue(out.isEmpty());
    }

    @Test
    void muchLeavesInWritesOfABoundedSize() throws IOException {
        add("x".repeat(300_000));
        out.write(socket);

        assertEquals(List.of(131_072, 131_072, 37_856), socket.writes);
    }

    @Test
    void aSocketThatHasFailedIsTheEnd() throws IOException {
        socket.failure = new IOException("reset");
        add("one");
        assertThrows(IOException.class, () -> out.write(socket));
        socket.failure = null;

        assertEquals(0, add("two"));
        out.write(socket);
        assertEquals("", socket.text());
    }

    @Test
    void takesNothingAfterTheEnd() throws IOException {
        add("one");
        out.end();

        assertEquals(0, add("two"));
        out.write(socket);
        assertEquals("", socket.text());
        assertFalse(out.isStuck());
    }
}
