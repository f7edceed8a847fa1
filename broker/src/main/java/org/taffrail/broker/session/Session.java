// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.security.Identity;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.record.RunLayout;

/**
 * One connection's state machine: bytes in, commands to the loop, effects out. No I/O, no thread,
 * no clock; all calls come from the broker's thread.
 *
 * <pre>
 *   PREAMBLE -> HELLO -> ADMISSION -> OPEN -> LEAVING -> ENDED
 *       |         |          |          |                  ^
 *       +---------+----------+----------+------------------+
 * </pre>
 *
 * <ul>
 *   <li>ADMISSION: the door looks at who the client is, see {@link Admission}.
 *   <li>LEAVING: the loop knows that the connection ends (a goodbye, a fault of the client, a
 *       stop); what is parked for it is still said, and then, last, why the broker ends it.
 *   <li>Bytes that are not well-formed cost their connection, with a typed {@link
 *       BrokerFrame.Closing}, and no other.
 *   <li>What the broker says without having decided anything ({@link BrokerFrame.Welcome}, {@link
 *       BrokerFrame.Challenge}, {@link BrokerFrame.Pong}) is not parked behind the log: it reveals
 *       nothing that could be lost, and a sign of life must not wait for a slow disk. Everything
 *       else keeps its turn among the effects.
 *   <li>An exception of the loop, other than a refusal, passes through: only its owner can recover.
 * </ul>
 */
public final class Session {
    /** The largest frame taken from a client that is not let in yet. */
    private static final int OPENING_FRAME_BYTES_MAX = 64 << 10;

    private final long id;
    private final Sessions sessions;
    private final SessionSettings settings;
    private final Outlet outlet;
    private final int heartbeatMs;
    private final FrameAssembler assembler;
    private final FrameReader reader = new FrameReader();
    private final Output output;
    private final SendWindow window;
    private final Silence silence;

    private State state = State.PREAMBLE;
    private ClientFrame.Hello hello;
    private Admission admission;
    private Identity identity;
    private Guard guard;
    private Features features = Features.NONE;
    private WireException reason;
    private WireException fault;
    private boolean touched;
    private long nowMs;

    private enum State {
        PREAMBLE,
        HELLO,
        ADMISSION,
        OPEN,
        LEAVING,
        ENDED
    }

    Session(long id, Sessions sessions, Outlet outlet, int heartbeatMs) {
        this.id = id;
        this.sessions = sessions;
        this.settings = sessions.settings();
        this.outlet = outlet;
        output = new Output(outlet);
        this.heartbeatMs = heartbeatMs;
        assembler =
                new FrameAssembler(OPENING_FRAME_BYTES_MAX, sessions.frameBuffers(), new Frames());
        window = sessions.newWindow();
        silence = new Silence(settings.handshakeMs(), heartbeatMs);
    }

    /**
     * Returns the connection's number.
     *
     * @return from 1, never used twice in one start of the broker
     */
    public long id() {
        return id;
    }

    /**
     * Names the client's end.
     *
     * @return see {@link Outlet#peer}
     */
    public String peer() {
        return outlet.peer();
    }

    /**
     * Returns the client's user.
     *
     * @return null for an anonymous one, or before it was let in
     */
    public String user() {
        return identity == null ? null : identity.user();
    }

    /**
     * Returns who the client is.
     *
     * @return null before it was let in
     */
    public Identity identity() {
        return identity;
    }

    /** Whether the client was let in and is not leaving. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    /**
     * Returns the client id.
     *
     * @return null for none, or before the client has said hello
     */
    public String clientId() {
        return hello == null ? null : hello.clientId();
    }

    /**
     * Returns what the client calls itself.
     *
     * @return name and version, for people; null before it has said hello
     */
    public String product() {
        return hello == null ? null : hello.product();
    }

    /**
     * Takes bytes from the client.
     *
     * @param array the bytes, not referred to after the call
     * @param at where they begin
     * @param length how many
     * @param now the time, ms since 1970
     */
    public void received(byte[] array, int at, int length, long now) {
        silence.heard();
        nowMs = now;
        if (!wantsMore()) {
            return;
        }
        try {
            assembler.received(array, at, length);
        } catch (WireException e) {
            close(e, now);
        }
    }

    /**
     * Takes the end of the client's side.
     *
     * @param now the time, ms since 1970
     */
    public void lost(long now) {
        State before = state;
        end(reason);
        if (before == State.OPEN) {
            sessions.loop().disconnect(id, true, now);
        }
    }

    /**
     * Takes word that the way out is full, or has room again: nothing is delivered meanwhile. May
     * be called during a turn.
     *
     * @param isFull whether it is full
     */
    public void full(boolean isFull) {
        if (state == State.OPEN && isFull) {
            sessions.loop().pause(id);
        } else if (state == State.OPEN) {
            sessions.loop().resume(id);
        }
    }

    /** Ends the connection: says why, after all that is parked for it. */
    void close(WireException why, long now) {
        if (state == State.OPEN) {
            leave(why, now);
        } else if (state != State.LEAVING && state != State.ENDED) {
            sayClosing(why);
            end(why);
        }
    }

    /** Ends the connection of a loop that is no more: nothing parked will ever be said. */
    void abandon(WireException why) {
        if (state != State.ENDED) {
            sayClosing(why);
            end(why);
        }
    }

    /** Takes an effect. */
    void tell(BrokerFrame frame) {
        if (state == State.ENDED || fault != null) {
            return;
        }
        if (frame instanceof BrokerFrame.Confirm confirm) {
            window.answered(confirm.last());
        } else if (frame instanceof BrokerFrame.Refuse refuse) {
            window.answered(refuse.last());
        }
        int bytes = output.say(frame, hello.frameBytesMax());
        if (bytes > 0) {
            fault =
                    new WireException(
                            ErrorCode.FRAME_TOO_LARGE,
                            "a frame of "
                                    + bytes
                                    + " bytes; the client takes "
                                    + hello.frameBytesMax());
        }
        touch();
        if (output.isMuch()) {
            push();
        }
    }

    /** Hears that the client broke the protocol earlier. */
    void violated(WireException why) {
        if (fault == null) {
            fault = why;
            touch();
        }
    }

    /** Hears that all is said and what its end has changed is durable. */
    void allSaid() {
        if (state == State.LEAVING) {
            if (reason != null) {
                sayClosing(reason);
            }
            end(reason);
        }
    }

    /** Ends a turn: passes on what was said, and acts on what went wrong meanwhile. */
    void flush(long now) {
        touched = false;
        push();
        if (fault != null) {
            WireException why = fault;
            fault = null;
            abandonOpen(why, now);
        }
    }

    /** Counts silence. {@code elapsedMs} have passed since the last call. */
    void tick(long elapsedMs, long now) {
        nowMs = now;
        silence.passed(elapsedMs);
        WireException over = null;
        if (state == State.OPEN) {
            guard.judgeAgain(now);
            over = silence.endsConnection();
        } else if (state.compareTo(State.OPEN) < 0) {
            over = silence.endsOpening();
        }
        if (over != null) {
            close(over, now);
        } else if (state == State.OPEN && silence.isOverdue(hello.heartbeatMs())) {
            say(new BrokerFrame.Pong());
        }
    }

    private boolean wantsMore() {
        return state != State.LEAVING && state != State.ENDED;
    }

    /** Says something that is not an effect of the loop. */
    private void say(BrokerFrame frame) {
        output.say(frame);
        touch();
    }

    private void sayClosing(WireException why) {
        if (state == State.PREAMBLE) {
            output.preamble(FrameLayout.VERSION, FrameLayout.VERSION);
        }
        output.say(new BrokerFrame.Closing(why.code(), why.getMessage()));
    }

    private void touch() {
        if (!touched) {
            touched = true;
            sessions.touched(this);
        }
    }

    private void push() {
        if (output.pass() && state == State.OPEN) {
            silence.said();
        }
        if (fault == null
                && state == State.OPEN
                && outlet.unsentBytes() > settings.outputBytesMax()) {
            fault =
                    new WireException(
                            ErrorCode.LIMIT_REACHED,
                            "the client does not read: "
                                    + outlet.unsentBytes()
                                    + " bytes wait, allowed are "
                                    + settings.outputBytesMax());
            touch();
        }
    }

    /** Ends at once, without what is still parked: the client would not take it. */
    private void abandonOpen(WireException why, long now) {
        boolean open = state == State.OPEN;
        abandon(why);
        if (open) {
            sessions.loop().disconnect(id, true, now);
        }
    }

    private void leave(WireException why, long now) {
        state = State.LEAVING;
        reason = why;
        sessions.left(this);
        sessions.loop().disconnect(id, why != null, now);
    }

    private void end(WireException why) {
        if (state != State.ENDED) {
            output.pass();
            state = State.ENDED;
            if (admission != null) {
                admission.abandon();
            }
            outlet.end();
            if (identity != null) {
                sessions.left(this);
            }
            sessions.ended(this, why);
        }
    }

    private void onHello(ClientFrame.Hello frame) {
        if (frame.frameBytesMax() < FrameLayout.FRAME_BYTES_MAX_LEAST || frame.heartbeatMs() < 0) {
            throw WireException.malformed(
                    "a client that takes frames of "
                            + frame.frameBytesMax()
                            + " bytes, with a heartbeat of "
                            + frame.heartbeatMs()
                            + " ms");
        }
        hello = frame;
        state = State.ADMISSION;
        admission = new Admission(this, sessions);
        admission.begin(frame, outlet.caller(), nowMs);
    }

    /** Asks for more, while the client is being let in. */
    void challenge(byte[] challenge) {
        say(new BrokerFrame.Challenge(challenge));
    }

    /** Lets the client in. */
    void admit(Authenticator.Admitted admitted, long now) {
        nowMs = now;
        Features agreed = Features.agreed(hello);
        Identity who = admitted.identity();
        Guard checked = new Guard(this, sessions, who, agreed.has(FrameLayout.IMPORT));
        checked.requireEntry(hello);
        int incarnation = sessions.loop().incarnation();
        Newcomer.Granted granted = connect(who.user(), incarnation, checked);
        identity = who;
        guard = checked;
        features = agreed;
        admission = null;
        state = State.OPEN;
        assembler.frameBytesMax(FrameLayout.FRAME_BYTES_MAX);
        say(
                new BrokerFrame.Welcome(
                        FrameLayout.VERSION,
                        features.bits(),
                        FrameLayout.FRAME_BYTES_MAX,
                        messageBytesMax(),
                        heartbeatMs,
                        granted.producerId(),
                        settings.windowMessages(),
                        settings.windowBytes(),
                        nowMs,
                        incarnation,
                        settings.product(),
                        granted.recognition()));
        sessions.opened(this);
    }

    private int messageBytesMax() {
        long ofUser = sessions.userLimits().messageBytesMax();
        int ofAll = settings.messageBytesMax();
        return ofUser == 0 ? ofAll : (int) Math.min(ofAll, ofUser);
    }

    private Newcomer.Granted connect(String admitted, int incarnation, Guard checked) {
        Newcomer newcomer =
                new Newcomer(
                        hello.clientId(),
                        admitted,
                        hello.instanceHigh(),
                        hello.instanceLow(),
                        (long) incarnation << Integer.SIZE | id,
                        (hello.features() & FrameLayout.RESUMPTION) != 0,
                        hello.producerId(),
                        hello.nextSequence());
        return sessions.connect(this, checked, newcomer, nowMs);
    }

    private void onFrame(ClientFrame frame) {
        if (state == State.OPEN) {
            onOpen(frame);
        } else if (state == State.HELLO && frame instanceof ClientFrame.Hello first) {
            onHello(first);
        } else if (state == State.ADMISSION && frame instanceof ClientFrame.Authenticate next) {
            admission.respond(next.response(), nowMs);
        } else {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    frame.getClass().getSimpleName() + " before the client was let in");
        }
    }

    private void onOpen(ClientFrame frame) {
        features.require(frame);
        if (frame instanceof ClientFrame.Send send) {
            int count = RunLayout.count(send.array(), send.at());
            long first = RunLayout.sequence(send.array(), send.at());
            window.sent(first + count - 1, count, send.length());
        }
        if (!guard.permits(frame, nowMs)) {
            return;
        }
        if (frame instanceof ClientFrame.Ping) {
            say(new BrokerFrame.Pong());
        } else if (frame instanceof ClientFrame.Goodbye) {
            leave(null, nowMs);
        } else if (frame instanceof ClientFrame.Manage manage) {
            sessions.managerDoor().request(this, manage, hello.frameBytesMax(), guard, nowMs);
        } else {
            sessions.loop().decide(id, frame, nowMs);
        }
    }

    /** Takes what the assembler has cut. */
    private final class Frames implements FrameAssembler.Output {
        @Override
        public void preamble(byte[] array, int at) {
            int version = FrameLayout.chooseVersion(array, at);
            output.preamble(version, version);
            state = State.HELLO;
            touch();
        }

        @Override
        public void frame(byte[] array, int at, int length) {
            ClientFrame frame;
            try {
                frame = reader.readClient(array, at, length);
            } catch (WireException e) {
                throw e;
            } catch (RuntimeException e) {
                sessions.observer().defect(Session.this, e);
                throw new WireException(ErrorCode.INTERNAL, "the frame met a defect of the broker");
            }
            if (frame != null) {
                onFrame(frame);
            }
        }

        @Override
        public boolean wantsMore() {
            return Session.this.wantsMore();
        }
    }
}
