// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.loop.Recorder;
import org.taffrail.broker.security.Audit;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.BrokerThread;
import org.taffrail.broker.transport.Clock;
import org.taffrail.broker.transport.LocalChannel;
import org.taffrail.broker.transport.TcpListener;
import org.taffrail.broker.transport.TcpSettings;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A broker: a store, the loop and its thread, and the ways in. Started once and stopped once, see
 * {@link Stage}; from any thread but its own.
 */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static final int TICK_MS_MAX = 1000;
    private static final int TICK_MS_LEAST = 5;

    /** How many sockets may wait for their end, beside those of clients. */
    private static final int SOCKETS_BESIDE = 1000;

    private static final int SEND_AWAY_TIMEOUT_MS = 10_000;
    private static final int STOP_TIMEOUT_MS = 60_000;

    private final BrokerConfig config;
    private final boolean listens;
    private final LifeCycle lifeCycle = new LifeCycle();
    private final BrokerThread thread;
    private final Service service;
    private TcpListener listener;
    private TlsDoor tls;
    private InetSocketAddress address;
    private volatile Throwable failure;
    private final Audit audit;
    private volatile ConfigWatch watch;

    /**
     * Makes a broker.
     *
     * @param config what it is like
     * @param stores opens its store
     * @param listens whether clients connect over the network
     * @throws org.taffrail.wire.WireException {@link org.taffrail.wire.ErrorCode#INVALID_OPTION} if
     *     two values of the configuration don't fit each other
     */
    public Broker(BrokerConfig config, StoreFactory stores, boolean listens) {
        this(config, stores, listens, Delays.USUAL, new Audit(), Recorder.NONE);
    }

    /**
     * Makes a broker that listens, and has something beside it.
     *
     * @param config what it is like
     * @param stores opens its store
     * @param extension hears how long things take, on the broker's thread; null for nobody
     * @throws org.taffrail.wire.WireException {@link org.taffrail.wire.ErrorCode#INVALID_OPTION} if
     *     two values of the configuration don't fit each other
     */
    public Broker(BrokerConfig config, StoreFactory stores, BrokerExtension extension) {
        this(
                config,
                stores,
                true,
                Delays.USUAL,
                new Audit(),
                extension == null ? Recorder.NONE : extension.recorder());
    }

    Broker(BrokerConfig config, StoreFactory stores, boolean listens, Delays delays) {
        this(config, stores, listens, delays, new Audit(), Recorder.NONE);
    }

    Broker(BrokerConfig config, StoreFactory stores, boolean listens, Delays delays, Audit audit) {
        this(config, stores, listens, delays, audit, Recorder.NONE);
    }

    private Broker(
            BrokerConfig config,
            StoreFactory stores,
            boolean listens,
            Delays delays,
            Audit audit,
            Recorder recorder) {
        this.config = config.conclude();
        this.listens = listens;
        this.audit = audit;
        thread =
                new BrokerThread(
                        "taffrail-broker-" + NUMBERS.incrementAndGet(), Clock.system(), tickMs());
        thread.recordTo(recorder);
        service = new Service(config, stores, thread, delays, audit, recorder, this::givenUp);
    }

    /**
     * Returns what the broker calls itself.
     *
     * @return name and version, for people
     */
    public static String product() {
        String version = Broker.class.getPackage().getImplementationVersion();
        return "Taffrail broker " + (version == null ? "(unpackaged)" : version);
    }

    private int tickMs() {
        long shortest = config.get(BrokerKeys.HANDSHAKE_MS);
        if (config.get(BrokerKeys.HEARTBEAT_MS) > 0) {
            shortest = Math.min(shortest, config.get(BrokerKeys.HEARTBEAT_MS));
        }
        return (int) Math.max(TICK_MS_LEAST, Math.min(TICK_MS_MAX, shortest / 4));
    }

    /**
     * Returns the stage that the broker is in.
     *
     * @return never null
     */
    public Stage stage() {
        return lifeCycle.stage();
    }

    /**
     * Returns what the broker is like.
     *
     * @return as given
     */
    public BrokerConfig config() {
        return config;
    }

    /**
     * Starts: claims and recovers the store, then opens the port. Blocks until clients are served.
     *
     * @throws StoreException if the store can't be claimed or recovered
     * @throws IOException if the port can't be had
     * @throws org.taffrail.wire.WireException {@link org.taffrail.wire.ErrorCode#INVALID_OPTION} if
     *     the users file can't be used, or the port would be opened to a network with a risk that
     *     was not accepted by name
     * @throws IllegalStateException if it was started before
     */
    public void start() throws StoreException, IOException {
        lifeCycle.move(Stage.STARTING);
        boolean started = false;
        try {
            if (listens) {
                NetworkDoor.requireSafe(config, BrokerKeys.HOST, wanted());
            }
            service.readUsers();
            onThread(
                    () -> {
                        service.open();
                        return null;
                    });
            if (listens) {
                listen();
            }
            started = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the broker started");
        } finally {
            if (started) {
                lifeCycle.move(Stage.RUNNING);
            } else {
                release();
                lifeCycle.move(Stage.FAILED);
            }
        }
        String folder = config.get(BrokerKeys.DATA);
        LOG.info(
                "event=broker_started address={} data={} durability={}",
                listens ? address() : "embedded",
                folder == null ? "memory" : folder,
                folder == null ? "none" : config.get(BrokerKeys.DURABILITY));
        endIfGivenUp(); // for it may have happened before it could be acted upon
    }

    /**
     * Follows a file: when it has changed, what it says of the keys that are {@link
     * org.taffrail.broker.config.ConfigKey#isLive} counts; of others the log says that they need a
     * start. The file is looked at every ten seconds until the broker stops.
     *
     * @param file the file
     * @param source reads it, with all that counts beside it; a {@link
     *     org.taffrail.wire.WireException} says why it can't
     */
    public void follow(Path file, Supplier<BrokerConfig> source) {
        if (watch != null) {
            watch.close();
        }
        watch = new ConfigWatch(file, source, config, service::follow, audit);
        if (stage() != Stage.RUNNING) {
            watch.close();
        }
    }

    /** Looks at once whether the file that is followed has changed. */
    void look() {
        watch.look();
    }

    private InetSocketAddress wanted() {
        return new InetSocketAddress(config.get(BrokerKeys.HOST), config.number(BrokerKeys.PORT));
    }

    private void listen() throws IOException, InterruptedException {
        tls = TlsDoor.open(config);
        listener =
                TcpListener.open(
                        thread,
                        wanted(),
                        new TcpSettings(
                                config.number(BrokerKeys.BACKLOG),
                                config.number(BrokerKeys.CONNECTIONS_MAX) + SOCKETS_BESIDE,
                                config.number(BrokerKeys.LINGER_MS),
                                config.number(BrokerKeys.HEARTBEAT_MS)),
                        tls == null ? null : tls.engines());
        address = listener.address();
        List<String> risks = NetworkDoor.risks(config, address);
        if (!risks.isEmpty()) {
            LOG.warn("event=open_to_network address={} risks={}", address(), risks);
        }
    }

    /**
     * Returns where clients connect.
     *
     * @return such as {@code taffrail://127.0.0.1:61700}; null for a broker without a port
     */
    public String address() {
        if (address == null) {
            return null;
        }
        String host = address.getAddress().getHostAddress();
        return (tls == null ? "taffrail://" : "taffrails://")
                + (host.contains(":") ? '[' + host + ']' : host)
                + ':'
                + address.getPort();
    }

    /**
     * Returns the port that clients connect to.
     *
     * @return the port as bound; 0 for a broker without one
     */
    public int port() {
        return address == null ? 0 : address.getPort();
    }

    /**
     * Connects a client of this JVM.
     *
     * @param receiver hears what the broker says, on the broker's thread
     * @return the way to the broker
     * @throws org.taffrail.wire.WireException {@link org.taffrail.wire.ErrorCode#STOPPING}
     */
    public FrameChannel connect(FrameChannel.Receiver receiver) {
        return connect(receiver, "embedded");
    }

    /**
     * Connects a client of this JVM that acts for somebody else.
     *
     * @param receiver hears what the broker says, on the broker's thread
     * @param peer names whom it acts for, for the log
     * @return the way to the broker
     * @throws org.taffrail.wire.WireException {@link org.taffrail.wire.ErrorCode#STOPPING}
     */
    public FrameChannel connect(FrameChannel.Receiver receiver, String peer) {
        return LocalChannel.connect(thread, receiver, peer);
    }

    /**
     * Returns who was let in on a connection of this JVM.
     *
     * @param channel what {@link #connect} has returned
     * @return fails with a {@link org.taffrail.wire.WireException}: {@link
     *     org.taffrail.wire.ErrorCode#STOPPING} where the broker does not serve now, {@link
     *     org.taffrail.wire.ErrorCode#CONNECTION_LOST} where nobody is let in there
     */
    public CompletableFuture<Visitor> visitor(FrameChannel channel) {
        return ask(view -> service.visitor(channel));
    }

    /**
     * Asks the broker as it is now. The question runs on the broker's thread, between two turns: it
     * must be short, and changes nothing.
     *
     * @param question reads what it wants to know
     * @param <T> what that is
     * @return the answer; fails with what the question throws, or with a {@link
     *     org.taffrail.wire.WireException} ({@link org.taffrail.wire.ErrorCode#STOPPING}) where the
     *     broker does not serve now
     */
    public <T> CompletableFuture<T> ask(Function<BrokerView, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean asked =
                thread.execute(
                        () -> {
                            try {
                                answer.complete(question.apply(service.view()));
                                thread.wake(); // what is not known yet is asked for
                            } catch (RuntimeException e) {
                                answer.completeExceptionally(e);
                            }
                        });
        if (!asked) {
            answer.completeExceptionally(
                    new WireException(ErrorCode.STOPPING, "the broker has stopped"));
        }
        return answer;
    }

    /**
     * Stops: tells all clients, ends the loop in order so that the next start is short, closes the
     * store, gives the port back. Returns when all is done, also where another thread does it. A
     * broker that failed or has stopped is left alone.
     */
    public void stop() {
        if (lifeCycle.moveFrom(Stage.NEW, Stage.STOPPED)) {
            release();
            return;
        }
        if (lifeCycle.moveFrom(Stage.RUNNING, Stage.STOPPING)) {
            stopRunning();
            return;
        }
        try {
            lifeCycle.awaitFinal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopRunning() {
        Stage last = Stage.FAILED;
        try {
            if (listener != null) {
                listener.close();
            }
            onThread(service::sendAway)
                    .completeOnTimeout(null, SEND_AWAY_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .get();
            onThread(service::stopLoop).get(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            if (listener != null) {
                listener.awaitDrained(config.get(BrokerKeys.LINGER_MS));
            }
            last = Stage.STOPPED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        } catch (ExecutionException | TimeoutException | StoreException e) {
            failure = e instanceof ExecutionException ? e.getCause() : e;
            LOG.error("event=stop_failed", failure);
        } finally {
            release();
            lifeCycle.move(last);
            LOG.info("event=broker_stopped stage={}", last);
        }
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    /**
     * Waits until the broker has come to its end.
     *
     * @return why it failed; null if it has stopped in order
     * @throws InterruptedException if the caller is interrupted
     */
    public Throwable awaitEnd() throws InterruptedException {
        return lifeCycle.awaitFinal() == Stage.FAILED ? failure : null;
    }

    /**
     * The service will not serve again: ends the rest on a thread that may wait for the broker's.
     */
    private void givenUp(Throwable cause) {
        failure = cause;
        new Thread(this::endIfGivenUp, "taffrail-broker-failed").start();
    }

    private void endIfGivenUp() {
        if (failure != null && lifeCycle.moveFrom(Stage.RUNNING, Stage.STOPPING)) {
            release();
            lifeCycle.move(Stage.FAILED);
            LOG.error("event=broker_stopped stage={}", Stage.FAILED);
        }
    }

    /** Lets go of everything, in whatever state it is. */
    private void release() {
        boolean interrupted = false;
        try {
            if (listener != null) {
                listener.close();
            }
            if (tls != null) {
                tls.close();
            }
            if (watch != null) {
                watch.close();
            }
            thread.call(
                    () -> {
                        service.close();
                        return null;
                    });
            thread.stop();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException e) {
            LOG.error("event=release_failed", e.getCause());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T onThread(Callable<T> task) throws StoreException, InterruptedException {
        try {
            return thread.call(task);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException known) {
                throw known;
            }
            if (e.getCause() instanceof RuntimeException defect) {
                throw defect;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
