// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.link.Link;

import java.util.HashMap;
import java.util.Map;

/**
 * Calls the completion listeners of one session, one at a time, in the order of its sends, on a
 * thread of the session's own: never on the sender's nor on the link's (Javadoc of {@code
 * MessageProducer.send}, "Use of the CompletionListener by the provider").
 *
 * <p>Thread-safe, by a lock of its own, which is held for moments and under which nothing is
 * called.
 */
final class CompletionDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionDispatcher.class);

    private final SerialExecutor executor;

    /** How many sends of each producer are not called back yet. */
    private final Map<Object, Integer> incomplete = new HashMap<>();

    CompletionDispatcher(String threadName) {
        executor = new SerialExecutor(threadName);
    }

    /**
     * Takes note of a send that is about to be made, and returns who hears of its outcome.
     *
     * @param producer whose send it is
     */
    Link.SendListener begin(Object producer, CompletionListener listener, Message message) {
        synchronized (incomplete) {
            incomplete.merge(producer, 1, Integer::sum);
        }
        return failure -> executor.execute(() -> call(producer, listener, message, failure));
    }

    /** Takes note that a send is done with, or was not made after all. */
    void abandon(Object producer) {
        synchronized (incomplete) {
            incomplete.computeIfPresent(producer, (key, count) -> count == 1 ? null : count - 1);
            incomplete.notifyAll();
        }
    }

    /** Tells whether a completion listener of this session asks. */
    boolean isCurrentThread() {
        return executor.isCurrentThread();
    }

    /**
     * Demands that waiting for a producer's sends can come to an end: a completion listener must
     * not wait for itself, nor for what comes after it.
     *
     * @throws IllegalStateException if it would
     */
    void checkMayAwait(Object producer) throws IllegalStateException {
        synchronized (incomplete) {
            if (isCurrentThread() && incomplete.containsKey(producer)) {
                throw new IllegalStateException(
                        "a producer can't be closed from a completion listener of its own");
            }
        }
    }

    /** Waits until every send is complete and every listener has returned. */
    void awaitAll() {
        synchronized (incomplete) {
            boolean interrupted = false;
            while (!incomplete.isEmpty()) {
                interrupted |= waitForChange();
            }
            restore(interrupted);
        }
    }

    /** Waits until every send of a producer is complete and its listeners have returned. */
    void await(Object producer) {
        synchronized (incomplete) {
            boolean interrupted = false;
            while (incomplete.containsKey(producer)) {
                interrupted |= waitForChange();
            }
            restore(interrupted);
        }
    }

    private boolean waitForChange() {
        try {
            incomplete.wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listeners read bytes without resetting them (Javadoc of {@code BytesMessage}). */
    private static void makeReadable(Message message) {
        if (message instanceof BytesMessage bytes) {
            try {
                bytes.reset();
            } catch (JMSException e) {
                LOG.warn("a sent message refuses to be reset for its completion listener", e);
            }
        }
    }

    private void call(
            Object producer, CompletionListener listener, Message message, Throwable failure) {
        try {
            makeReadable(message);
            if (failure == null) {
                listener.onCompletion(message);
            } else {
                listener.onException(message, JmsErrors.of(failure));
            }
        } catch (RuntimeException e) {
            LOG.warn("a completion listener threw", e);
        } finally {
            abandon(producer);
        }
    }
}
