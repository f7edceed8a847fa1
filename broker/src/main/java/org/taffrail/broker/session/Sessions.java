// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.loop.Audience;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.loop.Recorder;
import org.taffrail.broker.management.Connections;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.FrameBuffers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All connections of one loop. Owned by the broker's thread, which calls {@link #flush} after each
 * turn of the loop and {@link #tick} now and then.
 *
 * <p>Made before its loop, which needs an audience; {@link #serve} joins the two. What comes
 * before, or after {@link #refuse}, is refused in the protocol.
 */
public final class Sessions implements Audience {
    private static final long IDS_MAX = 0xFFFF_FFFFL;

    /** How much is kept for large frames that are on their way in, beside what they use. */
    private static final int SPARE_FRAMES_BYTES_MAX = 4 << 20;

    private final SessionSettings settings;
    private final Authenticator authenticator;
    private final SessionObserver observer;
    private final Supplier<Access> access;
    private Supplier<UserLimits> userLimits = () -> UserLimits.NONE;
    private final Usages usages = new Usages();
    private final ManagerDoor managerDoor = new ManagerDoor(this);
    private final FrameBuffers frameBuffers = new FrameBuffers(SPARE_FRAMES_BYTES_MAX);
    private final Map<Long, Session> byId = new HashMap<>();
    private List<Session> touched = new ArrayList<>();
    private List<Session> flushing = new ArrayList<>();
    private Recorder recorder = Recorder.NONE;
    private Loop loop;
    private WireException refusal = new WireException(ErrorCode.STOPPING, "the broker is starting");
    private Runnable whenEmpty;
    private long lastId;

    /**
     * Makes an empty registry in which all is permitted that is where nothing is configured.
     *
     * @param settings what sessions are granted
     * @param authenticator the door
     * @param observer hears what becomes of sessions
     */
    public Sessions(
            SessionSettings settings, Authenticator authenticator, SessionObserver observer) {
        this(settings, authenticator, constant(Access.open()), observer);
    }

    private static Supplier<Access> constant(Access access) {
        return () -> access;
    }

    /**
     * Makes an empty registry.
     *
     * @param settings what sessions are granted
     * @param authenticator the door
     * @param access who may do what, as it is now; asked at each request, and answers at once
     * @param observer hears what becomes of sessions
     */
    public Sessions(
            SessionSettings settings,
            Authenticator authenticator,
            Supplier<Access> access,
            SessionObserver observer) {
        this.access = access;
        this.settings = settings;
        this.authenticator = authenticator;
        this.observer = observer;
    }

    /**
     * Sets who hears how long sends take; before {@link #serve}.
     *
     * @param newRecorder hears of each run that is answered
     */
    public void recordTo(Recorder newRecorder) {
        recorder = newRecorder;
    }

    SendWindow newWindow() {
        return new SendWindow(settings.windowMessages(), settings.windowBytes(), recorder);
    }

    /**
     * Lets clients in.
     *
     * @param newLoop the loop whose audience this is
     */
    public void serve(Loop newLoop) {
        loop = newLoop;
        loop.limitHeld(userLimits().heldBytesMax());
        refusal = null;
    }

    /**
     * Limits what one user may have; there are no limits unless this was called.
     *
     * @param limits the limits as they are now; asked at each request, and answers at once
     */
    public void limitUsers(Supplier<UserLimits> limits) {
        userLimits = limits;
    }

    /**
     * Takes a new connection.
     *
     * @param outlet the way out to the client
     * @param heartbeatMs what the client is told to be heard within; if it is silent for twice as
     *     long its connection is ended; 0 for never
     * @return its session, which may have ended already
     */
    public Session open(Outlet outlet, int heartbeatMs) {
        Session session = new Session(++lastId, this, outlet, heartbeatMs);
        WireException no = refusal;
        if (no == null && (byId.size() >= settings.connectionsMax() || lastId > IDS_MAX)) {
            no =
                    new WireException(
                            ErrorCode.LIMIT_REACHED,
                            "there are " + byId.size() + " connections, the most allowed");
        }
        if (no == null) {
            byId.put(session.id(), session);
        } else {
            session.abandon(no);
        }
        return session;
    }

    /**
     * Returns what all sessions are granted.
     *
     * @return the settings
     */
    public SessionSettings settings() {
        return settings;
    }

    /** Lends arrays for large frames on their way in. */
    FrameBuffers frameBuffers() {
        return frameBuffers;
    }

    /**
     * Returns how many connections there are, those that are still being let in or out included.
     *
     * @return 0 or more
     */
    public int count() {
        return byId.size();
    }

    /**
     * Lists those that were let in, in the order in which they came.
     *
     * @param after behind which id, 0 for the first
     * @param max at most so many
     */
    List<Session> connected(long after, int max) {
        return byId.values().stream()
                .filter(session -> session.isOpen() && session.id() > after)
                .sorted(Comparator.comparingLong(Session::id))
                .limit(max)
                .toList();
    }

    /**
     * Returns who is connected, as managers are told of it.
     *
     * @return to be asked once {@link #serve} was called
     */
    public Connections connections() {
        return managerDoor;
    }

    @Override
    public void tell(long connection, BrokerFrame frame) {
        Session session = byId.get(connection);
        if (session != null) {
            session.tell(frame);
        }
    }

    @Override
    public void violated(long connection, WireException why) {
        Session session = byId.get(connection);
        if (session != null) {
            session.violated(why);
        }
    }

    @Override
    public void ended(long connection) {
        Session session = byId.get(connection);
        if (session != null) {
            session.allSaid();
        }
    }

    /**
     * Passes on what was said since the last call, once for each connection.
     *
     * @param nowMs the time, ms since 1970
     */
    public void flush(long nowMs) {
        List<Session> batch = touched;
        touched = flushing;
        flushing = batch;
        for (Session session : batch) {
            session.flush(nowMs);
        }
        batch.clear();
    }

    /**
     * Counts the silence of all connections and ends those that are silent too long.
     *
     * @param elapsedMs how much time has passed since the last call
     * @param nowMs the time, ms since 1970
     */
    public void tick(long elapsedMs, long nowMs) {
        loop.limitHeld(userLimits().heldBytesMax());
        for (Session session : new ArrayList<>(byId.values())) {
            session.tick(elapsedMs, nowMs);
        }
    }

    /**
     * Lets nobody in any more.
     *
     * @param why what they are told
     */
    public void refuse(WireException why) {
        refusal = why;
    }

    /**
     * Ends all connections in order: each hears all that is parked for it, and then why, with the
     * turns that follow.
     *
     * @param why what they are told
     * @param nowMs the time, ms since 1970
     * @param newWhenEmpty called once, when the last one has ended
     */
    public void closeAll(WireException why, long nowMs, Runnable newWhenEmpty) {
        refuse(why);
        whenEmpty = newWhenEmpty;
        checkEmpty();
        for (Session session : new ArrayList<>(byId.values())) {
            session.close(why, nowMs);
        }
    }

    /**
     * Ends all connections of a loop that serves no longer.
     *
     * @param why what they are told
     */
    public void abandonAll(WireException why) {
        refuse(why);
        for (Session session : new ArrayList<>(byId.values())) {
            session.abandon(why);
        }
    }

    /** Has the loop take a newcomer; the connection from which it goes on, if any, ends first. */
    Newcomer.Granted connect(Session session, Guard guard, Newcomer newcomer, long nowMs) {
        Session before = find(loop.core().supersededBy(newcomer));
        if (before != null) {
            before.close(
                    new WireException(
                            ErrorCode.SUPERSEDED,
                            "the client goes on with connection " + session.id()),
                    nowMs);
        }
        guard.counts(usages.enter(session, newcomer.user(), userLimits()));
        boolean connected = false;
        try {
            Newcomer.Granted granted = loop.connect(session.id(), newcomer);
            connected = true;
            return granted;
        } finally {
            if (!connected) {
                usages.leave(session, newcomer.user());
            }
        }
    }

    /** Counts a session out that was let in, and is on its way out. */
    void left(Session session) {
        usages.leave(session, session.user());
    }

    UserLimits userLimits() {
        return userLimits.get();
    }

    ManagerDoor managerDoor() {
        return managerDoor;
    }

    /** Returns a session, or null. */
    Session find(long connection) {
        return byId.get(connection);
    }

    Loop loop() {
        return loop;
    }

    Access access() {
        return access.get();
    }

    Authenticator authenticator() {
        return authenticator;
    }

    SessionObserver observer() {
        return observer;
    }

    void touched(Session session) {
        touched.add(session);
    }

    void opened(Session session) {
        observer.opened(session);
    }

    void ended(Session session, WireException why) {
        byId.remove(session.id());
        observer.ended(session, why);
        checkEmpty();
    }

    private void checkEmpty() {
        if (whenEmpty != null && byId.isEmpty()) {
            Runnable task = whenEmpty;
            whenEmpty = null;
            task.run();
        }
    }
}
