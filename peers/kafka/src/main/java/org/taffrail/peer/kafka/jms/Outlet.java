// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.JMSException;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

import java.util.function.IntFunction;

/**
 * What a session sends through: one producer of Kafka for all of its producers, in transactions,
 * one after another, if the session is transacted.
 *
 * <p>Used by the session's thread.
 */
final class Outlet {
    private final IntFunction<Producer<byte[], byte[]>> opening;
    private final boolean transacted;

    /** Opened by the first send, as its kind decides how long this lingers. */
    private Producer<byte[], byte[]> producer;

    private boolean inTransaction;

    /**
     * An outlet that is not open yet.
     *
     * @param opening opens a producer that lingers for so many milliseconds
     * @param transacted whether its sends become visible by {@link #commit}
     */
    Outlet(IntFunction<Producer<byte[], byte[]>> opening, boolean transacted) {
        this.opening = opening;
        this.transacted = transacted;
    }

    /**
     * Sends a message, and waits for its acknowledgement; in a transaction the commit waits.
     *
     * @param message the message
     * @throws JMSException if Kafka refuses
     */
    void send(ProducerRecord<byte[], byte[]> message) throws JMSException {
        try {
            if (transacted) {
                begin();
                producer.send(message); // if it fails, so does the commit
            } else {
                open(0);
                Failures.await(producer.send(message));
            }
        } catch (KafkaException e) {
            throw Failures.of(e);
        }
    }

    /**
     * Sends a message without waiting.
     *
     * @param message the message
     * @param lingerMs for how long it may wait for others
     * @param completion hears of the acknowledgement
     * @throws JMSException if Kafka refuses, or the session is transacted
     */
    void send(ProducerRecord<byte[], byte[]> message, int lingerMs, Callback completion)
            throws JMSException {
        if (transacted) {
            throw new JMSException("No asynchronous sends in a transacted session");
        }
        try {
            open(lingerMs);
            producer.send(message, completion);
        } catch (KafkaException e) {
            throw Failures.of(e);
        }
    }

    private void open(int lingerMs) {
        if (producer == null) {
            producer = opening.apply(lingerMs);
        }
    }

    private void begin() {
        if (producer == null) {
            open(Settings.LINGER_MS); // a commit does not wait for it
            producer.initTransactions();
        }
        if (!inTransaction) {
            producer.beginTransaction();
            inTransaction = true;
        }
    }

    /**
     * Commits what was sent since the last time, and waits until that is done.
     *
     * @throws JMSException if Kafka refuses
     */
    void commit() throws JMSException {
        try {
            if (inTransaction) {
                inTransaction = false;
                producer.commitTransaction();
            }
        } catch (KafkaException e) {
            throw Failures.of(e);
        }
    }

    /** Closes the producer once what was sent is acknowledged; an open transaction is aborted. */
    void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
