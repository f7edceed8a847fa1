// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.resource.ResourceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.jms.AwaitingConsumer;

/**
 * A session with its consumer and its endpoint: what one thread delivers with. Only {@link #end}
 * may come from another thread.
 */
final class DeliverySession {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverySession.class);

    private final ServerConnection connection;
    private final Session session;
    private final AwaitingConsumer consumer;
    private final Delivery delivery;
    private Thread waiting;
    private boolean ended;
    private boolean interrupted;

    DeliverySession(
            ServerConnection connection,
            Session session,
            AwaitingConsumer consumer,
            Delivery delivery) {
        this.connection = connection;
        this.session = session;
        this.consumer = consumer;
        this.delivery = delivery;
    }

    ServerConnection connection() {
        return connection;
    }

    /**
     * Waits for a message, outside of any transaction.
     *
     * @return whether there is one; not when this has ended
     * @throws JMSException if the connection is lost
     */
    boolean await(long timeoutMs) throws JMSException {
        if (consumer.awaitMessage(0)) {
            return true;
        }
        delivery.idle();
        synchronized (this) {
            if (ended) {
                return false;
            }
            waiting = Thread.currentThread();
        }
        try {
            return consumer.awaitMessage(timeoutMs);
        } catch (JMSException e) {
            if (hasEnded()) {
                return false;
            }
            throw e;
        } finally {
            synchronized (this) {
                waiting = null;
                if (interrupted) {
                    // by end: the thread is the server's, and nobody else's business
                    Thread.interrupted();
                }
            }
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    void deliver() throws JMSException, ResourceException {
        delivery.deliver(consumer);
    }

    /** Ends the wait, and each that would follow. A delivery goes on to its end. */
    synchronized void end() {
        ended = true;
        if (waiting != null && !interrupted) {
            interrupted = true;
            waiting.interrupt();
        }
    }

    /** Settles what was put off, and gives the endpoint back; the connection may be lost. */
    void release() {
        try {
            delivery.idle();
        } catch (JMSException e) {
            LOG.debug("event=not_acknowledged_at_the_end", e);
        }
        delivery.release();
    }

    /** Closes the session, whose connection goes on. */
    void closeSession() {
        try {
            session.close();
        } catch (JMSException e) {
            LOG.debug("event=session_not_closed", e);
        }
    }
}
