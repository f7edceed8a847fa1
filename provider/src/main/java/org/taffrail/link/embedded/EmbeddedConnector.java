// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.embedded;

import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Connector;
import org.taffrail.link.LinkChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;
import org.taffrail.wire.local.LocalBrokers;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Connects to the broker in this JVM that belongs to the URL's options. Connecting blocks the
 * caller while the broker starts, if it is the first connection; the receiver is called on the
 * broker's loop.
 */
public final class EmbeddedConnector implements Connector {
    private final ConnectionUrl url;

    /**
     * Makes a connector.
     *
     * @param url which broker; its kind is {@link ConnectionUrl.Kind#EMBEDDED}
     */
    public EmbeddedConnector(ConnectionUrl url) {
        this.url = url;
    }

    @Override
    public String address() {
        return url.address();
    }

    /**
     * {@inheritDoc}
     *
     * @throws WireException {@link ErrorCode#NOT_SUPPORTED} if the broker's jar is missing, and
     *     whatever keeps the broker from starting
     */
    @Override
    public CompletableFuture<LinkChannel> connect(FrameChannel.Receiver receiver) {
        Local channel = new Local(receiver);
        channel.channel = brokers().connect(url.brokerOptions(), channel);
        return CompletableFuture.completedFuture(channel);
    }

    /**
     * Looks whether the broker understands the options that a URL has for it. Without a broker that
     * can be used all are: connecting says that it is missing.
     *
     * @param url which broker
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if not
     */
    public static void check(ConnectionUrl url) {
        LocalBrokers brokers;
        try {
            brokers = find();
        } catch (WireException unusable) {
            return;
        }
        if (brokers != null) {
            brokers.check(url.brokerOptions());
        }
    }

    /**
     * Stops the broker of a URL in order, whoever is connected to it. Blocks until it has stopped.
     *
     * @param url which broker
     * @return whether it ran
     * @throws WireException {@link ErrorCode#NOT_SUPPORTED} if the broker's jar is missing
     */
    public static boolean stop(ConnectionUrl url) {
        return brokers().stop(url.brokerOptions());
    }

    private static LocalBrokers brokers() {
        LocalBrokers brokers = find();
        if (brokers == null) {
            throw brokerIsMissing();
        }
        return brokers;
    }

    /**
     * Makes what is thrown where the broker's jar is missing.
     *
     * @return {@link ErrorCode#NOT_SUPPORTED}
     */
    public static WireException brokerIsMissing() {
        return new WireException(
                ErrorCode.NOT_SUPPORTED,
                "taffrail:embedded needs the broker in this JVM: add the jar taffrail-broker,"
                        + " with what it depends on, to the class path");
    }

    private static LocalBrokers find() {
        return find(LocalBrokers.class);
    }

    /**
     * Finds a service, by the thread's class loader or else by the one of this class. What the
     * first finds may be of other copies of the classes, in application servers and OSGi
     * frameworks: then it can't be used, and the second counts.
     *
     * @param <T> the service
     * @param service its interface
     * @return null if there is none
     * @throws WireException {@link ErrorCode#NOT_SUPPORTED} if what is there can't be used
     */
    public static <T> T find(Class<T> service) {
        T found = null;
        WireException unusable = null;
        try {
            found = first(service, Thread.currentThread().getContextClassLoader());
        } catch (WireException e) {
            unusable = e;
        }
        if (found == null) {
            found = first(service, EmbeddedConnector.class.getClassLoader());
        }
        if (found == null && unusable != null) {
            throw unusable;
        }
        return found;
    }

    private static <T> T first(Class<T> service, ClassLoader loader) {
        try {
            Iterator<T> found = ServiceLoader.load(service, loader).iterator();
            return found.hasNext() ? found.next() : null;
        } catch (ServiceConfigurationError e) {
            WireException unusable =
                    new WireException(
                            ErrorCode.NOT_SUPPORTED,
                            "the broker on the class path can't be used: " + e.getMessage());
            unusable.initCause(e);
            throw unusable;
        }
    }

    /**
     * The channel to a broker in this JVM, which has a timer where the socket's loop is missing.
     */
    private static final class Local implements LinkChannel, FrameChannel.Receiver {
        private final FrameChannel.Receiver receiver;
        private volatile FrameChannel channel;
        private volatile boolean ended;

        Local(FrameChannel.Receiver receiver) {
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
            Future<?> due = Timer.THREAD.schedule(untilEnded, delayMs, TimeUnit.MILLISECONDS);
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

    /** The timer of all embedded links: a daemon thread that goes when nothing is to be done. */
    private static final class Timer {
        static final ScheduledThreadPoolExecutor THREAD = make();

        private static ScheduledThreadPoolExecutor make() {
            ScheduledThreadPoolExecutor timer =
                    new ScheduledThreadPoolExecutor(
                            1,
                            task -> {
                                Thread thread = new Thread(task, "taffrail-embedded-timer");
                                thread.setDaemon(true);
                                return thread;
                            });
            timer.setKeepAliveTime(1, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
            timer.setRemoveOnCancelPolicy(true);
            return timer;
        }
    }
}
