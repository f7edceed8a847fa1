// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages that are larger than a frame. */
@Timeout(180)
class LargeMessageTest extends ClientTest {
    private static final int LIMIT = 64 << 20;
    private static final int LARGE = 3_000_000;

    @Override
    Map<String, String> brokerOptions() {
        return Map.of("redelivery.deliveriesMax", "2", "memory.temporaryBytesMax", "8MiB");
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static BytesMessage message(Session session, byte[] body) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        return message;
    }

    private static void assertBody(byte[] body, Message message) throws JMSException {
        assertNotNull(message, "a message of " + body.length + " bytes");
        assertArrayEquals(body, message.getBody(byte[].class));
    }

    @Test
    void passesAtTheLimitAndIsRefusedOneByteAboveItBeforeItIsSent() throws Exception {
        Session session = started().createSession();
        MessageProducer producer = session.createProducer(queue(session));
        JMSException far =
                assertThrows(
                        JMSException.class, () -> producer.send(message(session, new byte[LIMIT])));
        assertEquals("MESSAGE_TOO_LARGE", far.getErrorCode());
        Matcher size = Pattern.compile("a message of (\\d+) bytes").matcher(far.getMessage());
        assertTrue(size.find(), far.getMessage());
        int header = Integer.parseInt(size.group(1)) - LIMIT;

        byte[] most = bytes(1, LIMIT - header);
        JMSException near =
                assertThrows(
                        JMSException.class,
                        () ->
                                producer.send(
                                        message(session, Arrays.copyOf(most, most.length + 1))));
        assertTrue(near.getMessage().contains(String.valueOf(LIMIT + 1)), near.getMessage());
        assertTrue(near.getMessage().contains("limits.messageBytesMax"), near.getMessage());
        producer.send(message(session, most));

        MessageConsumer consumer = session.createConsumer(queue(session));
        assertBody(most, consumer.receive(PATIENCE_MS));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void everyKindOfBodyComesBack() throws Exception {
        Session session = started().createSession();
        MessageProducer producer = session.createProducer(queue(session));
        String text = "Großes ".repeat(400_000);
        producer.send(session.createTextMessage(text));
        MapMessage map = session.createMapMessage();
        map.setBytes("a", bytes(1, LARGE));
        map.setString("b", text);
        producer.send(map);
        producer.send(session.createObjectMessage(text));

        MessageConsumer consumer = session.createConsumer(queue(session));
        assertEquals(text, text(consumer.receive(PATIENCE_MS)));
        MapMessage received = (MapMessage) consumer.receive(PATIENCE_MS);
        assertArrayEquals(bytes(1, LARGE), received.getBytes("a"));
        assertEquals(text, received.getString("b"));
        assertEquals(text, consumer.receive(PATIENCE_MS).getBody(String.class));
    }

    @Test
    void headerAndPropertiesTravelAndAreSelectedBy() throws Exception {
        Session session = started().createSession();
        MessageProducer producer = session.createProducer(queue(session));
        byte[] body = bytes(2, LARGE);
        for (int i = 0; i < 3; i++) {
            BytesMessage message = message(session, body);
            message.setIntProperty("n", i);
            message.setJMSCorrelationID("c" + i);
            message.setJMSType("large");
            message.setJMSReplyTo(session.createQueue("replies"));
            producer.send(message, DeliveryMode.NON_PERSISTENT, i, 0);
        }

        MessageConsumer selective = session.createConsumer(queue(session), "n = 1");
        Message one = selective.receive(PATIENCE_MS);
        assertBody(body, one);
        assertEquals("c1", one.getJMSCorrelationID());
        assertEquals("large", one.getJMSType());
        assertEquals(session.createQueue("replies"), one.getJMSReplyTo());
        assertEquals(DeliveryMode.NON_PERSISTENT, one.getJMSDeliveryMode());
        assertNull(selective.receiveNoWait());
        selective.close();
        MessageConsumer rest = session.createConsumer(queue(session));
        assertEquals(2, rest.receive(PATIENCE_MS).getIntProperty("n"));
        assertEquals(0, rest.receive(PATIENCE_MS).getIntProperty("n"));
    }

    @Test
    void isForwardedAsItCame() throws Exception {
        Session session = started().createSession();
        byte[] body = bytes(3, LARGE);
        session.createProducer(queue(session)).send(message(session, body));
        Message received = session.createConsumer(queue(session)).receive(PATIENCE_MS);
        session.createProducer(session.createQueue("next")).send(received);
        assertBody(body, session.createConsumer(session.createQueue("next")).receive(PATIENCE_MS));
    }

    @Test
    void belongsToItsTransaction() throws Exception {
        Connection connection = started();
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageProducer producer = transacted.createProducer(queue(transacted));
        MessageConsumer consumer = connection.createSession().createConsumer(queue(transacted));
        producer.send(message(transacted, bytes(1, LARGE)));
        transacted.rollback();
        producer.send(transacted.createTextMessage("before"));
        producer.send(message(transacted, bytes(2, LARGE)));
        producer.send(transacted.createTextMessage("after"));
        assertNull(consumer.receiveNoWait());
        transacted.commit();

        assertEquals("before", text(consumer.receive(PATIENCE_MS)));
        assertBody(bytes(2, LARGE), consumer.receive(PATIENCE_MS));
        assertEquals("after", text(consumer.receive(PATIENCE_MS)));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void comesAgainAfterARollbackAndThenFallsToTheDeadLetters() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        byte[] body = bytes(4, LARGE);
        BytesMessage message = message(session, body);
        message.setStringProperty("kept", "yes");
        session.createProducer(queue(session)).send(message);
        session.commit();
        MessageConsumer consumer = session.createConsumer(queue(session));
        for (int count = 1; count <= 2; count++) {
            Message received = consumer.receive(PATIENCE_MS);
            assertBody(body, received);
            assertEquals(count, received.getIntProperty("JMSXDeliveryCount"));
            session.rollback();
        }
        assertNull(consumer.receiveNoWait());

        Message dead =
                session.createConsumer(session.createQueue("DLQ.a.queue")).receive(PATIENCE_MS);
        assertBody(body, dead);
        assertEquals("yes", dead.getStringProperty("kept"));
        assertEquals("a.queue", dead.getStringProperty("JMS_TAFFRAIL_ORIGIN"));
    }

    @Test
    void everySubscriberOfATopicGetsIt() throws Exception {
        Connection connection = started();
        Topic topic = connection.createSession().createTopic("t");
        List<MessageConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Connection own = i % 2 == 0 ? connection : started();
            consumers.add(own.createSession().createConsumer(topic));
        }
        consumers.add(connection.createSession().createSharedDurableConsumer(topic, "shared"));
        Session sender = connect().createSession();
        MessageProducer producer = sender.createProducer(topic);
        for (int i = 0; i < 3; i++) {
            producer.send(message(sender, bytes(i, LARGE)));
        }
        for (MessageConsumer consumer : consumers) {
            for (int i = 0; i < 3; i++) {
                assertBody(bytes(i, LARGE), consumer.receive(PATIENCE_MS));
            }
        }
    }

    @Test
    void completionsAndListenersKeepTheOrderOfTheSends() throws Exception {
        Connection connection = started();
        Session sender = connection.createSession();
        MessageProducer producer = sender.createProducer(queue(sender));
        BlockingQueue<String> completed = new LinkedBlockingQueue<>();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Session receiver = connection.createSession();
        receiver.createConsumer(queue(receiver))
                .setMessageListener(
                        message -> {
                            try {
                                heard.add(message.getStringProperty("name"));
                            } catch (JMSException e) {
                                heard.add(e.toString());
                            }
                        });
        CompletionListener listener =
                new CompletionListener() {
                    @Override
                    public void onCompletion(Message message) {
                        try {
                            completed.add(message.getStringProperty("name"));
                        } catch (JMSException e) {
                            completed.add(e.toString());
                        }
                    }

                    @Override
                    public void onException(Message message, Exception exception) {
                        completed.add(exception.toString());
                    }
                };
        for (int i = 0; i < 9; i++) {
            Message message =
                    i % 3 == 1
                            ? message(sender, bytes(i, LARGE))
                            : sender.createTextMessage("small");
            message.setStringProperty("name", "m" + i);
            producer.send(message, listener);
        }
        for (int i = 0; i < 9; i++) {
            assertEquals("m" + i, completed.poll(PATIENCE_MS, TimeUnit.MILLISECONDS));
            assertEquals("m" + i, heard.poll(PATIENCE_MS, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void aConsumerClosedHalfWayLeavesThemToTheNextUnseen() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(queue(session));
        for (int i = 0; i < 6; i++) {
            producer.send(message(session, bytes(i, LARGE)));
        }
        for (int i = 0; i < 5; i++) {
            session.createConsumer(queue(session)).close();
        }
        Connection other = started();
        other.createSession().createConsumer(queue(session));
        other.close();

        MessageConsumer consumer = session.createConsumer(queue(session));
        for (int i = 0; i < 6; i++) {
            Message message = consumer.receive(PATIENCE_MS);
            assertBody(bytes(i, LARGE), message);
            assertEquals(1, message.getIntProperty("JMSXDeliveryCount"));
            assertFalse(message.getJMSRedelivered());
        }
    }

    @Test
    void aConsumerThatAsksForEachGetsItExactly() throws Exception {
        Connection connection = started("jms.prefetch=0");
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(queue(session));
        MessageConsumer consumer = session.createConsumer(queue(session));
        assertNull(consumer.receiveNoWait());
        for (int i = 0; i < 3; i++) {
            producer.send(message(session, bytes(i, LARGE)));
            assertBody(bytes(i, LARGE), consumer.receiveNoWait());
        }
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void passesThroughATemporaryQueueUnderItsLimit() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        TemporaryQueue replies = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(replies);
        Session sender = started().createSession();
        MessageProducer producer = sender.createProducer(replies);
        for (int i = 0; i < 5; i++) {
            producer.send(message(sender, bytes(i, LARGE)));
            assertBody(bytes(i, LARGE), consumer.receive(PATIENCE_MS));
        }
        ResourceAllocationException refusal =
                assertThrows(
                        ResourceAllocationException.class,
                        () -> producer.send(message(sender, new byte[9_000_000])));
        assertEquals("NO_ROOM", refusal.getErrorCode());
        producer.send(sender.createTextMessage("small"));
        assertEquals("small", text(consumer.receive(PATIENCE_MS)));
    }

    @Test
    void isRecoveredAndAcknowledgedAsOne() throws Exception {
        Session session = started().createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(queue(session));
        producer.send(message(session, bytes(1, LARGE)));
        producer.send(session.createTextMessage("next"));
        MessageConsumer consumer = session.createConsumer(queue(session));
        assertBody(bytes(1, LARGE), consumer.receive(PATIENCE_MS));
        session.recover();
        Message again = consumer.receive(PATIENCE_MS);
        assertBody(bytes(1, LARGE), again);
        assertTrue(again.getJMSRedelivered());
        TextMessage next = (TextMessage) consumer.receive(PATIENCE_MS);
        assertEquals("next", next.getText());
        next.acknowledge();
        session.recover();
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void isShownToABrowserAndTakenByNone() throws Exception {
        Session session = started().createSession();
        MessageProducer producer = session.createProducer(queue(session));
        for (int i = 0; i < 3; i++) {
            producer.send(message(session, bytes(i, LARGE)));
            producer.send(session.createTextMessage("small " + i));
        }
        try (QueueBrowser browser = session.createBrowser(queue(session))) {
            for (int scan = 0; scan < 2; scan++) {
                Enumeration<?> shown = browser.getEnumeration();
                for (int i = 0; i < 3; i++) {
                    assertBody(bytes(i, LARGE), (Message) shown.nextElement());
                    assertEquals("small " + i, text((Message) shown.nextElement()));
                }
                assertFalse(shown.hasMoreElements());
            }
        }
        MessageConsumer consumer = session.createConsumer(queue(session));
        Message first = consumer.receive(PATIENCE_MS);
        assertBody(bytes(0, LARGE), first);
        assertEquals(1, first.getIntProperty("JMSXDeliveryCount"));
    }
}
