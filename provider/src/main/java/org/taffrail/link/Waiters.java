// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.WireException;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * All who wait for something of the broker: sends, requests, drains and consumers. They are taken
 * out under the link's lock and told outside it.
 */
final class Waiters {
    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    // guarded by the lock
    final SendWindow window;
    final Requests requests = new Requests();
    final Consumers consumers = new Consumers();

    private final Lock lock;
    private final Runnable roomMade;

    /**
     * Makes an empty set.
     *
     * @param window the sends
     * @param lock the link's
     * @param roomMade called under the lock when sends have left the window
     */
    Waiters(SendWindow window, Lock lock, Runnable roomMade) {
        this.window = window;
        this.lock = lock;
        this.roomMade = roomMade;
    }

    /** Takes something out under the lock. */
    <T> T take(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether anything is not answered yet. Called under the lock. */
    boolean awaitMore() {
        return !window.isEmpty() || !requests.isEmpty();
    }

    /** Notes an answer to sends and returns those that are finished by it. */
    List<SendWindow.Outcome> answered(long first, long last, WireException failure) {
        lock.lock();
        try {
            List<SendWindow.Outcome> finished = window.answered(first, last, failure);
            if (!finished.isEmpty()) {
                roomMade.run();
            }
            return finished;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a held send is released and returns those that are finished by it. */
    List<SendWindow.Outcome> released(SendWindow.Pending pending, Throwable failure) {
        lock.lock();
        try {
            List<SendWindow.Outcome> finished = window.release(pending, failure);
            if (!finished.isEmpty()) {
                roomMade.run();
            }
            return finished;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a consumer and returns its drains. */
    List<Consumers.Drain> removeConsumer(int consumerId) {
        return take(() -> consumers.remove(consumerId));
    }

    /**
     * Fails all that is under way, in the order in which it was asked for.
     *
     * @param sends what becomes of the sends that are not finished
     */
    void fail(WireException lost, Supplier<List<SendWindow.Outcome>> sends) {
        for (SendWindow.Outcome outcome : take(sends)) {
            safely(outcome::tell);
        }
        for (Requests.Request<?> request : take(requests::takeAll)) {
            safely(() -> request.fail(lost));
        }
        for (Consumers.Drain drain : take(consumers::takeDrains)) {
            drain.future().completeExceptionally(lost);
        }
    }

    /** Ends all consumers; an attachment that has just failed is none. */
    void endConsumers(WireException lost) {
        for (ConsumerInbound consumer : take(consumers::takeConsumers)) {
            safely(() -> consumer.closed(lost));
        }
    }

    /**
     * Calls a listener at the link's end, where a defect of one must not keep others from hearing.
     */
    static void safely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("event=listener_failed", e);
        }
    }
}
