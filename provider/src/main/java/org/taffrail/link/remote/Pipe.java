// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * What goes to a broker and comes from it: a socket, or TLS on one. Never blocks. One thread at a
 * time reads, and one writes, which may be another.
 */
interface Pipe extends ByteChannel {
    /** Returns the socket, to be selected on. */
    SocketChannel socket();

    /**
     * Tries to let leave what was written and has not left yet.
     *
     * @return whether nothing of the kind is left
     * @throws IOException if the socket refuses
     */
    boolean flush() throws IOException;

    /** Tells whether there may be more to read than a selector knows of. */
    boolean mayHoldMore();

    /** Returns a socket as it is. */
    static Pipe plain(SocketChannel socket) {
        return new Plain(socket);
    }

    /** A socket without TLS. */
    record Plain(SocketChannel socket) implements Pipe {
        @Override
        public int read(ByteBuffer to) throws IOException {
            return socket.read(to);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return socket.write(from);
        }

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public boolean mayHoldMore() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
