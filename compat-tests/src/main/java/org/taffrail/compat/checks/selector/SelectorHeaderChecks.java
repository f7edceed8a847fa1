// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.List;

/** Header fields in selectors. */
final class SelectorHeaderChecks {
    private static final List<String> NOT_ALLOWED =
            List.of(
                    "JMSDestination",
                    "JMSReplyTo",
                    "JMSRedelivered",
                    "JMSExpiration",
                    "JMSDeliveryTime");

    /** Sends two messages, of which a selector that is made from the first selects only that. */
    private interface Selector {
        String of(Message message) throws JMSException;
    }

    private static void selectsTheFirst(Scene scene, Selector selector) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        List<Message> sent = new ArrayList<>();
        for (String text : List.of("first", "second")) {
            Message message = session.createTextMessage(text);
            producer.send(message);
            sent.add(message);
            long stamp = message.getJMSTimestamp();
            scene.await("a later millisecond", () -> System.currentTimeMillis() > stamp);
        }

        MessageConsumer selecting = session.createConsumer(queue, selector.of(sent.get(0)));

        Expect.equal(List.of("first"), scene.texts(selecting, 1), "what is selected");
        scene.receivesNothing(selecting);
        selecting.close();
        Expect.equal(
                List.of("second"), scene.texts(session.createConsumer(queue), 1), "what is left");
    }

    @Check(section = "3.8.1.1", says = "A selector can name JMSMessageID.")
    void namesMessageId(Scene scene) throws JMSException {
        selectsTheFirst(scene, message -> "JMSMessageID = '" + message.getJMSMessageID() + "'");
    }

    @Check(section = "3.8.1.1", says = "JMSMessageID can be in a list of ids, or unlike a pattern.")
    void comparesMessageIdsAsTexts(Scene scene) throws JMSException {
        selectsTheFirst(
                scene,
                message ->
                        "JMSMessageID IN ('ID:none', '"
                                + message.getJMSMessageID()
                                + "') AND JMSMessageID LIKE 'ID:%' AND JMSMessageID IS NOT NULL");
    }

    @Check(section = "3.8.1.1", says = "A selector can name JMSTimestamp, which is a number.")
    void namesTimestamp(Scene scene) throws JMSException {
        selectsTheFirst(
                scene,
                message ->
                        "JMSTimestamp = "
                                + message.getJMSTimestamp()
                                + " AND JMSTimestamp < "
                                + (message.getJMSTimestamp() + 1));
    }

    @Check(section = "3.8.1.1", says = "A selector can name JMSCorrelationID, which may be null.")
    void namesCorrelationId(Scene scene) throws JMSException {
        Selection.on(scene)
                .message("a", message -> message.setJMSCorrelationID("a"))
                .message("id", message -> message.setJMSCorrelationID("ID:b"))
                .message("none", message -> {})
                .selects("JMSCorrelationID = 'a'", "a")
                .selects("JMSCorrelationID = 'ID:b'", "id")
                .selects("JMSCorrelationID <> 'a'", "id")
                .selects("JMSCorrelationID IS NULL", "none")
                .selects("JMSCorrelationID IS NOT NULL", "a", "id")
                .selects("JMSCorrelationID LIKE 'ID:%'", "id")
                .selects("JMSCorrelationID IN ('a', 'x')", "a")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A selector can name JMSType, which may be null.")
    void namesType(Scene scene) throws JMSException {
        Selection.on(scene)
                .message("car", message -> message.setJMSType("car"))
                .message("truck", message -> message.setJMSType("truck"))
                .message("none", message -> {})
                .selects("JMSType = 'car'", "car")
                .selects("JMSType <> 'car'", "truck")
                .selects("JMSType IS NULL", "none")
                .selects("JMSType IN ('car', 'truck')", "car", "truck")
                .selects("JMSType LIKE 't%'", "truck")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "A selector can name JMSPriority, which is a number.")
    void namesPriority(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        for (int priority : new int[] {0, 4, 9}) {
            producer.setPriority(priority);
            producer.send(session.createTextMessage("priority " + priority));
        }

        selects(scene, "priority 9", session.createConsumer(queue, "JMSPriority > 4"));
        selects(scene, "priority 4", session.createConsumer(queue, "JMSPriority BETWEEN 1 AND 5"));
        selects(scene, "priority 0", session.createConsumer(queue, "JMSPriority = 0"));
    }

    private static void selects(Scene scene, String text, MessageConsumer consumer)
            throws JMSException {
        Expect.equal(List.of(text), scene.texts(consumer, 1), consumer.getMessageSelector());
        consumer.close();
    }

    @Check(
            section = "3.8.1.3",
            says = "In a selector JMSDeliveryMode is 'PERSISTENT' or 'NON_PERSISTENT'.")
    void namesDeliveryMode(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        producer.send(session.createTextMessage("persistent"));
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.send(session.createTextMessage("non-persistent"));

        selects(
                scene,
                "non-persistent",
                session.createConsumer(queue, "JMSDeliveryMode = 'NON_PERSISTENT'"));
        selects(
                scene,
                "persistent",
                session.createConsumer(queue, "JMSDeliveryMode = 'PERSISTENT'"));
    }

    @Check(section = "3.8.1.3", says = "JMSDeliveryMode is not a number in a selector.")
    void hasNoNumericDeliveryMode(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("non-persistent", 1)
                .selects("JMSDeliveryMode = 'NON_PERSISTENT'", "non-persistent")
                .selects("JMSDeliveryMode <> 'PERSISTENT'", "non-persistent")
                .selects("JMSDeliveryMode = 'persistent'")
                .selects("JMSDeliveryMode IN ('PERSISTENT')")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "Header fields and properties can be combined.")
    void combinesFields(Scene scene) throws JMSException {
        Selection.on(scene)
                .message("blue car of 3000", message -> car(message, "car", "blue", 3000))
                .message("blue car of 2500", message -> car(message, "car", "blue", 2500))
                .message("red car of 3000", message -> car(message, "car", "red", 3000))
                .message("blue van of 3000", message -> car(message, "van", "blue", 3000))
                .selects("JMSType = 'car' AND color = 'blue' AND weight > 2500", "blue car of 3000")
                .verify();
    }

    private static void car(Message message, String type, String color, int weight)
            throws JMSException {
        message.setJMSType(type);
        message.setStringProperty("color", color);
        message.setIntProperty("weight", weight);
    }

    @Check(
            section = "3.8.1.1",
            says = "Other header fields can't be referred to: naming one never selects a message.",
            strength = Strength.SHOULD)
    void seesNoOtherFields(Scene scene) throws JMSException {
        for (String field : NOT_ALLOWED) {
            if (!isRefused(scene, field)) {
                Selection.on(scene)
                        .message("it", message -> message.setJMSReplyTo(scene.queue()))
                        .selects(field + " IS NOT NULL")
                        .verify();
            }
        }
    }

    private static boolean isRefused(Scene scene, String field) throws JMSException {
        try {
            scene.session().createConsumer(scene.queue(), field + " IS NOT NULL").close();
            return false;
        } catch (InvalidSelectorException e) {
            return true;
        }
    }

    @Check(
            section = "3.8.1.1",
            says = "JMSMessageID is null in a selector where a message has none, and only there.")
    void tellsMissingMessageIds(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.setDisableMessageID(true);
        Message message = session.createTextMessage("one");
        producer.send(message);
        String id = message.getJMSMessageID();

        MessageConsumer others =
                session.createConsumer(
                        queue, "JMSMessageID IS " + (id == null ? "NOT NULL" : "NULL"));
        scene.receivesNothing(others);
        others.close();
        MessageConsumer selecting =
                session.createConsumer(
                        queue, "JMSMessageID IS " + (id == null ? "NULL" : "NOT NULL"));

        Expect.equal(List.of("one"), scene.texts(selecting, 1), "what is selected");
    }
}
