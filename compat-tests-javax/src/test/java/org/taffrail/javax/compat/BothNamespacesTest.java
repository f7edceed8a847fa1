// SPDX-License-Identifier: Apache-2.0
package org.taffrail.javax.compat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import javax.jms.BytesMessage;
import javax.jms.JMSConsumer;
import javax.jms.JMSContext;
import javax.jms.MapMessage;
import javax.jms.Message;
import javax.jms.ObjectMessage;
import javax.jms.StreamMessage;
import javax.jms.TextMessage;

/** One application with both providers, which talk to each other through one broker. */
class BothNamespacesTest {
    private static final String URL = "taffrail:embedded?name=both";
    private static final int WAIT_MS = 20_000;

    private jakarta.jms.JMSContext newer;
    private JMSContext older;

    @BeforeEach
    void connect() {
        newer = new org.taffrail.jms.TaffrailConnectionFactory(URL).createContext();
        older = new org.taffrail.javax.jms.TaffrailConnectionFactory(URL).createContext();
    }

    @AfterEach
    void close() {
        older.close();
        newer.close();
    }

    @Test
    void everyBodyComesFromTheNewerToTheOlder() throws Exception {
        jakarta.jms.Queue queue = newer.createQueue("to.older");
        jakarta.jms.JMSProducer producer = newer.createProducer().setProperty("n", 7L);
        jakarta.jms.MapMessage map = newer.createMapMessage();
        map.setDouble("pi", 3.14);
        jakarta.jms.StreamMessage stream = newer.createStreamMessage();
        stream.writeChar('c');
        producer.send(queue, "text")
                .send(queue, new byte[] {1, 2})
                .send(queue, map)
                .send(queue, stream)
                .send(queue, newer.createObjectMessage("object"))
                .send(queue, newer.createMessage());

        try (JMSConsumer consumer = older.createConsumer(older.createQueue("to.older"))) {
            TextMessage text = assertInstanceOf(TextMessage.class, consumer.receive(WAIT_MS));
            assertEquals("text", text.getText());
            assertEquals(7L, text.getLongProperty("n"));
            Message bytes = assertInstanceOf(BytesMessage.class, consumer.receive(WAIT_MS));
            assertArrayEquals(new byte[] {1, 2}, bytes.getBody(byte[].class));
            assertEquals(
                    3.14,
                    assertInstanceOf(MapMessage.class, consumer.receive(WAIT_MS)).getDouble("pi"));
            assertEquals(
                    'c',
                    assertInstanceOf(StreamMessage.class, consumer.receive(WAIT_MS)).readChar());
            assertEquals(
                    "object",
                    assertInstanceOf(ObjectMessage.class, consumer.receive(WAIT_MS)).getObject());
            assertEquals(7L, consumer.receive(WAIT_MS).getLongProperty("n"));
        }
    }

    @Test
    void requestsAreAnsweredAcrossBoth() throws Exception {
        jakarta.jms.TemporaryQueue replies = newer.createTemporaryQueue();
        jakarta.jms.TextMessage request = newer.createTextMessage("question");
        request.setJMSReplyTo(replies);
        newer.createProducer().send(newer.createQueue("questions"), request);

        try (JMSConsumer consumer = older.createConsumer(older.createQueue("questions"))) {
            Message asked = consumer.receive(WAIT_MS);
            older.createProducer()
                    .setJMSCorrelationID(asked.getJMSMessageID())
                    .send(asked.getJMSReplyTo(), "answer");
        }

        try (jakarta.jms.JMSConsumer consumer = newer.createConsumer(replies)) {
            jakarta.jms.Message answer = consumer.receive(WAIT_MS);
            assertEquals("answer", answer.getBody(String.class));
            assertEquals(request.getJMSMessageID(), answer.getJMSCorrelationID());
        }
    }

    @Test
    void eachDeclaresItsOwnVersion() {
        assertEquals("3.1", declared(newer));
        assertEquals("2.0", declared(older));
    }

    private static String declared(jakarta.jms.JMSContext context) {
        try {
            return context.getMetaData().getJMSVersion();
        } catch (jakarta.jms.JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static String declared(JMSContext context) {
        try {
            return context.getMetaData().getJMSVersion();
        } catch (javax.jms.JMSException e) {
            throw new AssertionError(e);
        }
    }
}
