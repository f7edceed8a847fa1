// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

import org.taffrail.broker.session.WireClient;
import org.taffrail.wire.frame.FrameChannel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** A plain blocking socket with a thread that reads it. */
public final class SocketChannel implements FrameChannel {
    private final Socket socket;
    private final Gate gate = new Gate();

    private SocketChannel(Socket socket) {
        this.socket = socket;
    }

    /** Connects a client to a port of this machine; the client has said nothing yet. */
    public static WireClient connect(int port) {
        WireClient client = new WireClient();
        SocketChannel channel = open(port);
        Thread reader = new Thread(() -> channel.read(client), "test-client");
        reader.setDaemon(true);
        reader.start();
        return client.on(channel);
    }

    /** Holds back what a client reads while it is shut. */
    public static final class Gate {
        private boolean shut;

        public synchronized void shut() {
            shut = true;
        }

        public synchronized void open() {
            shut = false;
            notifyAll();
        }

        private synchronized void pass() throws IOException {
            while (shut) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    /** Connects a client that reads only while its gate is open, as it is at first. */
    public static Gate gated(int port, WireClient client) {
        SocketChannel channel = open(port);
        Thread reader = new Thread(() -> channel.read(client), "test-client");
        reader.setDaemon(true);
        reader.start();
        client.on(channel);
        return channel.gate;
    }

    /** Connects a client that never reads. */
    public static SocketChannel open(int port) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            return new SocketChannel(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Receiver receiver) {
        byte[] buffer = new byte[8192];
        IOException cause = null;
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                receiver.received(buffer, 0, n);
                gate.pass();
            }
        } catch (IOException e) {
            cause = e;
        }
        close();
        receiver.closed(cause);
    }

    @Override
    public synchronized void send(byte[] array, int at, int length) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(array, at, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
