// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;

/**
 * One producer with a connection and session of its own; used by one thread.
 *
 * <p>The sequence numbers it is given count up from 0 without a gap, over its whole life.
 */
abstract sealed class Sender implements AutoCloseable
        permits SyncSender, TransactedSender, AsyncSender {
    /** What a sender needs to know; the same for all senders of a run. */
    record Setting(Provider provider, DestinationName destination, Sending sending, long runId) {}

    final Clock clock;
    final Session session;
    final MessageProducer producer;
    final Acknowledged acknowledged;
    private final Connection connection;
    private final long runId;
    private final byte[] body;

    Sender(Setting setting, int number, Clock clock, Acknowledged acknowledged, RunFailure failure)
            throws JMSException {
        this.clock = clock;
        this.acknowledged = acknowledged;
        this.runId = setting.runId;
        MessageShape shape = setting.sending.shape();
        this.body = Stamp.newBody(shape.sizeBytes(), number);
        SendMode mode = setting.sending.mode();
        if (mode == SendMode.XA) {
            XAConnection xaConnection = setting.provider.connectXa(failure);
            this.connection = xaConnection;
            this.session = xaConnection.createXASession();
        } else {
            this.connection = setting.provider.connect(failure);
            this.session =
                    connection.createSession(
                            mode == SendMode.TRANSACTED
                                    ? Session.SESSION_TRANSACTED
                                    : Session.AUTO_ACKNOWLEDGE);
        }
        this.producer = session.createProducer(setting.provider.find(session, setting.destination));
        producer.setDeliveryMode(
                shape.persistent() ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
        connection.start();
    }

    static Sender open(
            Setting setting, int number, Clock clock, Acknowledged acknowledged, RunFailure failure)
            throws JMSException {
        return switch (setting.sending.mode()) {
            case SYNC -> new SyncSender(setting, number, clock, acknowledged, failure);
            case TRANSACTED -> new TransactedSender(setting, number, clock, acknowledged, failure);
            case XA -> new XaSender(setting, number, clock, acknowledged, failure);
            case ASYNC -> new AsyncSender(setting, number, clock, acknowledged, failure);
        };
    }

    /**
     * Sends one message.
     *
     * @param stamp what to write into it
     * @throws JMSException if the provider refuses
     */
    abstract void send(Stamp stamp) throws JMSException;

    /**
     * Brings what was sent to its acknowledgement: commits the rest of a batch, or waits for the
     * completions that are missing.
     *
     * @throws JMSException if the provider refuses, or leaves completions out
     */
    abstract void settle() throws JMSException;

    final BytesMessage message(Stamp stamp) throws JMSException {
        stamp.write(runId, body);
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        return message;
    }

    @Override
    public final void close() throws JMSException {
        connection.close();
    }
}
