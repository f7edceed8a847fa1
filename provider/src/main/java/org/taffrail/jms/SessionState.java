// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;

import org.taffrail.link.Awaited;
import org.taffrail.link.Link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The life of one session and the one lock that guards all its consumers, buffers and
 * acknowledgements. A session is used by one thread at a time, so that one lock costs nothing; only
 * the link's thread (deliveries) and whoever closes or stops come from outside.
 *
 * <p>Lock order: what a connection holds while it starts or stops its sessions, then a session's
 * lock, then a branch's monitor or whatever a link locks inside; those of several sessions are held
 * together by a {@link Rewind} alone, in the order of their numbers. A connection's monitor is
 * never held together with a session's lock. A link holds no lock while it calls a listener, which
 * takes the session's. Under a session's lock a link's {@code credit}, {@code settle}, {@code
 * drain} and the like are called, which don't wait, so that their order is the order of what
 * happened here; nothing that waits for a reply, and no listener of the application.
 */
final class SessionState {
    /** How far the closing has come. */
    private enum Life {
        OPEN,
        /** Deliveries have ended; a listener or callback that still runs may use the session. */
        CLOSING,
        CLOSED
    }

    private final Link link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Life life = Life.OPEN;
    private boolean started;
    private Throwable lost;
    private ConsumerCore listening;

    /** Counts the changes, so that a thread that is lent finds that there was one. */
    private volatile int changes;

    /** How many of the session's threads are lent to the link while they wait. */
    private int lent;

    /**
     * Makes the state of a new session.
     *
     * @param link which threads of the session are lent to while they wait for a delivery
     */
    SessionState(boolean started, Link link) {
        this.started = started;
        this.link = link;
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Wakes all who wait for a change of the session or of one of its consumers. */
    void signal() {
        assert lock.isHeldByCurrentThread();
        changes++;
        changed.signalAll();
        if (lent > 0) {
            link.wake();
        }
    }

    /**
     * Waits for a change, such as a delivery, at most this long. The thread is lent to the link
     * meanwhile.
     */
    void await(long nanos) throws InterruptedException {
        assert lock.getHoldCount() == 1;
        Change next = new Change(changes);
        lent++;
        lock.unlock();
        try {
            link.lend(next, nanos);
        } finally {
            lock.lock();
            lent--;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /**
     * As {@link #await}, for a thread that lives as long as the session, whatever interrupts it.
     */
    void awaitAsListener() {
        boolean interrupted = Thread.interrupted();
        try {
            await(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The next change. */
    private final class Change implements Awaited {
        private final int seen;

        Change(int seen) {
            this.seen = seen;
        }

        @Override
        public boolean isOver() {
            return changes != seen;
        }

        @Override
        public void block(long timeoutNs) throws InterruptedException {
            lock.lock();
            try {
                if (!isOver()) {
                    changed.await(timeoutNs, TimeUnit.NANOSECONDS);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits for a change that another thread of this JVM makes, without caring for interrupts: for
     * a close, which must come to its end.
     */
    void awaitUninterruptibly() {
        changed.awaitUninterruptibly();
    }

    /** Tells whether the connection is started and the session not on its way out. */
    boolean isDelivering() {
        return started && life == Life.OPEN && lost == null;
    }

    boolean isStarted() {
        return started;
    }

    void setStarted(boolean newStarted) {
        started = newStarted;
        signal();
    }

    boolean isOpen() {
        return life == Life.OPEN;
    }

    boolean isClosed() {
        return life == Life.CLOSED;
    }

    /** Begins the closing; false if another thread has begun it. */
    boolean beginClose() {
        if (life != Life.OPEN) {
            return false;
        }
        life = Life.CLOSING;
        signal();
        return true;
    }

    void endClose() {
        life = Life.CLOSED;
        signal();
    }

    /** Returns why the link is lost, or null. */
    Throwable lost() {
        return lost;
    }

    void setLost(Throwable cause) {
        lost = cause;
        signal();
    }

    /** Returns the consumer whose listener is running, or null. */
    ConsumerCore listening() {
        return listening;
    }

    void setListening(ConsumerCore consumer) {
        listening = consumer;
        signal();
    }

    /**
     * Demands that the session is not closed.
     *
     * @throws IllegalStateException if it is
     */
    void checkNotClosed() throws IllegalStateException {
        lock.lock();
        try {
            if (life == Life.CLOSED) {
                throw new IllegalStateException("the session is closed");
            }
        } finally {
            lock.unlock();
        }
    }
}
