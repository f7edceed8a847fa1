// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.FrameChannel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a channel does, on a loop that runs when the test says so. */
class RemoteChannelTest {
    private final List<Object> heard = new ArrayList<>();
    private final RemoteChannel channel =
            new RemoteChannel(
                    new FrameChannel.Receiver() {
                        @Override
                        public void received(byte[] array, int at, int length) {
                            heard.add(new String(array, at, length, StandardCharsets.UTF_8));
                        }

                        @Override
                        public void closed(Throwable cause) {
                            heard.add(cause == null ? "closed" : cause);
                        }
                    });
    private EmbeddedChannel loop;

    @BeforeEach
    void connect() {
        SharedLoops.acquire();
        loop = new EmbeddedChannel(channel);
    }

    @AfterEach
    void end() {
        loop.close();
        loop.runPendingTasks();
        assertEquals(0, SharedLoops.users());
    }

    private void send(String text) {
        byte[] bytes = ("-" + text).getBytes(StandardCharsets.UTF_8);
        channel.send(bytes, 1, text.length());
        Arrays.fill(bytes, (byte) 0);
    }

    private String written() {
        ByteBuf out = loop.readOutbound();
        while (out != null) {
            String text = out.toString(StandardCharsets.UTF_8);
            out.release();
            if (!text.isEmpty()) {
                return text;
            }
            out = loop.readOutbound();
        }
        return null;
    }

    @Test
    void whatComesWhileTheLoopIsBusySharesAWrite() {
        for (int i = 0; i < 1000; i++) {
            send("0123456789");
        }
        loop.runPendingTasks();

        assertEquals("0123456789".repeat(1000), written());
        assertNull(written());
    }

    @Test
    void aLoneFrameLeavesAsSoonAsTheLoopRuns() {
        send("one");
        loop.runPendingTasks();
        assertEquals("one", written());
        send("two");
        loop.runPendingTasks();

        assertEquals("two", written());
    }

    @Test
    void closesAfterWhatWasSent() {
        send("last");
        channel.close();
        channel.close();
        loop.runPendingTasks();

        assertEquals("last", written());
        assertFalse(loop.isActive());
        assertEquals(List.of("closed"), heard);
        send("too late");
        loop.runPendingTasks();
        assertNull(written());
    }

    @Test
    void abortEndsItOnce() {
        channel.abort();
        channel.abort();
        channel.close();
        loop.runPendingTasks();
        send("too late");
        loop.runPendingTasks();

        assertNull(written());
        assertEquals(List.of("closed"), heard);
    }

    @Test
    void aFailureIsTheCauseOfTheEnd() {
        IOException failure = new IOException("reset");
        loop.pipeline().fireExceptionCaught(failure);
        loop.runPendingTasks();

        assertEquals(List.of(failure), heard);
    }

    @Test
    void handsOverArraysOfBothKindsOfBuffer() {
        loop.writeInbound(Unpooled.wrappedBuffer("heap".getBytes(StandardCharsets.UTF_8)));
        ByteBuf direct = Unpooled.directBuffer(40_000);
        direct.writeBytes("d".repeat(40_000).getBytes(StandardCharsets.UTF_8));
        loop.writeInbound(direct);

        assertEquals(List.of("heap", "d".repeat(40_000)), heard);
        assertEquals(0, direct.refCnt());
    }

    @Test
    void aConnectionThatComesAboutAfterItWasGivenUpIsNobodys() {
        channel.giveUp();
        loop.close();
        loop.runPendingTasks();

        assertEquals(List.of(), heard);
        assertEquals(1, SharedLoops.users());
        SharedLoops.release();
    }

    @Test
    void whatIsDueAfterTheEndDoesNotHappen() {
        List<String> done = new ArrayList<>();
        channel.after(10, () -> done.add("first"));
        channel.after(20, () -> done.add("second"));
        loop.advanceTimeBy(15, TimeUnit.MILLISECONDS);
        loop.runScheduledPendingTasks();
        channel.abort();
        loop.advanceTimeBy(15, TimeUnit.MILLISECONDS);
        loop.runScheduledPendingTasks();

        assertEquals(List.of("first"), done);
    }
}
