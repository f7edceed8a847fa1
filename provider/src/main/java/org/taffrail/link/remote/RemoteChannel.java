// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.taffrail.link.LinkChannel;
import org.taffrail.wire.frame.FrameChannel;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection. What is sent is collected in a buffer; the first to put something into an
 * empty one wakes the event loop, which takes the whole buffer and writes it at once. So a lone
 * frame leaves as soon as the loop can run, and what comes while the loop is busy shares a write.
 *
 * <p>How much can collect is bounded by the windows and credits above, not here.
 */
final class RemoteChannel extends ChannelInboundHandlerAdapter implements LinkChannel {
    private static final int OUT_BYTES = 4096;
    private static final int IN_BYTES = 16 * 1024;

    /** How long a close waits for the peer to take what was sent, ms. */
    private static final int CLOSE_TIMEOUT_MS = 5000;

    private final FrameChannel.Receiver receiver;
    private final Object lock = new Object();
    private volatile Channel channel;

    // guarded by the lock
    private ByteBuf collected;
    private boolean ended;

    // the event loop's own
    private byte[] in = new byte[IN_BYTES];
    private Throwable failure;
    private boolean givenUp;
    private volatile boolean endedHere;

    RemoteChannel(FrameChannel.Receiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Takes note that connecting has failed, on the event loop: a connection that comes about at
     * that very moment is nobody's, and uses none of the shared loops.
     */
    void giveUp() {
        givenUp = true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void send(byte[] array, int at, int length) {
        boolean first;
        synchronized (lock) {
            if (ended) {
                return;
            }
            first = collected == null;
            if (first) {
                collected = channel.alloc().buffer(Math.max(OUT_BYTES, length));
            }
            collected.writeBytes(array, at, length);
        }
        if (first) {
            onLoop(this::flush);
        }
    }

    private void flush() {
        ByteBuf out;
        synchronized (lock) {
            out = collected;
            collected = null;
        }
        if (out != null) {
            channel.writeAndFlush(out, channel.voidPromise());
        }
    }

    @Override
    public void close() {
        endedHere = true;
        onLoop(
                () -> {
                    flush();
                    ChannelFuture sent = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
                    sent.addListener(ChannelFutureListener.CLOSE);
                    after(CLOSE_TIMEOUT_MS, this::abort);
                });
    }

    @Override
    public void abort() {
        endedHere = true;
        channel.close();
    }

    @Override
    public Runnable after(long delayMs, Runnable task) {
        Runnable whileActive =
                () -> {
                    if (channel.isActive()) {
                        task.run();
                    }
                };
        try {
            Future<?> due =
                    channel.eventLoop().schedule(whileActive, delayMs, TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException e) {
            // the loops stop only after the end of the last connection: this one has ended
            return () -> {};
        }
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // as in after: what was to be sent has nowhere to go
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            int length = bytes.readableBytes();
            if (bytes.hasArray()) {
                receiver.received(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), length);
                return;
            }
            if (length > in.length) {
                in = new byte[Integer.highestOneBit(length - 1) << 1];
            }
            bytes.readBytes(in, 0, length);
            receiver.received(in, 0, length);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        synchronized (lock) {
            ended = true;
            if (collected != null) {
                collected.release();
                collected = null;
            }
        }
        if (givenUp) {
            return;
        }
        try {
            receiver.closed(endedHere ? null : failure);
        } finally {
            SharedLoops.release();
        }
    }
}
