// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.session.Outlet;
import org.taffrail.broker.session.Session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.x500.X500Principal;

/**
 * A client's socket. At its end the way out is shut first, and what still comes in is read and
 * dropped until the client has closed its side or the time is up: a socket that is closed with
 * unread bytes would take back the last thing said.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    /** Most bytes in one buffer: what the allocator pools. */
    private static final int BUFFER_BYTES_MAX = 256 << 10;

    private final TcpConnections connections;
    private final SocketChannel channel;
    private Session session;
    private String peer = "unknown";
    private boolean ending;

    TcpConnection(TcpConnections connections, SocketChannel channel) {
        this.connections = connections;
        this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!connections.admit()) {
            ending = true;
            channel.close();
            return;
        }
        InetSocketAddress address = channel.remoteAddress();
        if (address != null) {
            peer = address.getAddress().getHostAddress() + ':' + address.getPort();
        }
        guarded(() -> session = connections.session(this));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            int length = bytes.readableBytes();
            if (ending || session == null) {
                return;
            }
            if (bytes.hasArray()) {
                received(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), length);
            } else {
                byte[] scratch = connections.scratch(length);
                bytes.readBytes(scratch, 0, length);
                received(scratch, 0, length);
            }
        } finally {
            bytes.release();
        }
    }

    private void received(byte[] array, int at, int length) {
        guarded(() -> session.received(array, at, length, wallMs()));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (session != null && !ending) {
            guarded(() -> session.full(!channel.isWritable()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.left();
        ending = true;
        if (session != null) {
            guarded(() -> session.lost(wallMs()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (isPlain(cause)) {
            // its message shows what came, perhaps a password
            LOG.warn("event=tls_refused peer={} reason=\"it speaks no TLS\"", peer());
        } else if (cause.getCause() instanceof SSLException refused) {
            LOG.warn("event=tls_refused peer={} reason=\"{}\"", peer(), refused.getMessage());
        } else if (cause instanceof IOException) {
            LOG.debug("event=socket_failed peer={} cause=\"{}\"", peer(), cause.getMessage());
        } else {
            LOG.error("event=socket_failed peer={}", peer(), cause);
        }
        channel.close();
    }

    private static boolean isPlain(Throwable cause) {
        return cause instanceof NotSslRecordException
                || cause.getCause() instanceof NotSslRecordException;
    }

    @Override
    public void write(byte[] array, int at, int length) {
        add(array, at, length);
        channel.flush();
    }

    @Override
    public void write(byte[] first, int firstLength, byte[] array, int at, int length) {
        add(first, 0, firstLength);
        add(array, at, length);
        channel.flush();
    }

    private void add(byte[] array, int at, int length) {
        int end = at + length;
        for (int from = at; from < end && !ending; from += BUFFER_BYTES_MAX) {
            int part = Math.min(BUFFER_BYTES_MAX, end - from);
            ByteBuf buffer = channel.alloc().directBuffer(part);
            buffer.writeBytes(array, from, part);
            channel.write(buffer, channel.voidPromise());
        }
    }

    @Override
    public long unsentBytes() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    @Override
    public void end() {
        if (ending) {
            return;
        }
        ending = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(
                        sent -> {
                            if (sent.isSuccess()) {
                                shutOutput();
                            } else {
                                channel.close();
                            }
                        });
        channel.eventLoop()
                .schedule(
                        () -> channel.close(),
                        connections.settings().lingerMs(),
                        TimeUnit.MILLISECONDS);
    }

    /** Says that nothing follows; with TLS by its own words first (RFC 8446 6.1). */
    private void shutOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        }
        channel.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public Authenticator.Caller caller() {
        return new Authenticator.Caller(peer, certificate());
    }

    /** The subject of the certificate that the client has shown, which the handshake has judged. */
    private X500Principal certificate() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        try {
            Principal shown = tls.engine().getSession().getPeerPrincipal();
            return shown instanceof X500Principal subject ? subject : null;
        } catch (SSLPeerUnverifiedException e) {
            return null; // it has shown none
        }
    }

    private void guarded(Runnable task) {
        connections.thread().guarded(task);
        connections.thread().wake();
    }

    private long wallMs() {
        return connections.thread().clock().wallMs();
    }
}
