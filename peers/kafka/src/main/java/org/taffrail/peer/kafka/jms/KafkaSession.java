// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The methods of {@code Session}. A transacted one either sends or receives: a transaction of Kafka
 * that does both would be another thing than what is measured. One in which the application
 * acknowledges has one consumer.
 */
final class KafkaSession {
    private final KafkaConnection connection;
    private final int mode;
    private final Outlet outlet;
    private final List<KafkaReceiving> consumers = new ArrayList<>();
    private boolean sending;

    KafkaSession(KafkaConnection connection, int mode) {
        this.connection = connection;
        this.mode = mode;
        boolean transacted = mode == Session.SESSION_TRANSACTED;
        String transactionalId = transacted ? UUID.randomUUID().toString() : null;
        this.outlet =
                new Outlet(
                        lingerMs ->
                                Clients.producer(connection.settings(), lingerMs, transactionalId),
                        transacted);
    }

    BytesMessage createBytesMessage() {
        return Facade.of(BytesMessage.class, new KafkaBody());
    }

    Queue createQueue(String name) {
        return Facade.of(Queue.class, new Named(name, false));
    }

    Topic createTopic(String name) {
        return Facade.of(Topic.class, new Named(name, true));
    }

    MessageProducer createProducer(Destination destination) throws JMSException {
        refuse(mode == Session.SESSION_TRANSACTED && !consumers.isEmpty());
        sending = true;
        String topic = Facade.part(destination, Named.class).name();
        int partition = connection.topics().find(topic).nextPartition();
        int lingerMs = connection.settings().asyncLingerMs(topic);
        return Facade.of(
                MessageProducer.class, new KafkaSending(outlet, topic, partition, lingerMs));
    }

    MessageConsumer createConsumer(Destination destination) throws JMSException {
        Named named = Facade.part(destination, Named.class);
        return consumer(named, named.topic() ? Group.ofSubscriber() : Group.ofQueue(named.name()));
    }

    MessageConsumer createConsumer(Destination destination, String selector) throws JMSException {
        if (selector != null && !selector.isEmpty()) {
            throw new JMSException("Kafka has no selectors");
        }
        return createConsumer(destination);
    }

    MessageConsumer createDurableConsumer(Topic topic, String name) throws JMSException {
        return consumer(
                Facade.part(topic, Named.class), Group.ofDurable(connection.clientId(), name));
    }

    private MessageConsumer consumer(Named named, Group group) throws JMSException {
        boolean alone = mode == Session.SESSION_TRANSACTED || mode == Session.CLIENT_ACKNOWLEDGE;
        refuse(mode == Session.SESSION_TRANSACTED && sending || alone && !consumers.isEmpty());
        int partitions = connection.topics().find(named.name()).partitions();
        Intake intake = Intake.open(connection.settings(), named.name(), partitions, group, mode);
        KafkaReceiving consumer = new KafkaReceiving(intake, connection, this);
        consumers.add(consumer);
        return Facade.of(MessageConsumer.class, consumer);
    }

    private static void refuse(boolean mixed) throws JMSException {
        if (mixed) {
            throw new JMSException(
                    "Here, a transacted session sends or receives, and one in which the"
                            + " application acknowledges has one consumer");
        }
    }

    void unsubscribe(String name) throws JMSException {
        connection.topics().forget(Group.ofDurable(connection.clientId(), name));
    }

    void commit() throws JMSException {
        outlet.commit();
        for (KafkaReceiving consumer : consumers) {
            consumer.acknowledge();
        }
    }

    void start() throws JMSException {
        for (KafkaReceiving consumer : consumers) {
            consumer.start();
        }
    }

    void stop() throws JMSException {
        for (KafkaReceiving consumer : consumers) {
            consumer.stop();
        }
    }

    void close() throws JMSException {
        for (KafkaReceiving consumer : consumers) {
            consumer.close();
        }
        outlet.close();
    }
}
