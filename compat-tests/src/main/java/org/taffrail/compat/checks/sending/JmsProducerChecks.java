// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Producers of the simplified API: what they send, and their options. */
final class JmsProducerChecks {
    /** Sends something to a queue of its own and returns what comes. */
    private static <T extends Message> T sent(Scene scene, Class<T> type, Sending sending) {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        sending.send(context.createProducer(), queue);
        return Expect.type(type, scene.receive(context.createConsumer(queue)), "the message");
    }

    /** One of the sends. */
    @FunctionalInterface
    private interface Sending {
        void send(JMSProducer producer, Queue queue);
    }

    @Check(section = "7.2", says = "A text given to a JMSProducer arrives as a TextMessage.")
    void sendsTexts(Scene scene) throws JMSException {
        TextMessage message = sent(scene, TextMessage.class, (p, q) -> p.send(q, "one"));

        Expect.equal("one", message.getText(), "the text");
    }

    @Check(section = "7.2", says = "A map given to a JMSProducer arrives as a MapMessage.")
    void sendsMaps(Scene scene) throws JMSException {
        Map<String, Object> map = Map.of("text", "one", "number", 7L, "flag", true);
        MapMessage message = sent(scene, MapMessage.class, (p, q) -> p.send(q, map));

        Expect.equal("one", message.getString("text"), "the text");
        Expect.equal(7L, message.getObject("number"), "the number");
        Expect.equal(true, message.getBoolean("flag"), "the flag");
    }

    @Check(section = "7.2", says = "Bytes given to a JMSProducer arrive as a BytesMessage.")
    void sendsBytes(Scene scene) throws JMSException {
        byte[] bytes = {1, -2, 3};
        BytesMessage message = sent(scene, BytesMessage.class, (p, q) -> p.send(q, bytes));

        Expect.that(
                Arrays.equals(bytes, message.getBody(byte[].class)), "the bytes are not the same");
    }

    @Check(section = "7.2", says = "An object given to a JMSProducer arrives as an ObjectMessage.")
    void sendsObjects(Scene scene) throws JMSException {
        ObjectMessage message =
                sent(scene, ObjectMessage.class, (p, q) -> p.send(q, (Serializable) 42));

        Expect.equal(42, message.getObject(), "the object");
    }

    @Check(section = "7.2", says = "A message given to a JMSProducer is sent as it is.")
    void sendsMessages(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();

        context.createProducer().send(queue, context.createTextMessage("one"));

        Expect.equal(
                "one", Scene.text(scene.receive(context.createConsumer(queue))), "the message");
    }

    @Check(
            section = "api:JMSProducer.send",
            says = "A body that is null is sent as a message of its kind without a body.")
    void sendsMessagesWithoutBody(Scene scene) throws JMSException {
        Expect.isNull(
                sent(scene, TextMessage.class, (p, q) -> p.send(q, (String) null)).getText(),
                "the text");
        Expect.isNull(
                sent(scene, ObjectMessage.class, (p, q) -> p.send(q, (Serializable) null))
                        .getObject(),
                "the object");
        Expect.equal(
                0L,
                sent(scene, BytesMessage.class, (p, q) -> p.send(q, (byte[]) null)).getBodyLength(),
                "the number of bytes");
        Expect.that(
                !sent(scene, MapMessage.class, (p, q) -> p.send(q, (Map<String, Object>) null))
                        .getMapNames()
                        .hasMoreElements(),
                "the map is not empty");
    }

    @Check(
            section = "api:JMSProducer.send",
            says = "A map with a value that no MapMessage can hold is refused.")
    void refusesImpossibleMaps(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Map<String, Object> map = Map.of("key", new Object());

        Expect.refused(
                MessageFormatRuntimeException.class,
                "send of a map with an Object",
                () -> context.createProducer().send(queue, map));
    }

    @Check(
            section = "api:JMSProducer.send",
            says = "No message at all is refused with MessageFormatRuntimeException.")
    void refusesNoMessage(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();

        Expect.refused(
                MessageFormatRuntimeException.class,
                "send of null",
                () -> context.createProducer().send(queue, (Message) null));
    }

    @Check(
            section = "api:JMSProducer.send",
            says = "No destination is refused with InvalidDestinationRuntimeException.")
    void refusesNoDestination(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        JMSProducer producer = context.createProducer();
        Message message = context.createMessage();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "send of a message",
                () -> producer.send((Destination) null, message));
        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "send of a text",
                () -> producer.send((Destination) null, "text"));
        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "send of bytes",
                () -> producer.send((Destination) null, new byte[1]));
        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "send of a map",
                () -> producer.send((Destination) null, Map.of("key", "value")));
        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "send of an object",
                () -> producer.send((Destination) null, (Serializable) 1));
    }

    @Check(
            section = "api:JMSProducer",
            says = "A new JMSProducer has the same defaults as a MessageProducer.")
    void hasTheDefaultsOfTheSpecification(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer();

        Expect.equal(DeliveryMode.PERSISTENT, producer.getDeliveryMode(), "the delivery mode");
        Expect.equal(4, producer.getPriority(), "the priority");
        Expect.equal(0L, producer.getTimeToLive(), "the time to live");
        Expect.equal(0L, producer.getDeliveryDelay(), "the delivery delay");
        Expect.equal(false, producer.getDisableMessageID(), "whether ids are disabled");
        Expect.equal(
                false, producer.getDisableMessageTimestamp(), "whether timestamps are disabled");
        Expect.isNull(producer.getJMSCorrelationID(), "the correlation id");
        Expect.isNull(producer.getJMSType(), "the type");
        Expect.isNull(producer.getJMSReplyTo(), "the reply-to");
    }

    @Check(section = "7.10", says = "Each setter of a JMSProducer returns the producer.")
    void chains(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer();
        Queue queue = scene.queue();

        List<JMSProducer> returned =
                List.of(
                        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT),
                        producer.setPriority(3),
                        producer.setTimeToLive(600_000),
                        producer.setDeliveryDelay(0),
                        producer.setDisableMessageID(false),
                        producer.setDisableMessageTimestamp(false),
                        producer.setAsync(null),
                        producer.setProperty("text", "value"),
                        producer.setJMSCorrelationID("id"),
                        producer.setJMSType("type"),
                        producer.setJMSReplyTo(queue),
                        producer.send(queue, "one"),
                        producer.clearProperties());

        for (int i = 0; i < returned.size(); i++) {
            Expect.that(returned.get(i) == producer, "call " + i + " returned another object");
        }
    }

    @Check(section = "7.4", says = "A JMSProducer's options hold for what it sends.")
    void sendsWithItsOptions(Scene scene) throws JMSException {
        Message message =
                sent(
                        scene,
                        Message.class,
                        (p, q) ->
                                p.setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                                        .setPriority(8)
                                        .setTimeToLive(600_000)
                                        .send(q, "one"));

        Expect.equal(
                DeliveryMode.NON_PERSISTENT, message.getJMSDeliveryMode(), "the delivery mode");
        Expect.equal(8, message.getJMSPriority(), "the priority");
        Expect.that(message.getJMSExpiration() > 0, "the message has no expiration");
    }

    @Check(
            section = "api:JMSProducer.setPriority",
            says = "An impossible priority or delivery mode is refused with a JMSRuntimeException.",
            strength = Strength.COMMON_PRACTICE)
    void refusesImpossibleOptions(Scene scene) throws JMSException {
        JMSProducer producer = scene.context().createProducer();

        Expect.refused(
                JMSRuntimeException.class, "setPriority(10)", () -> producer.setPriority(10));
        Expect.refused(
                JMSRuntimeException.class, "setPriority(-1)", () -> producer.setPriority(-1));
        Expect.refused(
                JMSRuntimeException.class, "setDeliveryMode(3)", () -> producer.setDeliveryMode(3));
    }

    @Check(section = "7.6", says = "Headers set on a JMSProducer are on what it sends.")
    void sendsItsHeaders(Scene scene) throws JMSException {
        Queue replies = scene.queue();
        Message message =
                sent(
                        scene,
                        Message.class,
                        (p, q) ->
                                p.setJMSCorrelationID("id")
                                        .setJMSType("type")
                                        .setJMSReplyTo(replies)
                                        .send(q, "one"));

        Expect.equal("id", message.getJMSCorrelationID(), "the correlation id");
        Expect.equal("type", message.getJMSType(), "the type");
        Expect.equal(replies, message.getJMSReplyTo(), "the reply-to");
    }

    @Check(section = "7.6", says = "Headers set on a JMSProducer override those of the message.")
    void overridesTheMessagesHeaders(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        Message message = context.createMessage();
        message.setJMSCorrelationID("the message's");
        message.setJMSType("the message's");
        message.setJMSReplyTo(scene.queue());

        context.createProducer()
                .setJMSCorrelationID("the producer's")
                .setJMSType("the producer's")
                .setJMSReplyTo(replies)
                .send(queue, message);

        Message received = scene.receive(context.createConsumer(queue));
        Expect.equal("the producer's", received.getJMSCorrelationID(), "the correlation id");
        Expect.equal("the producer's", received.getJMSType(), "the type");
        Expect.equal(replies, received.getJMSReplyTo(), "the reply-to");
    }

    @Check(section = "7.6", says = "Headers of the message stay where the JMSProducer sets none.")
    void keepsTheMessagesHeaders(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Message message = context.createMessage();
        message.setJMSCorrelationID("the message's");
        message.setJMSType("the message's");

        context.createProducer().send(queue, message);

        Message received = scene.receive(context.createConsumer(queue));
        Expect.equal("the message's", received.getJMSCorrelationID(), "the correlation id");
        Expect.equal("the message's", received.getJMSType(), "the type");
    }

    @Check(
            section = "api:JMSProducer.setJMSCorrelationIDAsBytes",
            says = "A correlation id set as bytes is on what is sent.",
            strength = Strength.SHOULD)
    void sendsCorrelationIdsOfBytes(Scene scene) throws JMSException {
        byte[] id = {1, 2, 3, -4};
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        JMSProducer producer = context.createProducer().setJMSCorrelationIDAsBytes(id);

        producer.send(queue, "one");

        Message received = scene.receive(context.createConsumer(queue));
        Expect.that(
                Arrays.equals(id, received.getJMSCorrelationIDAsBytes()),
                "the correlation id received is another");
        Expect.that(
                Arrays.equals(id, producer.getJMSCorrelationIDAsBytes()),
                "the correlation id read back is another");
    }

    @Check(
            section = "api:JMSProducer.send",
            says = "An object that can't be serialized is refused with a JMSRuntimeException.")
    void refusesImpossibleObjects(Scene scene) {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        ArrayList<Object> object = new ArrayList<>(List.of(new Object()));

        Expect.refused(
                JMSRuntimeException.class,
                "send of a list with an Object",
                () -> context.createProducer().send(queue, object));
    }

    @Check(
            section = "api:JMSProducer.send",
            says =
                    "A destination that is no longer valid, a deleted temporary queue, is refused"
                            + " with InvalidDestinationRuntimeException.")
    void refusesDeletedDestinations(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        TemporaryQueue queue = context.createTemporaryQueue();
        queue.delete();

        Expect.refused(
                InvalidDestinationRuntimeException.class,
                "send to a deleted temporary queue",
                () -> context.createProducer().send(queue, "one"));
    }
}
