// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.Arrays;
import java.util.Set;

/** The header fields that are set on a producer of the simplified API. */
final class JmsProducerHeaderChecks {
    @Check(
            section = "api:JMSProducer.getJMSCorrelationID",
            says = "A JMSProducer tells the correlation id, the type and the reply-to set on it.")
    void tellsItsHeaders(Scene scene) {
        Queue replies = scene.queue();
        JMSProducer producer = scene.context().createProducer();

        producer.setJMSCorrelationID("id").setJMSType("type").setJMSReplyTo(replies);

        Expect.equal("id", producer.getJMSCorrelationID(), "the correlation id");
        Expect.equal("type", producer.getJMSType(), "the type");
        Expect.equal(replies, producer.getJMSReplyTo(), "the reply-to");
    }

    @Check(
            section = "api:JMSProducer.setJMSCorrelationIDAsBytes",
            says =
                    "The bytes of a correlation id are copied when they are set on a JMSProducer"
                            + " that supports bytes.")
    void copiesCorrelationIdsOfBytes(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        byte[] id = {1, 2, 3};
        JMSProducer producer = context.createProducer().setJMSCorrelationIDAsBytes(id);

        id[0] = 9;
        producer.send(queue, "one");

        Message received = scene.receive(context.createConsumer(queue));
        Expect.that(
                Arrays.equals(new byte[] {1, 2, 3}, received.getJMSCorrelationIDAsBytes()),
                "the correlation id is that of the changed array");
    }

    @Check(
            section = "api:JMSProducer.getPropertyNames",
            says = "A JMSProducer's header fields are not among its property names.")
    void listsNoHeaderFields(Scene scene) {
        JMSProducer producer = scene.context().createProducer();

        producer.setJMSCorrelationID("id")
                .setJMSType("type")
                .setJMSReplyTo(scene.queue())
                .setProperty("name", "value");

        Expect.equal(Set.of("name"), producer.getPropertyNames(), "the names of its properties");
    }

    @Check(
            section = "api:JMSProducer.setDisableMessageID",
            says =
                    "What a JMSProducer without ids and timestamps sends has neither if the provider"
                            + " takes the hints, and the usual ones if not.")
    void takesOrIgnoresItsHints(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Message message = context.createMessage();
        long fromMs = System.currentTimeMillis();
        JMSProducer producer =
                context.createProducer().setDisableMessageID(true).setDisableMessageTimestamp(true);

        producer.send(queue, message);

        long toMs = System.currentTimeMillis();
        Message received = scene.receive(context.createConsumer(queue));
        String id = message.getJMSMessageID();
        long timeMs = message.getJMSTimestamp();
        Expect.that(producer.getDisableMessageID(), "it says that ids are not disabled");
        Expect.that(producer.getDisableMessageTimestamp(), "it says that timestamps are not");
        Expect.that(id == null || id.startsWith("ID:"), "the id is " + id);
        Expect.that(
                timeMs == 0 || timeMs >= fromMs && timeMs <= toMs, "the timestamp is " + timeMs);
        Expect.equal(id, received.getJMSMessageID(), "the received id");
        Expect.equal(timeMs, received.getJMSTimestamp(), "the received timestamp");
    }
}
