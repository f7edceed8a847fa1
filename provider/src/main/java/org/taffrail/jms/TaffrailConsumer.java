// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import jakarta.jms.QueueReceiver;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;

/** A consumer of the classic API. */
abstract class TaffrailConsumer implements AwaitingConsumer {
    private final ConsumerCore core;

    private TaffrailConsumer(ConsumerCore core) {
        this.core = core;
    }

    /** Shows a consumer as what its destination asks for. */
    static TaffrailConsumer of(ConsumerCore core) {
        return core.destination().kind().isQueue() ? new Receiver(core) : new Subscriber(core);
    }

    /** A consumer of a queue. */
    static final class Receiver extends TaffrailConsumer implements QueueReceiver {
        Receiver(ConsumerCore core) {
            super(core);
        }

        @Override
        public Queue getQueue() throws JMSException {
            return (Queue) open().destination();
        }
    }

    /** A consumer of a subscription to a topic. */
    static final class Subscriber extends TaffrailConsumer implements TopicSubscriber {
        Subscriber(ConsumerCore core) {
            super(core);
        }

        @Override
        public Topic getTopic() throws JMSException {
            return (Topic) open().destination();
        }

        @Override
        public boolean getNoLocal() throws JMSException {
            return open().spec().noLocal();
        }
    }

    final ConsumerCore open() throws JMSException {
        core.checkOpen();
        return core;
    }

    @Override
    public final String getMessageSelector() throws JMSException {
        return open().spec().selector();
    }

    @Override
    public final MessageListener getMessageListener() throws JMSException {
        return open().listener();
    }

    @Override
    public final void setMessageListener(MessageListener listener) throws JMSException {
        open().setListener(listener);
    }

    @Override
    public final Message receive() throws JMSException {
        return core.receive(ReceiveTimeout.FOREVER);
    }

    @Override
    public final Message receive(long timeout) throws JMSException {
        return core.receive(ReceiveTimeout.of(timeout));
    }

    @Override
    public final Message receiveNoWait() throws JMSException {
        return core.receive(ReceiveTimeout.NO_WAIT);
    }

    @Override
    public final boolean awaitMessage(long timeoutMs) throws JMSException {
        return core.awaitMessage(timeoutMs);
    }

    @Override
    public final void close() throws JMSException {
        core.close();
    }
}
