// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.apache.kafka.clients.producer.ProducerRecord;

/** The methods of {@code MessageProducer}: a topic, and the partition of it that this writes to. */
final class KafkaSending {
    private final Outlet outlet;
    private final String topic;
    private final int partition;
    private final int asyncLingerMs;

    /**
     * A producer.
     *
     * @param outlet the session's
     * @param topic where to
     * @param partition the partition that all its messages go to
     * @param asyncLingerMs for how long an asynchronous send may wait for others
     */
    KafkaSending(Outlet outlet, String topic, int partition, int asyncLingerMs) {
        this.outlet = outlet;
        this.topic = topic;
        this.partition = partition;
        this.asyncLingerMs = asyncLingerMs;
    }

    void setDeliveryMode(int mode) {
        // every message is written: there is no other mode
    }

    void send(Message message) throws JMSException {
        outlet.send(toSend(message));
    }

    void send(Message message, CompletionListener listener) throws JMSException {
        outlet.send(
                toSend(message),
                asyncLingerMs,
                (written, failure) -> {
                    if (failure == null) {
                        listener.onCompletion(message);
                    } else {
                        listener.onException(message, failure);
                    }
                });
    }

    private ProducerRecord<byte[], byte[]> toSend(Message message) throws JMSException {
        byte[] body = Facade.part(message, KafkaBody.class).bytes();
        return new ProducerRecord<>(topic, partition, null, body);
    }

    void close() {
        // the session closes what it has sent through
    }
}
