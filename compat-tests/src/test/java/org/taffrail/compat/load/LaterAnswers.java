// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.load;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Hears how sends ended that nobody waited for: each once, in the order of the sends (Javadoc of
 * {@code MessageProducer.send}), and all before their producer is closed.
 */
final class LaterAnswers implements CompletionListener {
    private final Ledger ledger;
    private final String idProperty;
    private final Deque<String> awaited = new ArrayDeque<>();

    /**
     * Makes one for the sends of one producer.
     *
     * @param ledger is told
     * @param idProperty the property that says what the sender calls a message
     */
    LaterAnswers(Ledger ledger, String idProperty) {
        this.ledger = ledger;
        this.idProperty = idProperty;
    }

    /** Sends a message. One whose send fails at once is not answered later. */
    void send(MessageProducer producer, Message message) throws JMSException {
        String id = message.getStringProperty(idProperty);
        awaits(id);
        boolean sent = false;
        try {
            producer.send(message, this);
            sent = true;
        } finally {
            if (!sent) {
                failed(id);
            }
        }
    }

    /** Takes note of a send that is about to be made. */
    synchronized void awaits(String id) {
        awaited.addLast(id);
    }

    /** Takes note of a send that has failed, and will not be answered. */
    synchronized void failed(String id) {
        if (!awaited.removeLastOccurrence(id)) {
            ledger.violated("AnsweredOnce: the send of " + id + " failed and was answered too");
        }
        ledger.ended(List.of(id), null, Ledger.Outcome.IN_DOUBT);
    }

    @Override
    public void onCompletion(Message message) {
        answered(message, Ledger.Outcome.DONE);
    }

    @Override
    public void onException(Message message, Exception failure) {
        answered(message, Ledger.Outcome.IN_DOUBT);
    }

    private void answered(Message message, Ledger.Outcome outcome) {
        try {
            answered(message.getStringProperty(idProperty), outcome);
        } catch (JMSException e) {
            ledger.violated("AnsweredOnce: with a message that can't be read, " + e);
        }
    }

    /** Takes note of an answer. */
    synchronized void answered(String id, Ledger.Outcome outcome) {
        String first = awaited.pollFirst();
        if (!id.equals(first)) {
            ledger.violated("AnsweredInOrder: " + id + " where " + first + " was due");
        }
        ledger.ended(List.of(id), null, outcome);
    }

    /** Checks that nothing is left to be answered, after the producer was closed. */
    synchronized void checkAll() {
        if (!awaited.isEmpty()) {
            ledger.violated("AnsweredBeforeClosed: not " + awaited);
        }
    }
}
