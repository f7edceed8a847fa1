// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A scripted broker's real socket, on a port of its own. */
final class TcpWire implements ScriptedBroker.Wire, AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Socket> socket = new CompletableFuture<>();
    private final Thread thread;

    TcpWire(ScriptedBroker broker) throws IOException {
        broker.over(this);
        thread = new Thread(() -> serve(broker), "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "taffrail://127.0.0.1:" + server.getLocalPort();
    }

    private void serve(ScriptedBroker broker) {
        try (Socket accepted = server.accept()) {
            accepted.setTcpNoDelay(true);
            socket.complete(accepted);
            InputStream in = accepted.getInputStream();
            byte[] bytes = new byte[4096];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                broker.received(bytes, 0, n);
            }
        } catch (IOException e) {
            socket.completeExceptionally(e);
        }
        broker.ended();
    }

    @Override
    public void send(byte[] bytes) {
        try {
            socket.get(ScriptedBroker.WAIT_MS, TimeUnit.MILLISECONDS)
                    .getOutputStream()
                    .write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void hangUp() {
        try {
            Socket accepted = socket.get(ScriptedBroker.WAIT_MS, TimeUnit.MILLISECONDS);
            accepted.setSoLinger(true, 0);
            accepted.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (socket.isDone() && !socket.isCompletedExceptionally()) {
            socket.join().close();
        }
    }
}
