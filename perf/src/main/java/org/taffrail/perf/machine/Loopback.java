// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A TCP connection over loopback with a thread at the other end that sends back what it gets; both
 * threads block.
 */
final class Loopback implements AutoCloseable {
    private static final int WARM_UP_TRIPS = 2_000;
    private static final int TRIPS = 5_000;

    private final SocketChannel near;
    private final ByteBuffer bytes;

    private Loopback(SocketChannel near, int bytesMax) {
        this.near = near;
        this.bytes = ByteBuffer.allocateDirect(bytesMax);
    }

    static Loopback open(int bytesMax) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel near = SocketChannel.open(server.getLocalAddress());
            near.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SocketChannel far = server.accept();
            far.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread echo = new Thread(() -> echo(far, bytesMax), "perf-echo");
            echo.setDaemon(true);
            echo.start();
            return new Loopback(near, bytesMax);
        }
    }

    private static void echo(SocketChannel far, int bytesMax) {
        ByteBuffer received = ByteBuffer.allocateDirect(bytesMax);
        try (far) {
            while (far.read(received.clear()) >= 0) {
                writeFully(far, received.flip());
            }
        } catch (ClosedChannelException e) {
            return; // measured
        } catch (IOException e) {
            return; // the near end sees the end of its connection, and fails there
        }
    }

    private static void writeFully(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The median time of a round trip with so many bytes, in microseconds. */
    double medianUs(int count) throws IOException {
        for (int i = 0; i < WARM_UP_TRIPS; i++) {
            roundTrip(count);
        }
        long[] timesNs = new long[TRIPS];
        for (int i = 0; i < TRIPS; i++) {
            long startNs = System.nanoTime();
            roundTrip(count);
            timesNs[i] = System.nanoTime() - startNs;
        }
        return ForceTime.medianUs(timesNs);
    }

    private void roundTrip(int count) throws IOException {
        writeFully(near, bytes.clear().limit(count));
        bytes.clear().limit(count);
        while (bytes.hasRemaining()) {
            if (near.read(bytes) < 0) {
                throw new EOFException("The echo has ended");
            }
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
    }
}
