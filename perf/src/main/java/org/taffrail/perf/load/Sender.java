// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;

import java.util.ArrayList;
import java.util.List;

/**
 * One producer with a connection and session of its own; used by one thread.
 *
 * <p>The sequence numbers it is given count up from 0 without a gap, over its whole life.
 */
abstract sealed class Sender implements AutoCloseable
        permits SyncSender, TransactedSender, AsyncSender, RequestSender {
    /** What a sender needs to know; the same for all senders of a run. */
    record Setting(RunContext run, Route route, Sending sending, Acknowledged acknowledged) {}

    final Clock clock;
    final Session session;
    final Acknowledged acknowledged;
    private final Connection connection;
    private final Route route;
    private final List<MessageProducer> producers = new ArrayList<>();
    private final long runId;
    private final byte[] body;

    Sender(Setting setting, int number) throws JMSException {
        this.clock = setting.run.clock();
        this.acknowledged = setting.acknowledged;
        this.route = setting.route;
        this.runId = setting.run.id();
        Provider provider = setting.run.provider();
        MessageShape shape = setting.sending.shape();
        this.body = Stamp.newBody(shape.sizeBytes(), number);
        SendMode mode = setting.sending.mode();
        if (mode == SendMode.XA) {
            XAConnection xaConnection = provider.connectXa(setting.run.failure());
            this.connection = xaConnection;
            this.session = xaConnection.createXASession();
        } else {
            this.connection = provider.connect(setting.run.failure());
            this.session =
                    connection.createSession(
                            mode == SendMode.TRANSACTED
                                    ? Session.SESSION_TRANSACTED
                                    : Session.AUTO_ACKNOWLEDGE);
        }
        for (DestinationName destination : route.destinations()) {
            MessageProducer producer = session.createProducer(provider.find(session, destination));
            producer.setDeliveryMode(
                    shape.persistent() ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
            producers.add(producer);
        }
        connection.start();
    }

    static Sender open(Setting setting, int number) throws JMSException {
        return switch (setting.sending.mode()) {
            case SYNC -> new SyncSender(setting, number);
            case TRANSACTED -> new TransactedSender(setting, number);
            case XA -> new XaSender(setting, number);
            case REQUEST -> new RequestSender(setting, number);
            case ASYNC -> new AsyncSender(setting, number);
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
        if (route.way() == Route.Way.SELECTED) {
            message.setIntProperty(Route.PART, route.partOf(stamp));
        }
        return message;
    }

    /** The producer for the destination of a message. */
    final MessageProducer producerFor(Stamp stamp) {
        return producers.get(route.destinationOf(stamp));
    }

    /** What came back to this sender; null if nothing does. */
    ReceivedLog replies() {
        return null;
    }

    @Override
    public final void close() throws JMSException {
        connection.close();
    }
}
