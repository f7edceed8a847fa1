// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** A consumer of the simplified API. */
final class TaffrailJMSConsumer implements JMSConsumer {
    private final ConsumerCore core;

    TaffrailJMSConsumer(ConsumerCore core) {
        this.core = core;
    }

    private ConsumerCore open() throws JMSException {
        core.checkOpen();
        return core;
    }

    @Override
    public String getMessageSelector() {
        return Unchecked.get(() -> open().spec().selector());
    }

    @Override
    public MessageListener getMessageListener() {
        return Unchecked.get(() -> open().listener());
    }

    @Override
    public void setMessageListener(MessageListener listener) {
        Unchecked.run(() -> open().setListener(listener));
    }

    @Override
    public Message receive() {
        return Unchecked.get(() -> core.receive(ReceiveTimeout.FOREVER));
    }

    @Override
    public Message receive(long timeout) {
        return Unchecked.get(() -> core.receive(ReceiveTimeout.of(timeout)));
    }

    @Override
    public Message receiveNoWait() {
        return Unchecked.get(() -> core.receive(ReceiveTimeout.NO_WAIT));
    }

    @Override
    public <T> T receiveBody(Class<T> type) {
        return Unchecked.get(() -> core.receiveBody(type, ReceiveTimeout.FOREVER));
    }

    @Override
    public <T> T receiveBody(Class<T> type, long timeout) {
        return Unchecked.get(() -> core.receiveBody(type, ReceiveTimeout.of(timeout)));
    }

    @Override
    public <T> T receiveBodyNoWait(Class<T> type) {
        return Unchecked.get(() -> core.receiveBody(type, ReceiveTimeout.NO_WAIT));
    }

    @Override
    public void close() {
        Unchecked.run(core::close);
    }
}
