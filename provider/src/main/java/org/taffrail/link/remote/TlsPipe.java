// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * TLS (RFC 8446, RFC 5246) on a socket that does not block. What the peer asks for after the
 * handshake, new keys say, is answered by whoever reads.
 */
final class TlsPipe implements Pipe {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final SSLEngine engine;

    /** What came and is not decrypted yet, up to its position; the reader's. */
    private ByteBuffer encryptedIn;

    /** What was decrypted and nobody has read yet, from its position on; the reader's. */
    private ByteBuffer plainIn;

    /** What was encrypted and has not left yet, from its position on; guarded by the engine. */
    private ByteBuffer encryptedOut;

    /**
     * Makes the pipe of a connected socket; {@link #handshake} comes next.
     *
     * @param engine a client's, which has not begun yet
     * @throws IOException if the system refuses
     */
    TlsPipe(SocketChannel socket, SSLEngine engine) throws IOException {
        this.socket = socket;
        this.engine = engine;
        socket.configureBlocking(false);
        int packetBytes = engine.getSession().getPacketBufferSize();
        encryptedIn = ByteBuffer.allocateDirect(packetBytes);
        encryptedOut = ByteBuffer.allocateDirect(packetBytes).limit(0);
        plainIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
    }

    /**
     * Agrees on keys and looks at the broker's certificate. Blocks; before anybody reads or writes.
     *
     * @param timeoutMs how long at most
     * @throws SSLException if the two can't agree, or one does not trust the other
     * @throws IOException if the connection is lost, or the time is up
     */
    void handshake(int timeoutMs) throws IOException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        engine.beginHandshake();
        try (Selector selector = Selector.open()) {
            SelectionKey key = socket.register(selector, 0);
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.NOT_HANDSHAKING) {
                if (status == HandshakeStatus.NEED_TASK) {
                    runTasks();
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    wrap(NOTHING);
                    flushAll(selector, key, endNs);
                } else if (!unwrap()) {
                    await(selector, key, SelectionKey.OP_READ, endNs);
                    if (socket.read(encryptedIn) < 0) {
                        throw new SSLHandshakeException(
                                "the connection was closed during the TLS handshake: perhaps there"
                                        + " is no TLS on this port, or a certificate of the client"
                                        + " was expected");
                    }
                }
                status = engine.getHandshakeStatus();
            }
            flushAll(selector, key, endNs);
        }
    }

    private void flushAll(Selector selector, SelectionKey key, long endNs) throws IOException {
        while (!flush()) {
            await(selector, key, SelectionKey.OP_WRITE, endNs);
        }
    }

    private static void await(Selector selector, SelectionKey key, int operation, long endNs)
            throws IOException {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        key.interestOps(operation);
        if (leftMs <= 0 || selector.select(selected -> {}, leftMs) == 0) {
            throw new SocketTimeoutException("the TLS handshake takes too long");
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    // ---- reading

    @Override
    public int read(ByteBuffer to) throws IOException {
        while (!plainIn.hasRemaining()) {
            if (encryptedIn.position() > 0 && unwrap()) {
                if (engine.isInboundDone()) {
                    return -1;
                }
                answer();
                continue;
            }
            int count = socket.read(encryptedIn);
            if (count <= 0) {
                return count;
            }
        }
        int count = Math.min(plainIn.remaining(), to.remaining());
        to.put(to.position(), plainIn, plainIn.position(), count);
        to.position(to.position() + count);
        plainIn.position(plainIn.position() + count);
        return count;
    }

    /** Decrypts one record; returns false where there is none as a whole. */
    private boolean unwrap() throws IOException {
        encryptedIn.flip();
        plainIn.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(encryptedIn, plainIn);
        } finally {
            encryptedIn.compact();
            plainIn.flip();
        }
        switch (result.getStatus()) {
            case OK, CLOSED:
                return true;
            case BUFFER_UNDERFLOW:
                if (!encryptedIn.hasRemaining()) {
                    encryptedIn = larger(encryptedIn, engine.getSession().getPacketBufferSize());
                }
                return false;
            default:
                int bytes = engine.getSession().getApplicationBufferSize();
                plainIn = ByteBuffer.allocate(Math.max(bytes, 2 * plainIn.capacity())).limit(0);
                return true;
        }
    }

    private static ByteBuffer larger(ByteBuffer full, int bytesLeast) {
        int bytes = Math.max(bytesLeast, 2 * full.capacity());
        return ByteBuffer.allocateDirect(bytes).put(full.flip());
    }

    /** Says what the peer expects after what it has said. */
    private void answer() throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
            status = engine.getHandshakeStatus();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            synchronized (engine) {
                if (flush()) {
                    wrap(NOTHING);
                }
                flush();
            }
        }
    }

    @Override
    public boolean mayHoldMore() {
        return plainIn.hasRemaining() || encryptedIn.position() > 0;
    }

    // ---- writing

    @Override
    public int write(ByteBuffer from) throws IOException {
        synchronized (engine) {
            int before = from.remaining();
            boolean more = flush();
            while (more && from.hasRemaining()) {
                more = wrap(from) && flush();
            }
            return before - from.remaining();
        }
    }

    /** Encrypts one record of it, once nothing is left to leave; tells whether it got on. */
    private boolean wrap(ByteBuffer from) throws IOException {
        encryptedOut.clear();
        SSLEngineResult result;
        try {
            result = engine.wrap(from, encryptedOut);
        } finally {
            encryptedOut.flip();
        }
        switch (result.getStatus()) {
            case OK:
                return result.bytesProduced() > 0;
            case CLOSED:
                if (from != NOTHING) {
                    throw new ClosedChannelException();
                }
                return false;
            default:
                int bytes = engine.getSession().getPacketBufferSize();
                encryptedOut =
                        ByteBuffer.allocateDirect(Math.max(bytes, 2 * encryptedOut.capacity()))
                                .limit(0);
                return true;
        }
    }

    @Override
    public boolean flush() throws IOException {
        synchronized (engine) {
            while (encryptedOut.hasRemaining()) {
                if (socket.write(encryptedOut) == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    // ---- the end

    @Override
    public SocketChannel socket() {
        return socket;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Says that nothing follows, if the socket takes it at once, and closes it. */
    @Override
    public void close() throws IOException {
        try (socket) {
            synchronized (engine) {
                engine.closeOutbound();
                if (socket.isConnected() && flush()) {
                    wrap(NOTHING);
                    flush();
                }
            }
        }
    }
}
