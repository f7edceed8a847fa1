// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.reflect.Method;

/**
 * Each message in a transaction of the server, which is begun for it, and received in the branch
 * that the server has started then (Jakarta Connectors 13.5.6, option B). The server ends it: with
 * its rollback, for whatever reason, the message comes again and counts.
 */
final class TransactedDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(TransactedDelivery.class);

    private final MessageEndpoint endpoint;
    private final Method onMessage;

    TransactedDelivery(MessageEndpoint endpoint, Method onMessage) {
        this.endpoint = endpoint;
        this.onMessage = onMessage;
    }

    @Override
    public void deliver(MessageConsumer consumer) throws JMSException, ResourceException {
        try {
            endpoint.beforeDelivery(onMessage);
        } catch (NoSuchMethodException e) {
            throw new ResourceException("the server does not know onMessage", e);
        }
        try {
            Message message = consumer.receiveNoWait();
            if (message != null) {
                listen(message);
            }
        } finally {
            end();
        }
    }

    private void listen(Message message) {
        try {
            ((MessageListener) endpoint).onMessage(message);
        } catch (RuntimeException | Error e) {
            LOG.debug("event=delivery_failed endpoint=\"{}\"", endpoint, e);
        }
    }

    /** The transaction that ends otherwise than wanted is known to the server, which logs it. */
    private void end() {
        try {
            endpoint.afterDelivery();
        } catch (ResourceException | RuntimeException e) {
            LOG.debug("event=transaction_not_committed endpoint=\"{}\"", endpoint, e);
        }
    }

    @Override
    public void idle() {
        // each transaction settles its own
    }

    @Override
    public void release() {
        endpoint.release();
    }
}
