// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** One connection through the proxy: two sockets and two pipes. Belongs to the proxy's thread. */
final class Passing {
    /**
     * Where a connection ends by itself.
     *
     * @param direction whose bytes count
     * @param bytes how many pass before
     * @param ending how both sides hear of it
     */
    record Limit(Direction direction, long bytes, Ending ending) {
        /** None. */
        static final Limit NONE = new Limit(Direction.TO_SERVER, Long.MAX_VALUE, Ending.RESET);

        private long of(Direction wanted) {
            return wanted == direction ? bytes : Long.MAX_VALUE;
        }
    }

    private final SocketChannel dialling;
    private final Side client;
    private final Side server;
    private final Limit limit;
    private final Map<Direction, Pipe> pipes = new EnumMap<>(Direction.class);
    private boolean connected;
    private boolean ended;

    /**
     * Makes a connection that will pass bytes as soon as the server's side is there.
     *
     * @param dialling the server's side, not connected yet
     */
    Passing(
            SocketChannel accepted,
            SocketChannel dialling,
            Selector selector,
            Function<Direction, Supplier<Flow>> flows,
            Limit limit)
            throws IOException {
        this.dialling = dialling;
        this.limit = limit;
        client = new Side(accepted, selector);
        server = new Side(dialling, selector);
        Direction up = Direction.TO_SERVER;
        Direction down = Direction.TO_CLIENT;
        pipes.put(up, new Pipe(client, server, flows.apply(up), limit.of(up)));
        pipes.put(down, new Pipe(server, client, flows.apply(down), limit.of(down)));
    }

    /** Begins to connect to the server. */
    void dial(InetSocketAddress address) throws IOException {
        try {
            connected = dialling.connect(address);
        } catch (IOException e) {
            cut(Ending.RESET);
        }
    }

    /**
     * Does what can be done at once, and says which readiness of its sockets it waits for.
     *
     * @return in how many ns to call again, also if no socket has become ready
     */
    long pump(long nowNs) throws IOException {
        if (ended) {
            return Pipe.NEVER;
        }
        long waitNs = Pipe.NEVER;
        try {
            if (!connected) {
                connected = dialling.finishConnect();
            }
            if (connected) {
                for (Pipe pipe : pipes.values()) {
                    waitNs = Math.min(waitNs, pump(pipe, nowNs));
                }
            }
        } catch (IOException e) {
            cut(Ending.RESET);
        }
        if (pipes.values().stream().allMatch(Pipe::isDone)) {
            end();
        }
        if (!ended) {
            showInterest();
        }
        return waitNs;
    }

    private long pump(Pipe pipe, long nowNs) throws IOException {
        if (ended) {
            return Pipe.NEVER;
        }
        long waitNs = pipe.pump(nowNs);
        if (pipe.isUsedUp()) {
            cut(limit.ending);
        }
        return waitNs;
    }

    private void showInterest() {
        if (!connected) {
            server.interest(SelectionKey.OP_CONNECT);
            return;
        }
        client.interest(interest(Direction.TO_SERVER, Direction.TO_CLIENT));
        server.interest(interest(Direction.TO_CLIENT, Direction.TO_SERVER));
    }

    private int interest(Direction from, Direction to) {
        return (pipes.get(from).wantsBytes() ? SelectionKey.OP_READ : 0)
                | (pipes.get(to).isBlocked() ? SelectionKey.OP_WRITE : 0);
    }

    /** Ends it for both sides; what is held is gone. */
    void cut(Ending ending) throws IOException {
        if (!ended && ending == Ending.FIN) {
            pipes.values().forEach(Pipe::halfClose);
        } else if (!ended) {
            ended = true;
            client.reset();
            server.reset();
        }
    }

    /** Ends one direction: its receiver hears that nothing more comes. */
    void halfClose(Direction direction) {
        if (!ended) {
            pipes.get(direction).halfClose();
        }
    }

    private void end() throws IOException {
        ended = true;
        client.close();
        server.close();
    }

    /** Tells whether both sockets are closed. */
    boolean hasEnded() {
        return ended;
    }

    /** Returns how many bytes have arrived. */
    long passed(Direction direction) {
        return pipes.get(direction).passed();
    }
}
