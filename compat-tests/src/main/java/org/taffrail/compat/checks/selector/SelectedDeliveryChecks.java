// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What consumers with selectors get, and what becomes of the rest. */
final class SelectedDeliveryChecks {
    /** Sends messages, each with its text as the property color. */
    private static void send(Scene scene, Queue queue, String... colors) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        for (String color : colors) {
            Message message = session.createTextMessage(color);
            message.setStringProperty("color", color);
            producer.send(message);
        }
    }

    @Check(
            section = "4.1.2",
            says = "A consumer that selects nothing does not hold messages back from others.")
    void holdsNothingBack(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageConsumer none = session.createConsumer(queue, "color = 'none'");
        MessageConsumer all = scene.session().createConsumer(queue);

        send(scene, queue, "red", "blue");

        Expect.equal(List.of("red", "blue"), scene.texts(all, 2), "what the other one gets");
        scene.receivesNothing(none);
    }

    @Check(section = "4.1.2", says = "Selected messages are received in their order.")
    void keepsTheOrder(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Message message = session.createTextMessage("" + i);
            message.setBooleanProperty("even", i % 2 == 0);
            producer.send(message);
            if (i % 2 == 0) {
                expected.add("" + i);
            }
        }

        Expect.equal(expected, scene.texts(session.createConsumer(queue, "even"), 20), "the order");
    }

    @Check(section = "3.8.1.1", says = "An empty selector is none: the consumer gets all messages.")
    void treatsEmptyAsNone(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Topic topic = scene.topic();
        MessageConsumer subscriber = session.createConsumer(topic, "");
        MessageConsumer noLocal = session.createConsumer(topic, "", false);
        send(scene, queue, "red", "blue");
        scene.send(topic, "any");

        Expect.equal(
                List.of("red", "blue"),
                scene.texts(session.createConsumer(queue, ""), 2),
                "what the consumer gets");
        Expect.equal(List.of("any"), scene.texts(subscriber, 1), "what the subscriber gets");
        Expect.equal(List.of("any"), scene.texts(noLocal, 1), "what the other subscriber gets");
    }

    @Check(section = "3.8.1.1", says = "A null selector is none: the consumer gets all messages.")
    void treatsNullAsNone(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Topic topic = scene.topic();
        MessageConsumer subscriber = session.createConsumer(topic, null);
        send(scene, queue, "red", "blue");
        scene.send(topic, "any");

        Expect.equal(
                List.of("red", "blue"),
                scene.texts(session.createConsumer(queue, null), 2),
                "what the consumer gets");
        Expect.equal(List.of("any"), scene.texts(subscriber, 1), "what the subscriber gets");
    }

    @Check(section = "3.8.1", says = "A message that is not selected comes by no way of receiving.")
    void isNotReceivedByAnyMethod(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        send(scene, queue, "red");
        MessageConsumer blue = session.createConsumer(queue, "color = 'blue'");

        scene.receivesNothing(blue);
        Expect.isNull(blue.receiveNoWait(), "what receiveNoWait returns");
        List<Message> heard = Collections.synchronizedList(new ArrayList<>());
        blue.setMessageListener(heard::add);

        scene.never("the listener is called", () -> !heard.isEmpty());
    }

    @Check(section = "3.8.1", says = "A listener gets the selected messages only.")
    void isHeard(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        List<Message> heard = Collections.synchronizedList(new ArrayList<>());
        session.createConsumer(queue, "color = 'blue'").setMessageListener(heard::add);

        send(scene, queue, "red", "blue", "blue");
        scene.await("both selected messages", () -> heard.size() >= 2);

        scene.never("a third message", () -> heard.size() > 2);
        for (Message message : List.copyOf(heard)) {
            Expect.equal("blue", Scene.text(message), "what is heard");
        }
    }

    @Check(
            section = "4.1.2",
            says = "What a selecting consumer had received and not acknowledged goes to others.")
    void returnsTheUnacknowledged(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        send(scene, queue, "red", "blue");
        scene.receive(session.createConsumer(queue, "color = 'blue'"));

        session.close();

        Expect.equal(
                List.of("red", "blue"),
                scene.texts(scene.session().createConsumer(queue), 2),
                "what is there");
    }

    @Check(section = "3.8.1", says = "A JMSContext's consumers select by the same language.")
    void isSelectedByContexts(Scene scene) throws JMSException {
        var context = scene.context();
        Queue queue = scene.queue();
        send(scene, queue, "red", "blue");
        var consumer = context.createConsumer(queue, "color IN ('blue', 'green')");

        Expect.equal("blue", Scene.text(scene.receive(consumer)), "what is selected");
        Expect.equal(
                "color IN ('blue', 'green')", consumer.getMessageSelector(), "getMessageSelector");
        scene.receivesNothing(consumer);
    }
}
