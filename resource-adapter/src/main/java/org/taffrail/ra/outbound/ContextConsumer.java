// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageListener;

/** A consumer of the simplified API, over one of the classic API. */
final class ContextConsumer implements JMSConsumer {
    private final MessageConsumer consumer;

    ContextConsumer(MessageConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public String getMessageSelector() {
        return Unchecked.get(consumer::getMessageSelector);
    }

    @Override
    public MessageListener getMessageListener() {
        throw Refusals.notInAServerUnchecked("getMessageListener");
    }

    @Override
    public void setMessageListener(MessageListener listener) {
        throw Refusals.notInAServerUnchecked("setMessageListener");
    }

    @Override
    public Message receive() {
        return Unchecked.get(consumer::receive);
    }

    @Override
    public Message receive(long timeout) {
        return Unchecked.get(() -> consumer.receive(timeout));
    }

    @Override
    public Message receiveNoWait() {
        return Unchecked.get(consumer::receiveNoWait);
    }

    /** A message whose body is of another type has been received, as in a transaction. */
    private static <T> T body(Message message, Class<T> type) throws JMSException {
        if (message == null) {
            return null;
        }
        T body = message.getBody(type);
        if (body == null) {
            throw new MessageFormatException("the message has no body");
        }
        return body;
    }

    @Override
    public <T> T receiveBody(Class<T> type) {
        return Unchecked.get(() -> body(consumer.receive(), type));
    }

    @Override
    public <T> T receiveBody(Class<T> type, long timeout) {
        return Unchecked.get(() -> body(consumer.receive(timeout), type));
    }

    @Override
    public <T> T receiveBodyNoWait(Class<T> type) {
        return Unchecked.get(() -> body(consumer.receiveNoWait(), type));
    }

    @Override
    public void close() {
        Unchecked.run(consumer::close);
    }
}
