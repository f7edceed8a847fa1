// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client of a bare path, with a connection on which its thread blocks. */
final class BareClient implements AutoCloseable {
    /** A consumer takes as many messages at once as there are. */
    private static final int RECEIVED_BYTES_MAX = 64 * BareLoad.MESSAGE_BYTES;

    private final SocketChannel channel;
    private final ByteBuffer message = ByteBuffer.allocateDirect(BareLoad.MESSAGE_BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(BareEcho.ANSWER_BYTES);
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVED_BYTES_MAX);

    private BareClient(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @param server the {@link BareEcho}
     * @param role what the client is
     */
    static BareClient connect(SocketAddress server, byte role) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.write(ByteBuffer.wrap(new byte[] {role}));
        return new BareClient(channel);
    }

    /** Sends a message and waits for its answer. */
    void send() throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        answer.clear();
        while (answer.hasRemaining()) {
            read(answer);
        }
    }

    /** How many messages the server had, of all clients, when it answered last. */
    long messages() {
        return answer.getLong(0);
    }

    /** How many forces it had taken by then. */
    long forces() {
        return answer.getLong(Long.BYTES);
    }

    /**
     * Waits until something has come in.
     *
     * @return how many bytes; not always those of whole messages
     */
    int receive() throws IOException {
        return read(received.clear());
    }

    private int read(ByteBuffer into) throws IOException {
        int count = channel.read(into);
        if (count < 0) {
            throw new EOFException("The server of the bare path has ended");
        }
        return count;
    }

    /** Disconnects; a thread that waits here sees that its connection is closed. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
