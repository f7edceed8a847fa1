// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import java.util.concurrent.locks.LockSupport;

/**
 * One of the instances that compete for the requests. Taking a request and sending its reply are
 * one transaction: whatever happens to an instance, a request is answered once, by it or by
 * another.
 *
 * <p>What it can't answer it refuses, in a reply. What it stumbles over it rolls back, and the
 * provider gives it out again until its limit is reached.
 *
 * <p>Runs in a thread of its own, which is the only one to use the session.
 */
final class TideService implements Runnable {
    /** A port whose gauge is read by telephone; the answer takes {@link #SURVEY_MS}. */
    static final String REMOTE_PORT = "Longyearbyen";

    static final long SURVEY_MS = 600;

    private static final long POLL_MS = 100;

    private final String name;
    private final Session session;
    private final MessageConsumer requests;
    private final MessageProducer replies;
    private final ServiceBook book;
    private volatile boolean closing;

    TideService(String name, Connection connection, TideResources resources, ServiceBook book)
            throws JMSException {
        this.name = name;
        this.book = book;
        session = connection.createSession(true, Session.SESSION_TRANSACTED);
        requests = session.createConsumer(resources.requests());
        replies = session.createProducer(null);
        replies.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
    }

    /**
     * Asks it to stop, after the request in hand. What the provider has sent it ahead goes back,
     * and to the others. May be called from any thread.
     */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                Message request = requests.receive(POLL_MS);
                if (request != null) {
                    process(request);
                }
            }
            session.close();
        } catch (JMSException e) {
            book.fault(name + ": " + e);
        }
    }

    private void process(Message request) throws JMSException {
        book.handedOut(request.getStringProperty(TideProtocol.REQUEST));
        try {
            Message reply = reply((MapMessage) request);
            boolean inTime = send(request, reply);
            session.commit();
            if (inTime) {
                book.answered(name);
            } else {
                book.tooLate();
            }
        } catch (NumberFormatException | ClassCastException e) {
            session.rollback();
        }
    }

    private Message reply(MapMessage request) throws JMSException {
        String port = request.getString(TideProtocol.PORT);
        if (REMOTE_PORT.equals(port)) {
            readGaugeByTelephone();
            return TideProtocol.fault(session, "nobody answers at " + port);
        }
        if (!TideTable.covers(port)) {
            return TideProtocol.fault(session, "there is no tide table for " + port);
        }
        return TideProtocol.answer(
                session, TideTable.next(port, request.getLong(TideProtocol.AFTER)));
    }

    private static void readGaugeByTelephone() {
        long endNanos = System.nanoTime() + SURVEY_MS * 1_000_000;
        for (long left = SURVEY_MS * 1_000_000; left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Sends the reply, which lives no longer than its request; or does not, if that is over. */
    private boolean send(Message request, Message reply) throws JMSException {
        long leftMs = Message.DEFAULT_TIME_TO_LIVE;
        if (request.getJMSExpiration() != 0) {
            leftMs = request.getJMSExpiration() - System.currentTimeMillis();
            if (leftMs <= 0) {
                return false;
            }
        }
        reply.setJMSCorrelationID(TideProtocol.correlationOf(request));
        replies.setTimeToLive(leftMs);
        replies.send(request.getJMSReplyTo(), reply);
        return true;
    }
}
