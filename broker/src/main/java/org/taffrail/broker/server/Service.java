// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.loop.Closures;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.loop.Recorder;
import org.taffrail.broker.security.Audit;
import org.taffrail.broker.session.Session;
import org.taffrail.broker.session.SessionSettings;
import org.taffrail.broker.session.Sessions;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.BrokerThread;
import org.taffrail.broker.transport.LocalChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What serves clients on the broker's thread: a store, the loop over it, and the loop's sessions.
 * After a failure the outcome of what was under way is unknown: all clients are sent away, the
 * three are dropped and made anew from what the store holds, a few times, ever more slowly; while
 * the disk is full, for as long as it takes. All methods but {@link #readUsers} and {@link #follow}
 * are called on the broker's thread.
 */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private static final int RECOVERIES_MAX = 6;

    /** How often the log says that a full disk keeps the service from serving. */
    private static final int FULL_TOLD_MS = 60_000;

    /** Who has served for this long starts to count its failures from one again. */
    private static final int STABLE_MS = 60_000;

    private static final int STOP_POLL_MS = 1;

    private final BrokerConfig config;
    private final StoreFactory stores;
    private final BrokerThread thread;
    private final Delays delays;
    private final Recorder recorder;
    private final SessionSettings settings;
    private final Door door;
    private final Audit audit;
    private final SessionLog log;
    private final RoomLog roomLog;
    private final Consumer<Throwable> onGivenUp;
    private final Closures closures = new Closures();

    private Store store;
    private Loop loop;
    private Sessions sessions;
    private int recoveries;
    private int waits;
    private long fullToldMs;
    private long servingSinceMs;
    private boolean stopped;

    /**
     * Makes a service that does not serve yet.
     *
     * @param delays between its tries to recover
     * @param audit takes what concerns security
     * @param recorder hears how long things take
     * @param onGivenUp hears on the broker's thread, once, that it will not serve again
     */
    Service(
            BrokerConfig config,
            StoreFactory stores,
            BrokerThread thread,
            Delays delays,
            Audit audit,
            Recorder recorder,
            Consumer<Throwable> onGivenUp) {
        this.config = config;
        this.stores = stores;
        this.thread = thread;
        this.delays = delays;
        this.recorder = recorder;
        this.onGivenUp = onGivenUp;
        this.audit = audit;
        door = new Door(config, thread, audit);
        log = new SessionLog(audit, door.access(), () -> thread.clock().wallMs());
        roomLog = new RoomLog(thread.clock());
        settings =
                new SessionSettings(
                        config.number(BrokerKeys.CONNECTIONS_MAX),
                        config.number(BrokerKeys.MESSAGE_BYTES_MAX),
                        config.number(BrokerKeys.WINDOW_MESSAGES),
                        config.number(BrokerKeys.WINDOW_BYTES),
                        config.number(BrokerKeys.HANDSHAKE_MS),
                        config.get(BrokerKeys.OUTPUT_BYTES_MAX),
                        Broker.product());
    }

    /**
     * Reads who may come in. On another thread than the broker's, before {@link #open}.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if the users file can't be used
     */
    void readUsers() {
        door.open();
    }

    /** Has what counts while the broker runs be as another configuration has it; any thread may. */
    void follow(BrokerConfig next) {
        door.follow(next);
    }

    /** Opens the store, recovers and serves. */
    void open() throws StoreException {
        Store opened = stores.open();
        try {
            opened.onReady(thread::wake);
            opened.onForced(recorder::forced);
            Sessions audience = new Sessions(settings, door.authenticator(), door.access(), log);
            audience.recordTo(recorder);
            audience.limitUsers(door.userLimits());
            Loop recovered =
                    new Loop(
                            opened,
                            config.limits(),
                            config.get(BrokerKeys.SNAPSHOT_BYTES),
                            audience,
                            thread.clock().wallMs());
            recovered.whenShortOfRoom(config.get(BrokerKeys.WHEN_FULL).equals("fail"), roomLog);
            recovered.closures(closures);
            audience.serve(recovered);
            Declared.in(config).make(recovered, thread.clock().wallMs());
            store = opened;
            sessions = audience;
            loop = recovered;
        } finally {
            if (store != opened) {
                opened.close();
            }
        }
        LOG.info(
                "event=store_recovered incarnation={} {}", loop.incarnation(), stores.found(store));
        servingSinceMs = thread.clock().elapsedMs();
        thread.serve(loop, sessions, this::failed);
    }

    private void failed(Throwable cause) {
        ErrorCode code =
                isFull(cause)
                        ? ErrorCode.NO_ROOM
                        : cause instanceof StoreException
                                ? ErrorCode.STORE_FAILED
                                : ErrorCode.INTERNAL;
        LOG.error("event=service_failed code={}", code, cause);
        loop = null;
        sessions.abandonAll(new WireException(code, "the broker recovers: " + cause.getMessage()));
        store.close();
        if (thread.clock().elapsedMs() - servingSinceMs > STABLE_MS) {
            recoveries = 0;
            waits = 0;
        }
        if (!stopped) {
            recoverLater(cause);
        }
    }

    private void recoverLater(Throwable cause) {
        if (isFull(cause)) {
            thread.executeAfter(delays.afterMs(waits++), this::recover);
            return;
        }
        if (recoveries >= RECOVERIES_MAX || !mayPass(cause)) {
            LOG.error(
                    "event=service_given_up recoveries={} cause=\"{}\" advice=\"{}\"",
                    recoveries,
                    cause.getMessage(),
                    "look at the disk and its file system; what was acknowledged is in the folder,"
                            + " start the broker again when they are well");
            onGivenUp.accept(cause);
            return;
        }
        thread.executeAfter(delays.afterMs(recoveries++), this::recover);
    }

    /** A full disk is waited for, however long it takes: somebody will make room. */
    private static boolean isFull(Throwable cause) {
        return cause instanceof StoreException failure
                && failure.kind() == StoreException.Kind.FULL;
    }

    private void recover() {
        if (stopped) {
            return;
        }
        try {
            open();
            LOG.info(
                    "event=service_recovered recoveries={} incarnation={}",
                    recoveries,
                    loop.incarnation());
        } catch (StoreException | RuntimeException e) {
            tellFailure(e);
            recoverLater(e);
        }
    }

    private void tellFailure(Exception cause) {
        long nowMs = thread.clock().elapsedMs();
        if (!isFull(cause)) {
            LOG.error("event=recovery_failed recoveries={}", recoveries, cause);
        } else if (waits <= 1 || nowMs - fullToldMs >= FULL_TOLD_MS) {
            fullToldMs = nowMs;
            LOG.error("event=waiting_for_room attempts={} cause=\"{}\"", waits, cause.getMessage());
        }
    }

    /** Tells whether trying again can help. */
    private static boolean mayPass(Throwable cause) {
        if (!(cause instanceof StoreException failure)) {
            return true;
        }
        return switch (failure.kind()) {
            case IO, FULL, LIMIT -> true;
            case HELD, FENCED, CORRUPT, TOO_NEW, TOO_OLD -> false;
        };
    }

    /**
     * Returns what is served now.
     *
     * @throws WireException {@link ErrorCode#STOPPING} if nothing is
     */
    BrokerView view() {
        if (loop == null) {
            throw new WireException(
                    ErrorCode.STOPPING, stopped ? "the broker stops" : "the broker recovers");
        }
        return new BrokerView(config, thread, loop, sessions);
    }

    /**
     * Returns who was let in on a connection of this JVM.
     *
     * @throws WireException {@link ErrorCode#CONNECTION_LOST} where nobody is
     */
    Visitor visitor(FrameChannel channel) {
        Session session = channel instanceof LocalChannel local ? local.session() : null;
        if (session == null) {
            throw new WireException(ErrorCode.CONNECTION_LOST, "nobody is let in there");
        }
        return new Visitor(session.identity(), session.peer(), door.access().get(), audit);
    }

    /** Sends all clients away; the future completes when the last one has heard all there was. */
    CompletableFuture<Void> sendAway() {
        stopped = true;
        CompletableFuture<Void> empty = new CompletableFuture<>();
        WireException why = new WireException(ErrorCode.STOPPING, "the broker stops");
        if (loop == null) {
            sessions.abandonAll(why);
            empty.complete(null);
        } else {
            sessions.closeAll(why, thread.clock().wallMs(), () -> empty.complete(null));
            thread.wake();
        }
        return empty;
    }

    /** Ends the loop in order; the future completes when nothing is under way any more. */
    CompletableFuture<Void> stopLoop() {
        stopped = true;
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.release();
        if (loop == null) {
            done.complete(null);
        } else {
            sessions.abandonAll(new WireException(ErrorCode.STOPPING, "the broker stops"));
            stopLoop(done);
        }
        return done;
    }

    private void stopLoop(CompletableFuture<Void> done) {
        try {
            if (loop.stop(thread.clock().wallMs())) {
                done.complete(null);
            } else {
                thread.executeAfter(STOP_POLL_MS, () -> stopLoop(done));
            }
        } catch (StoreException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    /** Lets go of the store. */
    void close() {
        stopped = true;
        thread.release();
        loop = null;
        door.close();
        if (store != null) {
            store.close();
        }
    }
}
