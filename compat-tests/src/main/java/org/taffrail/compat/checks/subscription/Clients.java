// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;

/** What checks of subscriptions do again and again. */
final class Clients {
    private Clients() {}

    /** Opens a started connection with a client id. */
    static Connection connect(Scene scene, String clientId) throws JMSException {
        Connection connection = scene.closing(scene.factory().createConnection());
        connection.setClientID(clientId);
        connection.start();
        return connection;
    }

    /** Opens a session on a started connection with a client id that nobody else has. */
    static Session session(Scene scene) throws JMSException {
        return connect(scene, scene.name()).createSession();
    }

    /** Publishes texts with a property {@code number} of 0, 1, 2 and so on. */
    static void publish(Session session, Topic topic, String... texts) throws JMSException {
        try (MessageProducer producer = session.createProducer(topic)) {
            for (int i = 0; i < texts.length; i++) {
                Message message = session.createTextMessage(texts[i]);
                message.setIntProperty("number", i);
                producer.send(message);
            }
        }
    }

    /** Demands that a subscriber gets just these texts, and nothing after them. */
    static void gets(Scene scene, MessageConsumer subscriber, String... texts) throws JMSException {
        Expect.equal(List.of(texts), scene.texts(subscriber, texts.length), "received");
        scene.receivesNothing(subscriber);
    }

    /** Demands that consumers together get so many messages, each once, and some each. */
    static void share(Scene scene, int count, MessageConsumer first, MessageConsumer second)
            throws JMSException {
        List<String> texts = new ArrayList<>();
        int[] each = new int[2];
        scene.await(
                "all " + count + " messages come",
                () -> {
                    each[0] += take(first, texts);
                    each[1] += take(second, texts);
                    return texts.size() >= count;
                });
        scene.receivesNothing(first);
        scene.receivesNothing(second);
        Expect.equal(count, (int) texts.stream().distinct().count(), "different messages");
        Expect.equal(count, texts.size(), "messages");
    }

    private static int take(MessageConsumer consumer, List<String> texts) throws JMSException {
        Message message = consumer.receive(5);
        if (message == null) {
            return 0;
        }
        texts.add(Scene.text(message));
        return 1;
    }
}
