// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One side of a connection: a socket that does not block. That it was reset may first be seen in a
 * write; it is told by the next read, as those who wrote to it are not to know but through what
 * comes from there. Belongs to the proxy's thread.
 */
final class Side {
    private final SocketChannel socket;
    private final SelectionKey key;
    private IOException failure;

    Side(SocketChannel socket, Selector selector) throws IOException {
        this.socket = socket;
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = socket.register(selector, 0);
    }

    void interest(int operations) {
        if (key.isValid()) {
            key.interestOps(operations);
        }
    }

    /**
     * Reads what is there.
     *
     * @return how many bytes; -1 at the end
     * @throws IOException if it was reset
     */
    int read(ByteBuffer bytes) throws IOException {
        if (failure != null) {
            throw failure;
        }
        return socket.read(bytes);
    }

    /**
     * Writes what it takes.
     *
     * @return how many bytes; -1 if it was reset
     */
    int write(ByteBuffer bytes) {
        try {
            return failure == null ? socket.write(bytes) : -1;
        } catch (IOException e) {
            failure = e;
            return -1;
        }
    }

    /** Tells who is there that nothing more comes. */
    void shut() {
        try {
            if (!socket.isConnected()) {
                throw new IOException("there is nobody yet to be told");
            }
            socket.shutdownOutput();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    void close() throws IOException {
        socket.close();
    }

    void reset() throws IOException {
        if (socket.isOpen()) {
            try {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // it was reset by the other end: there is nobody to tell
                failure = failure == null ? e : failure;
            }
            socket.close();
        }
    }
}
