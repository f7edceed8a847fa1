// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import jakarta.resource.spi.endpoint.MessageEndpoint;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each message without a transaction that the adapter takes part in: it is acknowledged when the
 * bean has returned, and comes again, and counts, when the bean has thrown. The session is one with
 * CLIENT_ACKNOWLEDGE, so that both are this class's to decide.
 *
 * <p>With {@code Dups-ok-acknowledge} several are acknowledged at once, and together come again.
 */
final class AcknowledgedDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedDelivery.class);

    /** How many are put off at most. */
    private static final int TOGETHER_MAX = 32;

    private final MessageEndpoint endpoint;
    private final Session session;
    private final int together;

    /** Acknowledges all that were delivered; null where none is to be. */
    private Message last;

    private int pending;

    AcknowledgedDelivery(MessageEndpoint endpoint, Session session, boolean dupsOk) {
        this.endpoint = endpoint;
        this.session = session;
        this.together = dupsOk ? TOGETHER_MAX : 1;
    }

    @Override
    public void deliver(MessageConsumer consumer) throws JMSException {
        Message message = consumer.receiveNoWait();
        if (message == null) {
            return;
        }
        try {
            ((MessageListener) endpoint).onMessage(message);
        } catch (RuntimeException | Error e) {
            LOG.debug("event=delivery_failed endpoint=\"{}\"", endpoint, e);
            forget();
            session.recover();
            return;
        }
        last = message;
        pending++;
        if (pending >= together) {
            idle();
        }
    }

    @Override
    public void idle() throws JMSException {
        Message acknowledging = last;
        forget();
        if (acknowledging != null) {
            acknowledging.acknowledge();
        }
    }

    private void forget() {
        last = null;
        pending = 0;
    }

    @Override
    public void release() {
        endpoint.release();
    }
}
