// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The life of a link, and the lock that guards it.
 *
 * <pre>
 *   NEW -> CONNECTING -> OPENING -> OPEN -> CLOSING -> ENDED
 *               |           |         |                  ^
 *               +-----------+---------+------------------+   lost
 * </pre>
 *
 * Whoever finds out that the link is lost only notes why and aborts the channel; all who wait are
 * told on the receiver's thread, when the channel says that it has ended. So there is one place
 * where things end, and it runs once.
 */
final class LinkSession {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSession.class);

    /** How long to wait for the channel's end once it was aborted, ms. */
    private static final int ABORT_WAIT_MS = 1000;

    private final Connector connector;
    private final Losses losses;
    private final ConnectionOptions options;
    private final Link.Listener listener;
    private final LongSupplier clockNs;
    private final Opening opening;
    private final ReentrantLock lock;
    private final Condition room;
    private final CompletableFuture<Link.Peer> opened = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** All who wait for the broker; what it says of its guard holds. */
    final Waiters waiters;

    private final Continuity continuity;

    private State state = State.NEW;
    private boolean wasOpen;
    private volatile Throwable loss;
    private volatile LinkChannel channel;
    private Outbound outbound;
    private Opening.Agreement agreement;
    private Heartbeat heartbeat;

    /** Takes back what is due next, so that a link that has ended is not kept until then. */
    private Runnable timer = () -> {};

    private volatile Thread receiverThread;
    private volatile long sentNs;
    private volatile long receivedNs;

    private enum State {
        NEW,
        CONNECTING,
        OPENING,
        OPEN,
        CLOSING,
        ENDED
    }

    LinkSession(
            Connector connector,
            ConnectionOptions options,
            boolean heartbeat,
            Link.Listener listener,
            Continuity continuity,
            LongSupplier clockNs) {
        this.connector = connector;
        losses = new Losses(connector.address());
        this.options = options;
        this.listener = listener;
        this.clockNs = clockNs;
        this.continuity = continuity;
        lock = continuity.lock;
        room = lock.newCondition();
        waiters = new Waiters(continuity.window, lock, room::signalAll);
        opening = new Opening(options, heartbeat, continuity);
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Tells whether frames may be sent. Under the lock. */
    boolean isOpen() {
        return state == State.OPEN && loss == null;
    }

    /**
     * Returns what was agreed with the broker. Under the lock.
     *
     * @throws WireException {@link ErrorCode#CONNECTION_LOST} if the link is not open
     */
    Opening.Agreement requireOpen() {
        if (!isOpen()) {
            throw loss != null
                    ? losses.toCaller(loss)
                    : new WireException(ErrorCode.CONNECTION_LOST, "the link is not open");
        }
        return agreement;
    }

    /** Returns what the broker knew of the client; once the link is or was open. */
    BrokerFrame.Recognition recognition() {
        return waiters.take(() -> agreement.recognition());
    }

    /** Returns the way out, once the link is open. Under the lock. */
    Outbound outbound() {
        return outbound;
    }

    void noteSent() {
        sentNs = clockNs.getAsLong();
    }

    /** Sends a frame, which leaves soon. Called under the lock, while the link is open. */
    void write(ClientFrame frame) {
        outbound.write(frame);
        noteSent();
    }

    /** Returns the way to the broker, null before there is one. */
    LinkChannel channel() {
        return channel;
    }

    /** Begins a call of the receiver, whose thread this is. */
    void receiving() {
        receivedNs = clockNs.getAsLong();
        receiverThread = Thread.currentThread();
    }

    /** Ends a call of the receiver. */
    void received() {
        receiverThread = null;
    }

    /** Tells whether the link is or was open. On the receiver's thread. */
    boolean wasOpen() {
        return wasOpen;
    }

    /** Tells whether the link is lost or has ended. */
    boolean isLost() {
        return loss != null;
    }

    String address() {
        return connector.address();
    }

    /**
     * Waits until a send of this size fits into the window. Under the lock, which is given up
     * meanwhile.
     *
     * @throws WireException {@link ErrorCode#TIMEOUT} if the send timeout passes or the caller is
     *     interrupted, whose flag is set then; {@link ErrorCode#CONNECTION_LOST}
     * @throws IllegalStateException on the receiver's thread, on which the room would have to be
     *     made
     */
    void awaitRoom(int count, int bytes) {
        if (waiters.window.fits(count, bytes)) {
            return;
        }
        if (Thread.currentThread() == receiverThread) {
            throw new IllegalStateException("a listener of the link waits for the link");
        }
        channel.leave();
        channel.attend();
        int timeoutMs = options.get(ConnectionOptions.SEND_TIMEOUT_MS);
        long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!waiters.window.fits(count, bytes)) {
            if (leftNs <= 0) {
                throw new WireException(
                        ErrorCode.TIMEOUT,
                        "the window of unanswered sends stayed full for " + timeoutMs + " ms");
            }
            try {
                leftNs = room.awaitNanos(leftNs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WireException(
                        ErrorCode.TIMEOUT, "interrupted while the window of sends was full");
            }
            requireOpen();
        }
    }

    CompletableFuture<Link.Peer> open() {
        List<SendWindow.Outcome> left;
        lock.lock();
        try {
            if (state == State.ENDED) {
                return opened;
            }
            if (state != State.NEW) {
                throw new IllegalStateException("a link is opened once");
            }
            state = State.CONNECTING;
            continuity.take(this);
            // where the link before is still ending it leaves to this one what can't be sent again
            left = waiters.window.failUnkept(losses.endedByBroker());
        } finally {
            lock.unlock();
        }
        left.forEach(outcome -> Waiters.safely(outcome::tell));
        CompletableFuture<LinkChannel> connecting;
        try {
            connecting = connector.connect(new LinkReceiver(this, waiters));
        } catch (WireException e) {
            connecting = CompletableFuture.failedFuture(e);
        }
        connecting.whenComplete(this::connected);
        return opened;
    }

    private void connected(LinkChannel made, Throwable failure) {
        if (failure != null) {
            endOnThisThread(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
            return;
        }
        lock.lock();
        try {
            channel = made;
            outbound = new Outbound(made);
            receivedNs = clockNs.getAsLong();
            if (loss != null) {
                made.abort();
                return;
            }
            state = State.OPENING;
            outbound.open(opening.hello());
            noteSent();
            int timeoutMs = options.get(ConnectionOptions.CONNECT_TIMEOUT_MS);
            timer = made.after(timeoutMs, () -> giveUpOpening(timeoutMs));
        } finally {
            lock.unlock();
        }
    }

    private void giveUpOpening(int timeoutMs) {
        lock.lock();
        try {
            if (state == State.OPENING) {
                lose(losses.noAnswer(timeoutMs));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The broker lets the client in. On the receiver's thread. */
    void welcomed(BrokerFrame.Welcome frame) {
        List<SendWindow.Outcome> finished;
        lock.lock();
        try {
            agreement = opening.agree(frame);
            if (loss != null) {
                return;
            }
            outbound.frameBytesMax(agreement.frameBytesMax());
            waiters.window.grant(agreement.windowMessages(), agreement.windowBytes());
            heartbeat =
                    new Heartbeat(
                            agreement.ownHeartbeatMs(),
                            agreement.brokerHeartbeatMs(),
                            clockNs.getAsLong());
            state = State.OPEN;
            wasOpen = true;
            finished =
                    continuity.welcomed(
                            agreement.producerId(), agreement.recognition(), losses.forgotten());
            sendAgain();
            timer.run();
            if (heartbeat.periodMs() > 0) {
                timer = channel.after(heartbeat.periodMs(), this::beat);
            }
        } finally {
            lock.unlock();
        }
        finished.forEach(SendWindow.Outcome::tell);
        opened.complete(agreement.peer());
    }

    /** Returns what sends more of that, after each answer; nothing where no link was before. */
    Runnable sendingAgain() {
        return continuity.isResumable() ? this::sendAgain : () -> {};
    }

    /** Sends what was sent through another link and is not answered, as far as it fits. */
    void sendAgain() {
        lock.lock();
        try {
            byte[] run = isOpen() ? waiters.window.nextAgain() : null;
            while (run != null) {
                outbound.send(0, run, run.length, true);
                noteSent();
                run = waiters.window.nextAgain();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The broker wants to know more. On the receiver's thread. */
    void challenged(BrokerFrame.Challenge frame) {
        lock.lock();
        try {
            write(opening.respond(frame));
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        lock.lock();
        try {
            if (state == State.ENDED || loss != null) {
                return;
            }
            switch (heartbeat.verdict(clockNs.getAsLong(), sentNs, receivedNs)) {
                case PING:
                    if (state == State.OPEN) {
                        write(new ClientFrame.Ping());
                    }
                    break;
                case LOST:
                    lose(losses.silence(agreement.ownHeartbeatMs()));
                    return;
                default:
                    break;
            }
            timer = channel.after(heartbeat.periodMs(), this::beat);
        } finally {
            lock.unlock();
        }
    }

    /** Notes why the link is lost, once, and ends the channel, whose end tells all others. */
    void lose(Throwable why) {
        lock.lock();
        try {
            if (state == State.ENDED || loss != null) {
                return;
            }
            loss = why;
            room.signalAll();
            channel.abort();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the link, here being the receiver's thread. */
    void endOnThisThread(Throwable cause) {
        receiverThread = Thread.currentThread();
        try {
            end(cause);
        } finally {
            receiverThread = null;
        }
    }

    /** The link's end, however it came: tells all who wait, in the order in which they asked. */
    private void end(Throwable cause) {
        boolean orderly;
        lock.lock();
        try {
            if (state == State.ENDED) {
                return;
            }
            orderly = state == State.CLOSING;
            state = State.ENDED;
            timer.run();
            if (loss == null) {
                loss = cause != null ? cause : losses.ended(wasOpen);
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
        WireException lost = losses.toCaller(loss);
        boolean follows = continuity.isResumable() && !orderly;
        waiters.fail(lost, () -> failSends(lost, follows));
        opened.completeExceptionally(loss instanceof WireException ? loss : lost);
        if (wasOpen && !orderly) {
            if (!follows) {
                waiters.endConsumers(lost);
            }
            Waiters.safely(() -> listener.lost(loss));
        }
        ended.countDown();
    }

    /** What can be sent again is kept for a link that follows. Under the lock. */
    private List<SendWindow.Outcome> failSends(WireException lost, boolean follows) {
        if (!continuity.isWith(this)) {
            return List.of();
        }
        return follows ? waiters.window.failUnkept(lost) : waiters.window.fail(lost);
    }

    /** Ends the link as if it were lost: without a goodbye, after which nobody could go on. */
    void abort() {
        lock.lock();
        try {
            if (channel != null) {
                lose(Losses.closedHere());
            } else if (loss == null) {
                loss = Losses.closedHere();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            switch (state) {
                case NEW, CONNECTING:
                    // nothing was said yet: the attempt is given up when it comes to something
                    loss = loss != null ? loss : Losses.closedHere();
                    if (state == State.NEW) {
                        state = State.ENDED;
                        opened.completeExceptionally(loss);
                        ended.countDown();
                    }
                    return;
                case OPENING:
                    lose(Losses.closedHere());
                    break;
                case OPEN:
                    if (loss == null) {
                        outbound.write(new ClientFrame.Goodbye());
                        state = State.CLOSING;
                    }
                    break;
                default:
                    break;
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (Thread.currentThread() != receiverThread) {
            awaitEnd();
        } else if (channel != null) {
            channel.close();
        }
    }

    /** Waits for the broker to end the connection, and ends it where the broker doesn't. */
    private void awaitEnd() {
        int timeoutMs = options.get(ConnectionOptions.CLOSE_TIMEOUT_MS);
        try {
            if (ended.await(timeoutMs, TimeUnit.MILLISECONDS)) {
                return;
            }
            LOG.warn(
                    "event=goodbye_unanswered address={} waited_ms={}",
                    connector.address(),
                    timeoutMs);
            lose(Losses.closedHere());
            if (!ended.await(ABORT_WAIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("event=channel_stuck address={}", connector.address());
            }
        } catch (InterruptedException e) {
            lose(Losses.closedHere());
            Thread.currentThread().interrupt();
        }
    }
}
