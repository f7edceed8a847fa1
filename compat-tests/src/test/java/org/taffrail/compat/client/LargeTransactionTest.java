// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TransactionRolledBackException;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** Transactions that send more than the broker keeps in memory. */
class LargeTransactionTest extends ClientTest {
    private static final String NUMBER = "number";
    private static final int COUNT = 3_000;
    private static final byte[] BODY = new byte[1_000];

    @Override
    Map<String, String> brokerOptions() {
        return Map.of("memory.transactionBytes", "64KiB", "limits.transactionBytesMax", "8MiB");
    }

    private static void sendMany(Session session, MessageProducer producer, int count)
            throws JMSException {
        for (int i = 0; i < count; i++) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(BODY);
            message.setIntProperty(NUMBER, i);
            producer.send(message);
        }
    }

    private static void expectMany(MessageConsumer consumer, int count) throws JMSException {
        for (int i = 0; i < count; i++) {
            Message message = consumer.receiveNoWait();
            assertNotNull(message, "message " + i);
            assertEquals(i, message.getIntProperty(NUMBER));
        }
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void isThereAsAWholeOnceItIsCommitted() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        MessageConsumer other = started().createSession().createConsumer(queue);
        sendMany(session, session.createProducer(queue), COUNT);
        assertNull(other.receiveNoWait());

        session.commit();

        expectMany(other, COUNT);
    }

    @Test
    void isGoneAsAWholeWhenItIsRolledBack() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        sendMany(session, producer, COUNT);
        session.rollback();
        sendMany(session, producer, 1);
        session.commit();

        expectMany(started().createSession().createConsumer(queue), 1);
    }

    @Test
    void settlesAndSendsTogether() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        Topic topic = session.createTopic("large.topic");
        MessageConsumer subscriber = started().createSession().createConsumer(topic);
        send(queue, "order");
        MessageConsumer consumer = session.createConsumer(queue);
        assertEquals("order", text(consumer.receive(PATIENCE_MS)));
        sendMany(session, session.createProducer(topic), COUNT);

        session.commit();

        expectMany(subscriber, COUNT);
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void saysWhatIsAllowedWhenItIsTooLarge() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        JMSException refused =
                assertThrows(
                        JMSException.class,
                        () -> {
                            sendMany(session, producer, 9_000);
                            session.commit();
                        });

        assertTrue(refused instanceof TransactionRolledBackException, refused.toString());
        assertTrue(refused.getMessage().contains("allowed are " + (8 << 20)), refused.getMessage());
        sendMany(session, producer, 1);
        session.commit();
        expectMany(started().createSession().createConsumer(queue), 1);
    }
}
