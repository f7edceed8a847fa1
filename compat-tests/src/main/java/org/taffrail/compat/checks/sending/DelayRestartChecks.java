// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** Delayed messages for a topic's subscribers while the provider is restarted. */
final class DelayRestartChecks {
    private static final long DELAY_MS = 5_000;

    @Check(
            section = "7.9",
            says =
                    "A delayed message of a durable subscription survives a restart with its delivery"
                            + " time, and is not delivered before.",
            restarts = true)
    void keepsDelaysOfSubscriptions(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String topicName = topic.getTopicName();
        String clientId = scene.name();
        String name = scene.name();
        Session before = session(scene, clientId);
        before.createDurableConsumer(topic, name).close();
        MessageProducer producer = before.createProducer(topic);
        producer.setDeliveryDelay(DELAY_MS);
        Message message = before.createTextMessage("later");
        producer.send(message);
        long due = message.getJMSDeliveryTime();

        scene.restart();

        Session after = session(scene, clientId);
        try (MessageConsumer subscriber =
                after.createDurableConsumer(after.createTopic(topicName), name)) {
            Message received = scene.receive(subscriber);
            long now = System.currentTimeMillis();
            Expect.that(now >= due, "it came " + (due - now) + " ms too early");
            Expect.equal("later", Scene.text(received), "received");
            Expect.equal(due, received.getJMSDeliveryTime(), "its delivery time");
        }
        after.unsubscribe(name);
    }

    private static Session session(Scene scene, String clientId) throws JMSException {
        Connection connection = scene.connect();
        connection.setClientID(clientId);
        connection.start();
        return connection.createSession();
    }
}
