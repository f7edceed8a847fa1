// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A network between clients and a server on this machine, which fails as it is told: connections
 * end, or are silent, slow or late, in each direction on its own.
 *
 * <p>Thread-safe. One thread does all the work; what a method changes holds when it has returned,
 * for the connections that there are and for those to come.
 */
final class FaultyProxy implements AutoCloseable {
    private static final long CALL_SECONDS = 60;
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final InetSocketAddress server;
    private final ServerSocketChannel door;
    private final Selector selector;
    private final SelectionKey doorKey;
    private final Thread thread;
    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;
    private volatile Throwable defect;

    // the thread's own
    private final List<Passing> passings = new ArrayList<>();
    private final Map<Direction, Flow> flows = new EnumMap<>(Direction.class);
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::dueNs));
    private Passing.Limit limit = Passing.Limit.NONE;
    private Passing last;
    private boolean refusing;
    private long accepted;

    private record Timer(long dueNs, CompletableFuture<Void> over) {}

    /**
     * Starts a proxy on a port that the system picks.
     *
     * @param serverPort where the server is, or will be
     */
    FaultyProxy(int serverPort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = new InetSocketAddress(loopback, serverPort);
        door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(loopback, 0));
        door.configureBlocking(false);
        selector = Selector.open();
        doorKey = door.register(selector, SelectionKey.OP_ACCEPT);
        healNow();
        thread = new Thread(this::run, "proxy-" + port());
        thread.start();
    }

    /** Returns where clients connect to. */
    int port() {
        return door.socket().getLocalPort();
    }

    // ---- faults

    /** From now on bytes go so in one direction. */
    void flow(Direction direction, Flow flow) {
        call(() -> flows.put(direction, flow));
    }

    /** From now on bytes go so in both directions. */
    void flow(Flow flow) {
        call(
                () -> {
                    for (Direction direction : Direction.values()) {
                        flows.put(direction, flow);
                    }
                });
    }

    /**
     * New connections are reset at once, until {@link #heal}. (The port stays taken: who gave it up
     * could find another there.)
     */
    void refuse() {
        call(() -> refusing = true);
    }

    /** Ends all connections. */
    void cut(Ending ending) {
        call(() -> cutNow(ending));
    }

    /** Ends one direction of all connections, after what was sent before has arrived or is lost. */
    void halfClose(Direction direction) {
        call(() -> passings.forEach(passing -> passing.halfClose(direction)));
    }

    /** The next connection, and no other, ends when exactly so many bytes have arrived. */
    void cutNextAfter(Direction direction, long bytes, Ending ending) {
        call(() -> limit = new Passing.Limit(direction, bytes, ending));
    }

    /** From now on nothing fails. What was cut or has lost bytes stays so. */
    void heal() {
        call(this::healNow);
    }

    /**
     * Lets something fail for a while.
     *
     * @return completes when it is over; fails if the proxy is closed before
     */
    CompletableFuture<Void> inflict(Fault fault) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        call(
                () -> {
                    begin(fault);
                    timers.add(new Timer(System.nanoTime() + fault.lastsMs() * NS_PER_MS, over));
                });
        return over;
    }

    private void begin(Fault fault) {
        switch (fault.kind()) {
            case CUT -> cutNow(fault.ending());
            case HALF_CLOSE ->
                    passings.forEach(
                            each -> fault.directions().forEach(way -> each.halfClose(way)));
            case REFUSE -> {
                cutNow(fault.ending());
                refusing = true;
            }
            case FLOW -> fault.directions().forEach(way -> flows.put(way, fault.flow()));
        }
    }

    // ---- what there is

    /** Returns how many connections have a socket that is not closed. */
    int connections() {
        return ask(() -> (int) passings.stream().filter(passing -> !passing.hasEnded()).count());
    }

    /** Tells whether new connections are reset. */
    boolean isRefusing() {
        return ask(() -> refusing);
    }

    /** Returns how many connections were ever taken. */
    long accepted() {
        return ask(() -> accepted);
    }

    /** Returns how many bytes of the youngest connection have arrived. */
    long passed(Direction direction) {
        return ask(() -> last == null ? 0 : last.passed(direction));
    }

    // ---- the thread

    private void call(Runnable change) {
        ask(
                () -> {
                    change.run();
                    return null;
                });
    }

    private <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        calls.add(
                () -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        selector.wakeup();
        if (!thread.isAlive()) {
            throw new IllegalStateException("the proxy is closed", defect);
        }
        return answer.orTimeout(CALL_SECONDS, TimeUnit.SECONDS).join();
    }

    private void run() {
        try (door;
                selector) {
            while (!closing) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            defect = e;
        } finally {
            IllegalStateException closed = new IllegalStateException("the proxy is closed");
            timers.forEach(timer -> timer.over.completeExceptionally(closed));
            cutNow(Ending.RESET);
        }
    }

    private void turn() throws IOException {
        for (Runnable next = calls.poll(); next != null; next = calls.poll()) {
            next.run();
        }
        long nowNs = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().dueNs <= nowNs) {
            healNow();
            timers.remove().over.complete(null);
        }
        long waitNs = timers.isEmpty() ? Pipe.NEVER : timers.peek().dueNs - nowNs;
        for (Passing passing : passings) {
            waitNs = Math.min(waitNs, passing.pump(nowNs));
        }
        passings.removeIf(Passing::hasEnded);
        if (waitNs == Pipe.NEVER) {
            selector.select();
        } else {
            selector.select((waitNs + NS_PER_MS - 1) / NS_PER_MS);
        }
        selector.selectedKeys().clear();
        if (doorKey.isValid()) {
            accept();
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = door.accept(); client != null; client = door.accept()) {
            accepted++;
            if (refusing) {
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
                client.close();
                continue;
            }
            SocketChannel dialling = SocketChannel.open();
            dialling.configureBlocking(false);
            last = new Passing(client, dialling, selector, way -> () -> flows.get(way), limit);
            limit = Passing.Limit.NONE;
            passings.add(last);
            last.dial(server);
        }
    }

    private void healNow() {
        refusing = false;
        for (Direction direction : Direction.values()) {
            flows.put(direction, Flow.FREE);
        }
    }

    private void cutNow(Ending ending) {
        try {
            for (Passing passing : passings) {
                passing.cut(ending);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resets all connections and gives the port up. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CALL_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive() || defect != null) {
            throw new AssertionError("the proxy has not ended well", defect);
        }
    }
}
