// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;

import java.lang.reflect.Method;

/** Makes the endpoints of one bean, and knows how it wants its messages. */
final class Endpoints {
    private final MessageEndpointFactory factory;
    private final Method onMessage;
    private final boolean transacted;
    private final boolean dupsOk;

    /**
     * Asks how messages are wanted.
     *
     * @throws ResourceException if the endpoint is no message listener
     */
    Endpoints(MessageEndpointFactory factory, boolean dupsOk) throws ResourceException {
        this.factory = factory;
        this.dupsOk = dupsOk;
        try {
            onMessage = MessageListener.class.getMethod("onMessage", Message.class);
            transacted = factory.isDeliveryTransacted(onMessage);
        } catch (NoSuchMethodException e) {
            throw new ResourceException("the endpoint is no jakarta.jms.MessageListener", e);
        }
    }

    boolean transacted() {
        return transacted;
    }

    /** Returns what the server calls the endpoint, for the log. */
    String name() {
        String name = factory.getActivationName();
        return name == null ? String.valueOf(factory) : name;
    }

    /**
     * Makes the session in which messages are received.
     *
     * @throws JMSException if the broker refuses
     */
    Session session(XAConnection connection) throws JMSException {
        return transacted
                ? connection.createXASession()
                : connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
    }

    /**
     * Makes an endpoint for a session.
     *
     * @throws ResourceException if the server has none now
     */
    Delivery delivery(Session session) throws ResourceException {
        if (session instanceof XASession enlisted && transacted) {
            MessageEndpoint endpoint = factory.createEndpoint(enlisted.getXAResource());
            return new TransactedDelivery(endpoint, onMessage);
        }
        return new AcknowledgedDelivery(factory.createEndpoint(null), session, dupsOk);
    }
}
