// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Each fault does what it says, on plain sockets. */
class FaultyProxyTest {
    private static final int PATIENCE_MS = 30_000;

    /** For how long nothing must come. */
    private static final int SILENCE_MS = 150;

    /** More than all buffers on the way have room for. */
    private static final int MUCH = 24 << 20;

    private ServerSocket listener;
    private FaultyProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void start() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(PATIENCE_MS);
        proxy = new FaultyProxy(listener.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        listener.close();
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void connect() throws IOException {
        client = dial();
        server = listener.accept();
        server.setSoTimeout(PATIENCE_MS);
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private Socket sender(Direction direction) {
        return direction == Direction.TO_SERVER ? client : server;
    }

    private Socket receiver(Direction direction) {
        return direction == Direction.TO_SERVER ? server : client;
    }

    private static Direction back(Direction direction) {
        return direction == Direction.TO_SERVER ? Direction.TO_CLIENT : Direction.TO_SERVER;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static CompletableFuture<Void> send(Socket socket, byte[] bytes) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        socket.getOutputStream().write(bytes);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private void assertPasses(Direction direction) throws IOException {
        byte[] some = bytes(100);
        sender(direction).getOutputStream().write(some);
        assertArrayEquals(some, receiver(direction).getInputStream().readNBytes(some.length));
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MS);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(PATIENCE_MS);
    }

    private static void assertEnded(Socket socket) throws IOException {
        assertEquals(-1, socket.getInputStream().read());
    }

    private static void assertReset(Socket socket) {
        assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }

    private void awaitNoConnection() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> proxy.connections() == 0);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void passesAllBytesInOrder(Direction direction) throws IOException {
        connect();
        byte[] much = bytes(MUCH);
        CompletableFuture<Void> sent = send(sender(direction), much);
        assertArrayEquals(much, receiver(direction).getInputStream().readNBytes(MUCH));
        sent.join();
        assertEquals(MUCH, proxy.passed(direction));
        assertEquals(0, proxy.passed(back(direction)));
        assertPasses(back(direction));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void passesAnEndOnAndTheOtherDirectionGoesOn(Direction direction) throws IOException {
        connect();
        sender(direction).shutdownOutput();
        assertEnded(receiver(direction));
        assertPasses(back(direction));
        receiver(direction).shutdownOutput();
        assertEnded(sender(direction));
        awaitNoConnection();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void passesAResetOn(Direction direction) throws IOException {
        connect();
        assertPasses(direction);
        sender(direction).setSoLinger(true, 0);
        sender(direction).close();
        assertReset(receiver(direction));
        awaitNoConnection();
    }

    @Test
    void resetsBothSides() throws IOException {
        connect();
        proxy.cut(Ending.RESET);
        assertReset(client);
        assertReset(server);
        assertEquals(0, proxy.connections());
    }

    @Test
    void endsBothSides() throws IOException {
        connect();
        client.getOutputStream().write(bytes(5));
        server.getInputStream().readNBytes(5);
        proxy.cut(Ending.FIN);
        client.getOutputStream().write(bytes(5));
        assertEnded(client);
        assertEnded(server);
        client.close();
        server.close();
        awaitNoConnection();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void halfClosesOneDirectionOnly(Direction direction) throws IOException {
        connect();
        assertPasses(direction);
        proxy.halfClose(direction);
        assertEnded(receiver(direction));
        sender(direction).getOutputStream().write(bytes(5));
        assertPasses(back(direction));
        assertEquals(1, proxy.connections());
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void delaysEachByteAndKeepsTheirOrder(Direction direction) throws IOException {
        connect();
        proxy.flow(direction, Flow.delayed(300));
        long beganNs = System.nanoTime();
        byte[] sent = bytes(10);
        for (byte each : sent) {
            sender(direction).getOutputStream().write(each);
        }
        assertArrayEquals(sent, receiver(direction).getInputStream().readNBytes(sent.length));
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        assertTrue(tookMs >= 299, tookMs + " ms");
        assertPasses(back(direction));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void doesNotOvertakeWhatIsLateWhenNothingIsDelayedAnyMore(Direction direction)
            throws IOException {
        connect();
        byte[] sent = bytes(2000);
        for (int at = 0; at < sent.length; at += 100) {
            proxy.flow(direction, Flow.delayed(at % 300));
            sender(direction).getOutputStream().write(sent, at, 100);
        }
        assertArrayEquals(sent, receiver(direction).getInputStream().readNBytes(sent.length));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void throttlesInSmallPieces(Direction direction) throws IOException {
        connect();
        proxy.flow(direction, Flow.throttled(40_000));
        long beganNs = System.nanoTime();
        byte[] sent = bytes(20_000);
        CompletableFuture<Void> sending = send(sender(direction), sent);
        byte[] first = new byte[sent.length];
        int length = receiver(direction).getInputStream().read(first);
        assertTrue(length < 5000, length + " bytes at once");
        byte[] rest = receiver(direction).getInputStream().readNBytes(sent.length - length);
        System.arraycopy(rest, 0, first, length, rest.length);
        assertArrayEquals(sent, first);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        assertTrue(tookMs >= 400, tookMs + " ms");
        sending.join();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void swallowsBytesAndEndsAndKeepsBothSocketsOpen(Direction direction) throws IOException {
        connect();
        assertPasses(direction);
        proxy.flow(direction, Flow.SWALLOWED);
        send(sender(direction), bytes(MUCH)).join();
        assertPasses(back(direction));
        sender(direction).shutdownOutput();
        assertSilent(receiver(direction));
        assertPasses(back(direction));
        assertEquals(1, proxy.connections());
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void swallowsResets(Direction direction) throws IOException {
        connect();
        assertPasses(direction);
        proxy.flow(direction, Flow.SWALLOWED);
        sender(direction).setSoLinger(true, 0);
        sender(direction).close();
        assertSilent(receiver(direction));
        receiver(direction).getOutputStream().write(bytes(5));
        assertSilent(receiver(direction));
        assertEquals(1, proxy.connections());
        receiver(direction).close();
        awaitNoConnection();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void carriesNothingAnyMoreWhereBytesWereLost(Direction direction) throws IOException {
        connect();
        proxy.flow(direction, Flow.SWALLOWED);
        sender(direction).getOutputStream().write(1);
        assertSilent(receiver(direction));
        proxy.heal();
        sender(direction).getOutputStream().write(2);
        assertSilent(receiver(direction));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void goesOnWhereNothingWasLost(Direction direction) throws IOException {
        connect();
        proxy.flow(direction, Flow.SWALLOWED);
        assertSilent(receiver(direction));
        proxy.heal();
        assertPasses(direction);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void stallsSoThatBuffersFillAndGoesOnWithoutLoss(Direction direction) throws Exception {
        connect();
        proxy.flow(direction, Flow.STALLED);
        byte[] much = bytes(MUCH);
        CompletableFuture<Void> sent = send(sender(direction), much);
        assertSilent(receiver(direction));
        assertFalse(sent.isDone(), "somebody has taken the bytes");
        assertPasses(back(direction));
        proxy.heal();
        assertArrayEquals(much, receiver(direction).getInputStream().readNBytes(MUCH));
        sent.join();
    }

    @Test
    void refusesNewConnectionsAndKeepsThoseThereAre() throws IOException {
        connect();
        proxy.refuse();
        try (Socket refused = dial()) {
            assertReset(refused);
        } catch (SocketException e) {
            // the reset was quicker than the client's socket
            assertTrue(proxy.accepted() >= 2, e.toString());
        }
        assertPasses(Direction.TO_SERVER);
        proxy.heal();
        client.close();
        server.close();
        connect();
        assertPasses(Direction.TO_SERVER);
    }

    @Test
    void resetsAClientWhoseServerIsNotThere() throws IOException {
        listener.close();
        try (Socket alone = dial()) {
            assertReset(alone);
        } catch (ConnectException e) {
            assertTrue(proxy.accepted() > 0, e.toString());
        }
        awaitNoConnection();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void cutsTheNextConnectionAfterExactlySoManyBytes(Direction direction) throws IOException {
        for (int length = 0; length < 20; length++) {
            Ending ending = length % 2 == 0 ? Ending.FIN : Ending.RESET;
            proxy.cutNextAfter(direction, length, ending);
            connect();
            List<Integer> received = new ArrayList<>();
            try {
                sender(direction).getOutputStream().write(bytes(20));
            } catch (SocketException e) {
                assertTrue(length == 0 || ending == Ending.RESET, e.toString());
            }
            try {
                for (int b = read(direction); b >= 0; b = read(direction)) {
                    received.add(b);
                }
                assertEquals(Ending.FIN, ending);
            } catch (SocketException e) {
                assertEquals(Ending.RESET, ending);
            }
            assertEquals(length, received.size());
            assertEquals(length, proxy.passed(direction));
            client.close();
            server.close();
            awaitNoConnection();
        }
        connect();
        send(sender(direction), bytes(100)).join();
        receiver(direction).getInputStream().readNBytes(100);
        assertEquals(100, proxy.passed(direction));
    }

    private int read(Direction direction) throws IOException {
        return receiver(direction).getInputStream().read();
    }

    @Test
    void aFaultIsOverWhenItsTimeIsUp() throws IOException {
        connect();
        List<Direction> both = List.of(Direction.values());
        CompletableFuture<Void> over =
                proxy.inflict(
                        new Fault(Fault.Kind.FLOW, both, Flow.STALLED, Ending.RESET, SILENCE_MS));
        long beganNs = System.nanoTime();
        byte[] some = bytes(100);
        client.getOutputStream().write(some);
        assertArrayEquals(some, server.getInputStream().readNBytes(some.length));
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        assertTrue(tookMs > 0, tookMs + " ms");
        over.join();
        assertPasses(Direction.TO_CLIENT);
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException {
        connect();
        proxy.flow(Flow.STALLED);
        CompletableFuture<Void> fault =
                proxy.inflict(
                        new Fault(
                                Fault.Kind.REFUSE,
                                List.of(Direction.values()),
                                Flow.FREE,
                                Ending.RESET,
                                PATIENCE_MS));
        int port = proxy.port();
        proxy.close();
        assertReset(client);
        assertReset(server);
        assertTrue(fault.isCompletedExceptionally());
        assertThrows(ConnectException.class, () -> new Socket(listener.getInetAddress(), port));
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("proxy-" + port)));
        assertThrows(IllegalStateException.class, () -> proxy.heal());
    }
}
