// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.visit;

import org.taffrail.broker.server.Broker;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.link.Connector;
import org.taffrail.link.FrameLink;
import org.taffrail.link.Link;
import org.taffrail.link.LinkChannel;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets those into the broker who ask over HTTP: each request is a client of its own for as long as
 * it takes, with a connection inside this JVM, let in by the broker's own door and heard by it as
 * anybody over the network. So users and rights are the same, whoever is removed is out with the
 * next request, and the broker's log names them.
 */
public final class Visits implements AutoCloseable {
    private final Broker broker;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * Makes the way in.
     *
     * @param broker whose
     */
    public Visits(Broker broker) {
        this.broker = broker;
        timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "taffrail-http-timer");
                            thread.setDaemon(true);
                            return thread;
                        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Lets somebody in.
     *
     * @param request what is asked, with the credentials
     * @return to be closed
     * @throws Refusal if the broker does not let it in
     * @throws InterruptedException if the HTTP side ends
     */
    public Visit begin(Request request) throws InterruptedException {
        Inside inside = new Inside(request.peer());
        Link link;
        try {
            link =
                    new FrameLink(
                            inside, Credentials.of(request.authorization()), false, cause -> {});
        } catch (WireException e) {
            throw Refusals.of(e);
        }
        Visit visit = new Visit(link, () -> broker.visitor(inside.channel));
        boolean opened = false;
        try {
            Visit.await(link.open());
            opened = true;
            return visit;
        } finally {
            if (!opened) {
                visit.close();
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Connects to the broker in this JVM. */
    private final class Inside implements Connector {
        private final String peer;
        private volatile FrameChannel channel;

        Inside(String peer) {
            this.peer = peer;
        }

        @Override
        public CompletableFuture<LinkChannel> connect(FrameChannel.Receiver receiver) {
            Channel made = new Channel(receiver);
            channel = broker.connect(made, peer);
            made.channel = channel;
            return CompletableFuture.completedFuture(made);
        }

        @Override
        public String address() {
            return "the broker";
        }
    }

    /** A channel inside the JVM, with a timer. */
    private final class Channel implements LinkChannel, FrameChannel.Receiver {
        private final FrameChannel.Receiver receiver;
        private volatile FrameChannel channel;
        private volatile boolean ended;

        Channel(FrameChannel.Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void send(byte[] array, int at, int length) {
            channel.send(array, at, length);
        }

        @Override
        public void close() {
            channel.close();
        }

        @Override
        public void abort() {
            channel.close();
        }

        @Override
        public Runnable after(long delayMs, Runnable task) {
            Runnable untilEnded =
                    () -> {
                        if (!ended) {
                            task.run();
                        }
                    };
            Future<?> due = timer.schedule(untilEnded, delayMs, TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        }

        @Override
        public void received(byte[] array, int at, int length) {
            receiver.received(array, at, length);
        }

        @Override
        public void closed(Throwable cause) {
            ended = true;
            receiver.closed(cause);
        }
    }
}
