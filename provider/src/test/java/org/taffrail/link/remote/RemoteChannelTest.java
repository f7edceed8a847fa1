// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.link.Awaited;
import org.taffrail.wire.frame.FrameChannel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What a channel does over a real socket, whose other end is the test's. */
@Timeout(60)
class RemoteChannelTest {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(50);

    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private final List<Thread> hearers = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> answer = new CompletableFuture<>();
    private RemoteChannel channel;
    private Thread thread;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SocketChannel socket =
                    SocketChannel.open(
                            new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            peer = server.accept();
            peer.setTcpNoDelay(true);
            channel = new RemoteChannel(Pipe.plain(socket), new Hearing());
        }
        thread = new Thread(channel::run, "channel");
        thread.start();
    }

    @AfterEach
    void end() throws Exception {
        channel.abort();
        thread.join();
        peer.close();
    }

    /** Notes what it hears, and takes a full stop for the answer. */
    private final class Hearing implements FrameChannel.Receiver {
        @Override
        public void received(byte[] array, int at, int length) {
            String text = new String(array, at, length, StandardCharsets.UTF_8);
            hearers.add(Thread.currentThread());
            heard.add(text);
            if (text.endsWith(".")) {
                answer.complete(null);
            }
        }

        @Override
        public void closed(Throwable cause) {
            hearers.add(Thread.currentThread());
            heard.add(cause == null ? "closed" : cause);
        }
    }

    private void send(String text) {
        byte[] bytes = ("-" + text).getBytes(StandardCharsets.UTF_8);
        channel.send(bytes, 1, text.length());
        Arrays.fill(bytes, (byte) 0);
    }

    private void collect(String text) {
        channel.collect(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
    }

    private String peerReads(int length) throws IOException {
        return new String(peer.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private void peerSays(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void lend(CompletableFuture<?> until) {
        try {
            channel.lend(Awaited.of(until), LONG_NS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks and lends this thread until the answer is there; the peer answers at once. */
    private void ask() throws IOException {
        answer = new CompletableFuture<>();
        Thread answers =
                new Thread(
                        () -> {
                            try {
                                peerReads(1);
                                peerSays("yes.");
                            } catch (IOException e) {
                                answer.completeExceptionally(e);
                            }
                        });
        answers.start();
        collect("?");
        lend(answer);
        answer.join();
    }

    /** Asks until this thread has read the answer by itself. */
    private void askUntilLent() throws IOException {
        do {
            ask();
        } while (hearers.get(hearers.size() - 1) != Thread.currentThread());
    }

    @Test
    void whatIsSentLeavesInItsOrder() throws IOException {
        for (int i = 0; i < 1000; i++) {
            send("0123456789");
        }

        assertEquals("0123456789".repeat(1000), peerReads(10_000));
    }

    @Test
    void whatIsCollectedLeavesWithWhatIsSent() throws IOException {
        collect("one ");
        collect("two ");
        send("three");

        assertEquals("one two three", peerReads(13));
    }

    @Test
    void whatIsCollectedLeavesByItselfWhereItIsMuch() throws IOException {
        for (int i = 0; i < 7; i++) {
            collect("x".repeat(10_000));
        }

        assertEquals("x".repeat(70_000), peerReads(70_000));
    }

    @Test
    void whatIsCollectedLeavesWithALentThread() throws IOException {
        collect("waits");
        channel.leave();

        assertEquals("waits", peerReads(5));
    }

    @Test
    void aFullSocketBlocksNobodyAndTheRestFollows() throws IOException {
        String much = "0123456789".repeat(100_000);
        for (int i = 0; i < 20; i++) {
            send(much); // 20 MB, which no socket takes at once
        }

        for (int i = 0; i < 20; i++) {
            assertEquals(much, peerReads(much.length()));
        }
    }

    @Test
    void itsOwnThreadReadsWhereNobodyLendsOne() throws IOException {
        peerSays("news");
        Awaitility.await().until(() -> heard.equals(List.of("news")));

        assertSame(thread, hearers.get(0));
    }

    @Test
    void whoAsksAgainAndAgainAloneReadsTheAnswersItself() throws IOException {
        askUntilLent();

        assertSame(Thread.currentThread(), hearers.get(hearers.size() - 1));
    }

    @Test
    void itsOwnThreadReadsAgainWhenNobodyAsksAnyMore() throws IOException {
        askUntilLent();
        peerSays("news");
        Awaitility.await().until(() -> heard.get(heard.size() - 1).equals("news"));

        assertSame(thread, hearers.get(hearers.size() - 1));
    }

    @Test
    void itsOwnThreadReadsAtOnceWhenItIsToldTo() throws IOException {
        askUntilLent();
        hearers.clear();
        channel.attend();
        do {
            ask(); // which this thread would go on to read, were it not for the other's turn
        } while (!hearers.contains(thread));
    }

    @Test
    void aLentThreadComesBackWhenItsTimeIsUp() {
        try {
            channel.lend(Awaited.of(new CompletableFuture<>()), 1_000_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }

        assertEquals(List.of(), heard);
    }

    @Test
    void aLentThreadComesBackWhenItIsInterruptedAndTheConnectionStays() throws IOException {
        askUntilLent();
        Thread.currentThread().interrupt();
        collect("?");
        lend(new CompletableFuture<>());

        assertTrue(Thread.interrupted());
        assertEquals("?", peerReads(1));
        ask();
    }

    @Test
    void theEndFindsAThreadThatIsLent() throws Exception {
        askUntilLent();
        CompletableFuture<Void> unanswered = new CompletableFuture<>();
        Thread caller = new Thread(() -> lend(unanswered));
        caller.start();
        peer.close();
        thread.join();
        unanswered.complete(null); // as a receiver does that was told of the end
        caller.join();

        assertEquals("closed", heard.get(heard.size() - 1));
        assertSame(thread, hearers.get(hearers.size() - 1));
        assertNotSame(caller, thread);
    }

    @Test
    void closesAfterWhatWasSent() throws Exception {
        collect("almost ");
        send("last");
        channel.close();
        channel.close();

        assertEquals("almost last", peerReads(100));
        thread.join();
        assertEquals(List.of("closed"), heard);
        send("too late");
        channel.leave();
    }

    @Test
    void abortEndsItOnce() throws Exception {
        channel.abort();
        channel.abort();
        channel.close();
        thread.join();
        send("too late");

        assertEquals("", peerReads(1));
        assertEquals(List.of("closed"), heard);
    }

    @Test
    void aFailureIsTheCauseOfTheEnd() throws Exception {
        peer.setSoLinger(true, 0);
        peer.close();
        thread.join();

        assertEquals(1, heard.size());
        assertTrue(heard.get(0) instanceof IOException, heard::toString);
    }

    @Test
    void handsOverWhatIsLargerThanItsBuffer() throws IOException {
        peerSays("d".repeat(1_000_000));
        Awaitility.await().until(() -> String.join("", texts()).length() == 1_000_000);
    }

    private List<String> texts() {
        return heard.stream().map(Object::toString).toList();
    }

    @Test
    void whatIsDueHappensInTimeAndNotAfterTheEnd() throws Exception {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> second = new CompletableFuture<>();
        CompletableFuture<Thread> never = new CompletableFuture<>();
        channel.after(20, () -> second.complete(Thread.currentThread()));
        channel.after(5, () -> first.complete(Thread.currentThread()));
        channel.after(10, () -> never.complete(null)).run();

        assertSame(thread, first.get());
        assertSame(thread, second.get());
        assertFalse(never.isDone());
        CompletableFuture<Void> late = new CompletableFuture<>();
        channel.after(50, () -> late.complete(null));
        channel.abort();
        thread.join();
        assertFalse(late.isDone());
    }

    @Test
    void whatIsDueHappensWhileAThreadIsLent() throws Exception {
        askUntilLent();
        CompletableFuture<Void> due = new CompletableFuture<>();
        channel.after(5, () -> due.complete(null));
        CompletableFuture<Void> unanswered = new CompletableFuture<>();
        Thread caller = new Thread(() -> lend(unanswered));
        caller.start();

        due.get();
        channel.abort();
        unanswered.complete(null); // as a receiver does that was told of the end
        caller.join();
    }
}
