// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;

/** A producer and consumer that do nothing, so that what stands before them is all there is. */
final class Idle implements MessageProducer, MessageConsumer {
    private final Message message;

    /** Makes it receive always the same message. */
    Idle(Message message) {
        this.message = message;
    }

    @Override
    public Message receive() {
        return message;
    }

    @Override
    public Message receive(long timeoutMs) {
        return message;
    }

    @Override
    public Message receiveNoWait() {
        return message;
    }

    @Override
    public String getMessageSelector() {
        return null;
    }

    @Override
    public MessageListener getMessageListener() {
        return null;
    }

    @Override
    public void setMessageListener(MessageListener listener) {}

    @Override
    public void send(Message sent) {}

    @Override
    public void send(Message sent, int mode, int priority, long timeToLiveMs) {}

    @Override
    public void send(Destination destination, Message sent) {}

    @Override
    public void send(
            Destination destination, Message sent, int mode, int priority, long timeToLiveMs) {}

    @Override
    public void send(Message sent, CompletionListener listener) {}

    @Override
    public void send(
            Message sent, int mode, int priority, long timeToLiveMs, CompletionListener listener) {}

    @Override
    public void send(Destination destination, Message sent, CompletionListener listener) {}

    @Override
    public void send(
            Destination destination,
            Message sent,
            int mode,
            int priority,
            long timeToLiveMs,
            CompletionListener listener) {}

    @Override
    public void setDisableMessageID(boolean value) {}

    @Override
    public boolean getDisableMessageID() {
        return false;
    }

    @Override
    public void setDisableMessageTimestamp(boolean value) {}

    @Override
    public boolean getDisableMessageTimestamp() {
        return false;
    }

    @Override
    public void setDeliveryMode(int mode) {}

    @Override
    public int getDeliveryMode() {
        return 2;
    }

    @Override
    public void setPriority(int priority) {}

    @Override
    public int getPriority() {
        return 4;
    }

    @Override
    public void setTimeToLive(long timeToLiveMs) {}

    @Override
    public long getTimeToLive() {
        return 0;
    }

    @Override
    public void setDeliveryDelay(long delayMs) {}

    @Override
    public long getDeliveryDelay() {
        return 0;
    }

    @Override
    public Destination getDestination() {
        return null;
    }

    @Override
    public void close() {}
}
