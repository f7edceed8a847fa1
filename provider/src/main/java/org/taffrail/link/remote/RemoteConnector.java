// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;

import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Connector;
import org.taffrail.link.LinkChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;

/**
 * Connects to a broker over TCP. The name is looked up on the caller's thread, so that a slow name
 * service holds up nobody else; if it has several addresses they are tried in turn.
 */
public final class RemoteConnector implements Connector {
    private final ConnectionUrl url;

    /**
     * Makes a connector.
     *
     * @param url where the broker is; its kind is {@link ConnectionUrl.Kind#REMOTE}
     */
    public RemoteConnector(ConnectionUrl url) {
        this.url = url;
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
        CompletableFuture<LinkChannel> connected = new CompletableFuture<>();
        tryNext(SharedLoops.acquire(), receiver, addresses, 0, connected);
        return connected;
    }

    private void tryNext(
            EventLoopGroup loops,
            FrameChannel.Receiver receiver,
            InetAddress[] addresses,
            int index,
            CompletableFuture<LinkChannel> connected) {
        RemoteChannel channel = new RemoteChannel(receiver);
        ChannelFuture attempt =
                bootstrap(loops, channel)
                        .connect(new InetSocketAddress(addresses[index], url.port()));
        attempt.addListener(
                done -> {
                    if (done.isSuccess()) {
                        connected.complete(channel);
                        return;
                    }
                    channel.giveUp();
                    if (index + 1 < addresses.length) {
                        tryNext(loops, receiver, addresses, index + 1, connected);
                    } else {
                        SharedLoops.release();
                        connected.completeExceptionally(
                                failed(String.valueOf(done.cause().getMessage()), done.cause()));
                    }
                });
    }

    private Bootstrap bootstrap(EventLoopGroup loops, RemoteChannel channel) {
        ConnectionOptions options = url.options();
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channel(NioSocketChannel.class)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                options.get(ConnectionOptions.CONNECT_TIMEOUT_MS))
                        .option(
                                ChannelOption.TCP_NODELAY,
                                options.get(ConnectionOptions.TCP_NO_DELAY))
                        .option(
                                ChannelOption.SO_KEEPALIVE,
                                options.get(ConnectionOptions.TCP_KEEP_ALIVE))
                        .handler(channel);
        int sendBufferBytes = options.get(ConnectionOptions.SEND_BUFFER_BYTES);
        if (sendBufferBytes > 0) {
            bootstrap.option(ChannelOption.SO_SNDBUF, sendBufferBytes);
        }
        int receiveBufferBytes = options.get(ConnectionOptions.RECEIVE_BUFFER_BYTES);
        if (receiveBufferBytes > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, receiveBufferBytes);
        }
        return bootstrap;
    }

    private WireException failed(String why, Throwable cause) {
        WireException failed =
                new WireException(
                        ErrorCode.CONNECTION_LOST, "can't connect to " + address() + ": " + why);
        failed.initCause(cause);
        return failed;
    }
}
