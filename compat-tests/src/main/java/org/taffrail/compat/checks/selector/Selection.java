// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of selectors, and which of some messages each of them selects. Each selector gets a
 * subscriber of its own on one topic, then all messages are sent once. To know without a wait that
 * no more will come, all selectors let a last message through: {@code S} becomes {@code (S) OR
 * last_of_all = TRUE}, which is what {@code S} is for all others.
 */
final class Selection {
    private static final String LAST = "last_of_all";

    private final Scene scene;
    private final Map<String, Filler> messages = new LinkedHashMap<>();
    private final Map<String, List<String>> expected = new LinkedHashMap<>();

    private Selection(Scene scene) {
        this.scene = scene;
    }

    /** Sets what a selector can refer to. */
    interface Filler {
        void fill(Message message) throws JMSException;
    }

    /** Begins a table. */
    static Selection on(Scene scene) {
        return new Selection(scene);
    }

    /** Adds a message of a name. */
    Selection message(String name, Filler filler) {
        messages.put(name, filler);
        return this;
    }

    /** Adds a message with one property of any type, named {@code it} as the message is. */
    Selection value(String it, Object value) {
        return message(it, message -> message.setObjectProperty("it", value));
    }

    /** Says which messages a selector selects. */
    Selection selects(String selector, String... names) {
        expected.put(selector, List.of(names));
        return this;
    }

    /** Says of each of several selectors that it selects nothing. */
    Selection selectNothing(String... selectors) {
        for (String selector : selectors) {
            selects(selector);
        }
        return this;
    }

    /** Says of each of several selectors that it selects all messages. */
    Selection selectAll(String... selectors) {
        for (String selector : selectors) {
            selects(selector, messages.keySet().toArray(String[]::new));
        }
        return this;
    }

    /** Holds the provider against the table. */
    void verify() throws JMSException {
        Session session = scene.session();
        Topic topic = scene.topic();
        Map<String, MessageConsumer> consumers = new LinkedHashMap<>();
        for (String selector : expected.keySet()) {
            consumers.put(
                    selector,
                    session.createConsumer(topic, "(" + selector + ") OR " + LAST + " = TRUE"));
        }
        send(session, topic);
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, MessageConsumer> each : consumers.entrySet()) {
            List<String> selected = selectedBy(each.getKey(), each.getValue());
            List<String> wanted = expected.get(each.getKey());
            if (!selected.equals(wanted)) {
                wrong.add(each.getKey() + " selects " + selected + ", not " + wanted);
            }
        }
        Expect.that(wrong.isEmpty(), String.join("; ", wrong));
    }

    private void send(Session session, Topic topic) throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        for (Map.Entry<String, Filler> each : messages.entrySet()) {
            TextMessage message = session.createTextMessage(each.getKey());
            message.setBooleanProperty(LAST, false);
            each.getValue().fill(message);
            producer.send(message);
        }
        TextMessage last = session.createTextMessage(LAST);
        last.setBooleanProperty(LAST, true);
        producer.send(last);
    }

    private List<String> selectedBy(String selector, MessageConsumer consumer) throws JMSException {
        List<String> selected = new ArrayList<>();
        while (true) {
            Message message =
                    Expect.notNull(
                            consumer.receive(scene.patienceMs()),
                            "the last of all with the selector " + selector);
            String name = Scene.text(message);
            if (name.equals(LAST)) {
                return selected;
            }
            selected.add(name);
        }
    }
}
