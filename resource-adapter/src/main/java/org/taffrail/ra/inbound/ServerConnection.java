// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.resource.ResourceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.jms.AwaitingConsumer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import javax.naming.NamingException;

/**
 * One connection of an activation, and its sessions: one always, more while all are busy. It is
 * over once, by a loss or by the end of the activation; then nothing new is delivered.
 *
 * <p>Thread-safe.
 */
final class ServerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    /** After how long without a message an additional session is given up. */
    private static final long IDLE_MS = 30_000;

    /** How many deliveries may fail in a row before the connection is given up. */
    private static final int FAILURES_MAX = 10;

    private final Activation activation;
    private final String ownName = "taffrail-ra-" + UUID.randomUUID();
    private final Set<DeliverySession> sessions = new LinkedHashSet<>();
    private volatile XAConnection connection;
    private volatile Destination source;
    private volatile boolean over;
    private volatile boolean proven;
    private int waiting;

    ServerConnection(Activation activation) {
        this.activation = activation;
    }

    /**
     * Connects and makes the first session.
     *
     * @throws NamingException if something that is to be looked up is not there
     * @throws JMSException if the broker is not there or refuses
     * @throws ResourceException if the server has no endpoint now
     */
    DeliverySession open() throws NamingException, JMSException, ResourceException {
        source = activation.subscription().destination().find();
        connection = activation.subscription().factory().find().createXAConnection();
        connection.setExceptionListener(e -> activation.lostElsewhere(this, e));
        DeliverySession first = newSession();
        connection.start();
        return first;
    }

    private DeliverySession newSession() throws JMSException, ResourceException {
        Session session = activation.endpoints().session(connection);
        boolean done = false;
        try {
            Delivery delivery = activation.endpoints().delivery(session);
            try {
                AwaitingConsumer consumer =
                        (AwaitingConsumer)
                                activation.subscription().consumer(session, source, ownName);
                DeliverySession made = new DeliverySession(this, session, consumer, delivery);
                add(made);
                done = true;
                return made;
            } finally {
                if (!done) {
                    delivery.release();
                }
            }
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    private synchronized void add(DeliverySession made) {
        sessions.add(made);
        if (over) {
            made.end();
        }
    }

    private synchronized void remove(DeliverySession ended) {
        sessions.remove(ended);
    }

    /** Tells whether something was delivered, or could have been for a while. */
    boolean isProven() {
        return proven;
    }

    boolean isOver() {
        return over;
    }

    /** Delivers in one more session, which was asked for, until there is nothing to do for it. */
    void workInAnotherSession() {
        DeliverySession made;
        try {
            made = newSession();
        } catch (JMSException | ResourceException | RuntimeException e) {
            activation.sessionEnded();
            activation.notGrown(e);
            return;
        }
        work(made, false);
    }

    /**
     * Delivers in a session until this is over.
     *
     * @param lasting whether the session stays when there is nothing to do
     */
    void work(DeliverySession session, boolean lasting) {
        int failures = 0;
        try {
            while (!over) {
                if (await(session)) {
                    failures = delivered(session) ? 0 : failures + 1;
                    if (failures == FAILURES_MAX) {
                        throw new JMSException(
                                failures + " deliveries failed, one after the other");
                    }
                } else if (!lasting) {
                    break;
                }
                if (!over) {
                    proven = true;
                    activation.proven();
                }
            }
        } catch (JMSException | ResourceException | RuntimeException e) {
            activation.lost(this, e);
        } finally {
            remove(session);
            session.release();
            if (!over) {
                session.closeSession();
            }
            activation.sessionEnded();
        }
    }

    /**
     * Delivers. A message that can't be taken or settled does not end the connection: if that is
     * lost, the next wait says so.
     */
    private static boolean delivered(DeliverySession session) throws ResourceException {
        try {
            session.deliver();
            return true;
        } catch (JMSException e) {
            LOG.debug("event=message_not_delivered", e);
            return false;
        }
    }

    /** Waits for a message; who gets one while nobody else waits asks for one more session. */
    private boolean await(DeliverySession session) throws JMSException {
        boolean there;
        boolean last;
        waits(1);
        try {
            there = session.await(IDLE_MS);
        } finally {
            last = waits(-1) == 0;
        }
        if (there && last) {
            activation.grow(this);
        }
        return there && !over;
    }

    private synchronized int waits(int more) {
        waiting += more;
        return waiting;
    }

    /** Ends it: who waits waits no more, and what is delivered goes on to its end. */
    void end() {
        List<DeliverySession> ended;
        synchronized (this) {
            over = true;
            ended = List.copyOf(sessions);
        }
        ended.forEach(DeliverySession::end);
    }

    /** Closes the connection, whatever is under way. */
    void close() {
        XAConnection closing = connection;
        if (closing != null) {
            try {
                closing.close();
            } catch (JMSException e) {
                LOG.debug("event=connection_not_closed", e);
            }
        }
    }
}
