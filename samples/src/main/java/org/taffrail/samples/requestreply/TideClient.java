// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

/**
 * Asks and waits. A request is not persistent and expires when its sender has lost patience: if the
 * broker or the service is away for longer, nobody wants the answer any more, and nobody shall work
 * it out.
 *
 * <p>For one thread, in a session of its own.
 */
abstract class TideClient implements AutoCloseable {
    private final Session session;
    private final MessageProducer requests;

    /** Makes one; its connection is started by whoever opened it. */
    TideClient(Connection connection, TideResources resources) throws JMSException {
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        requests = session.createProducer(resources.requests());
        requests.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
    }

    final Session session() {
        return session;
    }

    /** Where the replies come. */
    abstract Destination replyTo();

    /** Gives the request what its reply will be known by, before it is sent. */
    abstract void mark(Message request) throws JMSException;

    /**
     * Waits for the reply of a request that was sent.
     *
     * @return null if there is none in time
     */
    abstract Message await(Message request, long patienceMs) throws JMSException;

    /**
     * Asks for the next high water.
     *
     * @param name of the request, one of its own
     * @param port where
     * @param after later than when: a number of milliseconds since 1970 is a good choice
     * @param patienceMs how long to wait, in milliseconds, at least 1
     */
    Answer ask(String name, String port, Object after, long patienceMs) throws JMSException {
        MapMessage request = TideProtocol.request(session, name, port, after);
        request.setJMSReplyTo(replyTo());
        mark(request);
        requests.setTimeToLive(patienceMs);
        requests.send(request);
        return Answer.of(await(request, patienceMs));
    }

    @Override
    public void close() throws JMSException {
        session.close();
    }
}
