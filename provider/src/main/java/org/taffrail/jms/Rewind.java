// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The way in which messages that an application has seen are given back, so that they come again at
 * their places: takes the credit of the consumers back, releases, gives back what was sent ahead,
 * and only when all has been answered grants credit anew. The order of the frames is the point; the
 * broker handles them in order.
 *
 * <p>Here alone the locks of several sessions are held at once: those of the sessions that have
 * worked in one transaction, taken in the order of the sessions' numbers.
 */
final class Rewind {
    private final List<SessionCore> sessions;
    private final Collection<ConsumerCore> consumers;

    /**
     * Prepares.
     *
     * @param sessions whose messages are given back, in the order of their numbers; not empty
     * @param consumers those of them that could otherwise hand out later messages first
     */
    Rewind(List<SessionCore> sessions, Collection<ConsumerCore> consumers) {
        this.sessions = sessions;
        this.consumers = consumers;
    }

    /**
     * Prepares for all consumers of sessions.
     *
     * @param sessions in the order of their numbers; not empty
     */
    static Rewind of(List<SessionCore> sessions) {
        return new Rewind(
                sessions,
                sessions.stream().flatMap(session -> session.consumers().stream()).toList());
    }

    /**
     * Does it.
     *
     * @param release gives the messages back; called under the sessions' locks
     * @throws JMSException what that fails with
     */
    void run(Supplier<CompletableFuture<Void>> release) throws JMSException {
        CompletableFuture<Void> released;
        lock();
        try {
            consumers.forEach(consumer -> consumer.inbox().beginRewind());
            released = release.get();
            consumers.forEach(consumer -> consumer.inbox().giveBack());
        } finally {
            unlock();
        }
        try {
            sessions.get(0).replies().await(released);
        } finally {
            lock();
            try {
                consumers.forEach(consumer -> consumer.inbox().endRewind());
            } finally {
                unlock();
            }
        }
    }

    private void lock() {
        sessions.forEach(session -> session.state().lock());
    }

    private void unlock() {
        sessions.forEach(session -> session.state().unlock());
    }
}
