// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Enumeration;
import java.util.List;
import java.util.Map;

/** As many properties as there may be, names in any script, and bodies of nothing. */
class MessageLimitsTest extends ClientTest {
    private static final int PROPERTIES_MAX = 1 << 16;

    /** Greek, Chinese, Arabic, Hindi with vowel signs, and a letter beyond the first plane. */
    private static final List<String> NAMES =
            List.of(
                    "\u03c0\u03bf\u03c3\u03cc\u03c4\u03b7\u03c4\u03b1",
                    "\u6570\u91cf",
                    "\u0643\u0645\u064a\u0629",
                    "\u092e\u093e\u0924\u094d\u0930\u093e",
                    "\ud835\udcb3\ud835\udcb4");

    private Session session;
    private Queue queue;

    @Override
    Map<String, String> brokerOptions() {
        return Map.of("redelivery.deliveriesMax", "1");
    }

    @BeforeEach
    void openSession() throws JMSException {
        session = started().createSession();
        queue = queue(session);
    }

    private static Message withProperties(Session session, int count) throws JMSException {
        Message message = session.createMessage();
        for (int i = 0; i < count; i++) {
            message.setIntProperty("p" + i, i);
        }
        return message;
    }

    private static void assertHasProperties(Message message, int count) throws JMSException {
        assertNotNull(message);
        for (int i = 0; i < count; i++) {
            assertEquals(i, message.getIntProperty("p" + i));
        }
        int found = 0;
        for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
            found += ((String) names.nextElement()).startsWith("p") ? 1 : 0;
        }
        assertEquals(count, found);
    }

    private Message exchanged(Message message) throws JMSException {
        session.createProducer(queue).send(message);
        try (MessageConsumer consumer = session.createConsumer(queue)) {
            Message received = consumer.receive(PATIENCE_MS);
            assertNotNull(received);
            return received;
        }
    }

    @Test
    void carriesAsManyPropertiesAsThereMayBe() throws Exception {
        assertHasProperties(exchanged(withProperties(session, PROPERTIES_MAX)), PROPERTIES_MAX);
    }

    @Test
    void refusesMoreAndSaysHowManyThereMayBe() throws Exception {
        Message message = withProperties(session, PROPERTIES_MAX + 1);
        MessageProducer producer = session.createProducer(queue);

        JMSException refused = assertThrows(JMSException.class, () -> producer.send(message));

        assertEquals("MESSAGE_TOO_LARGE", refused.getErrorCode());
        assertTrue(refused.getMessage().contains("" + PROPERTIES_MAX), refused.getMessage());
        message.clearProperties();
        exchanged(message);
    }

    @Test
    void selectsByTheLastOfManyProperties() throws Exception {
        MessageProducer producer = session.createProducer(queue);
        producer.send(withProperties(session, 10));
        producer.send(withProperties(session, PROPERTIES_MAX));
        String selector = "p" + (PROPERTIES_MAX - 1) + " = " + (PROPERTIES_MAX - 1);

        Message received = session.createConsumer(queue, selector).receive(PATIENCE_MS);

        assertHasProperties(received, PROPERTIES_MAX);
    }

    @Test
    void aDeadLetterKeepsAllPropertiesAndGainsItsOrigin() throws Exception {
        Session transacted = started().createSession(Session.SESSION_TRANSACTED);
        session.createProducer(queue).send(withProperties(session, PROPERTIES_MAX));
        MessageConsumer consumer = transacted.createConsumer(queue);
        assertNotNull(consumer.receive(PATIENCE_MS));
        transacted.rollback();

        Queue dead = session.createQueue("DLQ." + queue.getQueueName());
        Message letter = session.createConsumer(dead).receive(PATIENCE_MS);

        assertHasProperties(letter, PROPERTIES_MAX);
        assertEquals(queue.getQueueName(), letter.getStringProperty("JMS_TAFFRAIL_ORIGIN"));
    }

    @Test
    void propertiesAndSelectorsHaveNamesAndTextsInAnyScript() throws Exception {
        for (String name : NAMES) {
            Message other = session.createMessage();
            other.setStringProperty(name, "x");
            MessageProducer producer = session.createProducer(queue);
            producer.send(other);
            Message message = session.createTextMessage(name);
            message.setStringProperty(name, name + "!");
            message.setJMSType(name);
            message.setJMSCorrelationID(name);
            message.setStringProperty("JMSXGroupID", name);
            producer.send(message);

            String selector =
                    name
                            + " LIKE '"
                            + name
                            + "_' AND JMSType = '"
                            + name
                            + "' AND JMSCorrelationID = '"
                            + name
                            + "' AND "
                            + name
                            + "\u00e9 IS NULL";
            try (MessageConsumer consumer = session.createConsumer(queue, selector)) {
                Message received = consumer.receive(PATIENCE_MS);
                assertEquals(name, text(received));
                assertEquals(name + "!", received.getStringProperty(name));
                assertEquals(name, received.getStringProperty("JMSXGroupID"));
            }
            try (MessageConsumer consumer = session.createConsumer(queue)) {
                assertEquals("x", consumer.receive(PATIENCE_MS).getStringProperty(name));
            }
        }
    }

    @Test
    void destinationsClientsAndSubscriptionsHaveNamesInAnyScript() throws Exception {
        for (String name : NAMES) {
            try (Connection connection = factory().createConnection()) {
                connection.setClientID(name);
                assertEquals(name, connection.getClientID());
                connection.start();
                Session own = connection.createSession();
                Topic topic = own.createTopic("t." + name);
                MessageConsumer durable = own.createDurableConsumer(topic, name);
                MessageConsumer shared = own.createSharedConsumer(topic, "s" + name);
                Message sent = own.createTextMessage(name);
                sent.setJMSReplyTo(own.createQueue("q." + name));
                own.createProducer(topic).send(sent);

                for (MessageConsumer consumer : List.of(durable, shared)) {
                    Message received = consumer.receive(PATIENCE_MS);
                    assertEquals(name, text(received));
                    assertEquals(topic, received.getJMSDestination());
                    assertEquals(own.createQueue("q." + name), received.getJMSReplyTo());
                }
                durable.close();
                own.unsubscribe(name);
            }
        }
    }

    @Test
    void textOfNothingIsNotNoText() throws Exception {
        TextMessage none = (TextMessage) exchanged(session.createTextMessage());
        TextMessage empty = (TextMessage) exchanged(session.createTextMessage(""));

        assertNull(none.getText());
        assertNull(none.getBody(String.class));
        assertEquals("", empty.getText());
        assertEquals("", empty.getBody(String.class));
    }

    @Test
    void bodiesOfNothingArrive() throws Exception {
        assertNull(((ObjectMessage) exchanged(session.createObjectMessage())).getObject());
        BytesMessage bytes = (BytesMessage) exchanged(session.createBytesMessage());
        assertEquals(0, bytes.getBodyLength());
        assertThrows(MessageEOFException.class, bytes::readByte);
        StreamMessage stream = (StreamMessage) exchanged(session.createStreamMessage());
        assertThrows(MessageEOFException.class, stream::readObject);
        MapMessage map = (MapMessage) exchanged(session.createMapMessage());
        assertTrue(!map.getMapNames().hasMoreElements());
        assertInstanceOf(Message.class, exchanged(session.createMessage()));
    }

    @Test
    void valuesOfNothingAreNotNull() throws Exception {
        MapMessage map = session.createMapMessage();
        map.setBytes("bytes", new byte[0]);
        map.setString("text", "");
        map.setString("none", null);
        map.setStringProperty("text", "");
        map.setStringProperty("none", null);

        MapMessage received = (MapMessage) exchanged(map);

        assertEquals(0, received.getBytes("bytes").length);
        assertEquals("", received.getString("text"));
        assertTrue(received.itemExists("none"));
        assertNull(received.getString("none"));
        assertEquals("", received.getStringProperty("text"));
        assertTrue(received.propertyExists("none"));
        assertNull(received.getStringProperty("none"));
    }
}
