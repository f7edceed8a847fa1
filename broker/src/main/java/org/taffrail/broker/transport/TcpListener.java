// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

/** A port that clients connect to. All its sockets are read and written by the broker's thread. */
public final class TcpListener {
    private static final int READ_BYTES_LEAST = 512;
    private static final int READ_BYTES_FIRST = 16 << 10;
    private static final int READ_BYTES_MOST = 256 << 10;

    /** A connection for which this much waits is delivered nothing more. */
    private static final int FULL_BYTES = 4 << 20;

    /** A connection for which less than this waits is delivered to again. */
    private static final int ROOM_BYTES = 1 << 20;

    private final Channel channel;
    private final TcpConnections connections;

    private TcpListener(Channel channel, TcpConnections connections) {
        this.channel = channel;
        this.connections = connections;
    }

    /**
     * Opens a port. Blocks; not on the broker's thread.
     *
     * @param thread the broker's thread, which serves by now
     * @param address host and port; port 0 for any free one
     * @param settings how sockets are treated
     * @param tls makes each connection's end of TLS, without blocking; null: nothing is encrypted
     * @return the listener
     * @throws IOException if the port can't be had
     * @throws InterruptedException if the caller is interrupted
     */
    public static TcpListener open(
            BrokerThread thread,
            InetSocketAddress address,
            TcpSettings settings,
            Supplier<SSLEngine> tls)
            throws IOException, InterruptedException {
        TcpConnections connections = new TcpConnections(thread, settings);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(thread.group())
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, settings.backlog())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(ROOM_BYTES, FULL_BYTES))
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(
                                        READ_BYTES_LEAST, READ_BYTES_FIRST, READ_BYTES_MOST))
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel child) {
                                        if (tls != null) {
                                            child.pipeline().addLast(new SslHandler(tls.get()));
                                        }
                                        child.pipeline()
                                                .addLast(new TcpConnection(connections, child));
                                    }
                                });
        ChannelFuture bound = bootstrap.bind(address).await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "can't listen on "
                            + address.getHostString()
                            + ':'
                            + address.getPort()
                            + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new TcpListener(bound.channel(), connections);
    }

    /**
     * Returns where it listens.
     *
     * @return host and port as bound
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /**
     * Gives the port back; connections that were accepted stay. Closing twice is nothing. Does not
     * block.
     */
    public void close() {
        channel.close().addListener(closed -> connections.close());
    }

    /**
     * Waits after {@link #close} until all connections have come to their end.
     *
     * @param timeoutMs how long at most
     * @return false where some are left
     * @throws InterruptedException if the caller is interrupted
     */
    public boolean awaitDrained(long timeoutMs) throws InterruptedException {
        try {
            connections.drained().get(timeoutMs, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
