// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A connection without a network: bytes to the client are handed over on one thread, in pieces of a
 * size that the test chooses, and time passes when the test says so.
 */
final class MemoryWire implements Connector, ScriptedBroker.Wire, AutoCloseable {
    private final ScriptedBroker broker;
    private final int pieceBytes;
    private final ExecutorService linkThread = Executors.newSingleThreadExecutor();
    private final List<Timed> timed = new ArrayList<>();
    private FrameChannel.Receiver receiver;
    private long nowMs = 1;
    private boolean ended;
    private boolean refuses;

    private record Timed(long dueMs, Runnable task) {}

    MemoryWire(ScriptedBroker broker, int pieceBytes) {
        this.broker = broker;
        this.pieceBytes = pieceBytes;
        broker.over(this);
    }

    /** Lets nobody connect. */
    void refuse() {
        refuses = true;
    }

    @Override
    public CompletableFuture<LinkChannel> connect(FrameChannel.Receiver newReceiver) {
        if (refuses) {
            return CompletableFuture.failedFuture(
                    new WireException(ErrorCode.CONNECTION_LOST, "refused by the test"));
        }
        receiver = newReceiver;
        return CompletableFuture.supplyAsync(Channel::new, linkThread);
    }

    @Override
    public String address() {
        return "memory";
    }

    synchronized long nowNs() {
        return TimeUnit.MILLISECONDS.toNanos(nowMs);
    }

    /** Lets time pass, and what is due happen. */
    void advance(long ms) throws Exception {
        long end;
        synchronized (this) {
            end = nowMs + ms;
        }
        while (true) {
            Timed next = takeDue(end);
            if (next == null) {
                return;
            }
            onLinkThread(next.task());
        }
    }

    private synchronized Timed takeDue(long endMs) {
        Timed first = null;
        for (Timed candidate : timed) {
            if (candidate.dueMs() <= endMs
                    && (first == null || candidate.dueMs() < first.dueMs())) {
                first = candidate;
            }
        }
        nowMs = first == null ? endMs : Math.max(nowMs, first.dueMs());
        timed.remove(first);
        return first;
    }

    /** Runs something on the receiver's thread and waits for it. */
    void onLinkThread(Runnable task) throws Exception {
        linkThread.submit(task).get(ScriptedBroker.WAIT_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void send(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            int from = at;
            int length = Math.min(pieceBytes, bytes.length - at);
            linkThread.execute(
                    () -> {
                        // a buffer with something else around it, gone after the call
                        byte[] passing = new byte[length + 6];
                        System.arraycopy(bytes, from, passing, 3, length);
                        if (!isEnded()) {
                            receiver.received(passing, 3, length);
                        }
                        Arrays.fill(passing, (byte) 0x5A);
                    });
        }
    }

    @Override
    public void hangUp() {
        linkThread.execute(() -> end(new IOException("reset by the test")));
    }

    private synchronized void cancel(Timed due) {
        timed.remove(due);
    }

    /** Returns how many tasks wait for their time. */
    synchronized int timedTasks() {
        return timed.size();
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private void end(Throwable cause) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        broker.ended();
        receiver.closed(cause);
    }

    @Override
    public void close() {
        linkThread.shutdown();
    }

    private final class Channel implements LinkChannel {
        @Override
        public void send(byte[] array, int at, int length) {
            synchronized (MemoryWire.this) {
                if (!ended) {
                    broker.received(array, at, length);
                }
            }
        }

        @Override
        public void close() {
            linkThread.execute(() -> end(null));
        }

        @Override
        public void abort() {
            close();
        }

        @Override
        public Runnable after(long delayMs, Runnable task) {
            synchronized (MemoryWire.this) {
                Timed due = new Timed(nowMs + delayMs, task);
                timed.add(due);
                return () -> cancel(due);
            }
        }
    }
}
