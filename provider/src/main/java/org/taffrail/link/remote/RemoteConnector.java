// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Connector;
import org.taffrail.link.LinkChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Connects to a broker over TCP: to the first of the host's addresses that answers. Looking up the
 * host's name blocks the caller; all else is done on the connection's own thread.
 */
public final class RemoteConnector implements Connector {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ConnectionUrl url;
    private final SSLContext tls;

    /**
     * Makes a connector.
     *
     * @param url where to; its kind is {@link ConnectionUrl.Kind#REMOTE}
     * @param tls what TLS is made with where the URL asks for it; null: as its options say
     */
    public RemoteConnector(ConnectionUrl url, SSLContext tls) {
        this.url = url;
        this.tls = tls;
    }

    @Override
    public String address() {
        return url.address();
    }

    @Override
    public CompletableFuture<LinkChannel> connect(FrameChannel.Receiver receiver) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(url.host());
        } catch (UnknownHostException e) {
            throw failed("the host is not known", e);
        }
        SSLContext context = TlsClient.context(url, tls);
        CompletableFuture<LinkChannel> connected = new CompletableFuture<>();
        // an application that forgets to close its connections must still come to its end
        Thread thread =
                new Thread(
                        () -> serve(addresses, context, receiver, connected),
                        "taffrail-link-" + NUMBERS.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return connected;
    }

    private void serve(
            InetAddress[] addresses,
            SSLContext context,
            FrameChannel.Receiver receiver,
            CompletableFuture<LinkChannel> connected) {
        RemoteChannel channel;
        try {
            channel = connect(addresses, context, receiver);
        } catch (IOException | RuntimeException e) {
            connected.completeExceptionally(failed(String.valueOf(e.getMessage()), e));
            return;
        }
        connected.complete(channel);
        channel.run();
    }

    private RemoteChannel connect(
            InetAddress[] addresses, SSLContext context, FrameChannel.Receiver receiver)
            throws IOException {
        IOException refused = null;
        for (InetAddress address : addresses) {
            SocketChannel socket = SocketChannel.open();
            try {
                configure(socket);
                socket.socket()
                        .connect(
                                new InetSocketAddress(address, url.port()),
                                url.options().get(ConnectionOptions.CONNECT_TIMEOUT_MS));
                return new RemoteChannel(pipe(socket, context), receiver);
            } catch (IOException e) {
                refused = e;
                socket.close();
            } catch (RuntimeException e) {
                socket.close();
                throw e;
            }
        }
        throw refused;
    }

    private Pipe pipe(SocketChannel socket, SSLContext context) throws IOException {
        if (context == null) {
            return Pipe.plain(socket);
        }
        TlsPipe pipe = new TlsPipe(socket, TlsClient.engine(context, url));
        try {
            pipe.handshake(url.options().get(ConnectionOptions.CONNECT_TIMEOUT_MS));
        } catch (SSLException e) {
            boolean untrusted = e.getMessage() != null && e.getMessage().contains("PKIX");
            throw new SSLException(
                    "TLS: "
                            + (untrusted
                                    ? "the broker's certificate is not trusted; see"
                                            + " transport.trustStore: "
                                    : "")
                            + e.getMessage(),
                    e);
        }
        return pipe;
    }

    private void configure(SocketChannel socket) throws IOException {
        ConnectionOptions options = url.options();
        socket.setOption(
                StandardSocketOptions.TCP_NODELAY, options.get(ConnectionOptions.TCP_NO_DELAY));
        socket.setOption(
                StandardSocketOptions.SO_KEEPALIVE, options.get(ConnectionOptions.TCP_KEEP_ALIVE));
        int sendBufferBytes = options.get(ConnectionOptions.SEND_BUFFER_BYTES);
        if (sendBufferBytes > 0) {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
        int receiveBufferBytes = options.get(ConnectionOptions.RECEIVE_BUFFER_BYTES);
        if (receiveBufferBytes > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
    }

    private WireException failed(String why, Throwable cause) {
        WireException failed =
                new WireException(
                        ErrorCode.CONNECTION_LOST, "can't connect to " + address() + ": " + why);
        failed.initCause(cause);
        return failed;
    }
}
