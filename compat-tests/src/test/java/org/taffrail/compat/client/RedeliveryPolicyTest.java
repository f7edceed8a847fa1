// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What failed deliveries lead to, and which destinations there are, by name. */
class RedeliveryPolicyTest extends ClientTest {
    private static final long DELAY_MS = 300;

    /** By how much two readings of the clock may differ from what the broker has read. */
    private static final long CLOCK_MS = 20;

    @Override
    Map<String, String> brokerOptions() {
        Map<String, String> options = new HashMap<>();
        options.put("destination.orders.>.redelivery.deliveriesMax", "3");
        options.put("queue.orders.slow.*.redelivery.delayMs", DELAY_MS + "ms");
        options.put("queue.orders.slow.*.redelivery.delayFactor", "2");
        options.put("queue.orders.shared.redelivery.deadLetterQueue", "orders-dead");
        options.put("queue.endless.redelivery.deliveriesMax", "0");
        options.put("destination.strict.>.destinations.createOnUse", "false");
        return options;
    }

    private static void rollBack(Session session, MessageConsumer consumer, int from, int to)
            throws JMSException {
        for (int count = from; count <= to; count++) {
            assertDelivered(consumer.receive(PATIENCE_MS), "a", count);
            session.rollback();
        }
    }

    private Message dead(String queue) throws JMSException {
        Session session = started().createSession();
        return session.createConsumer(session.createQueue(queue)).receive(PATIENCE_MS);
    }

    @Test
    void aMessageThatFailsTooOftenForItsQueueIsADeadLetter() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = session.createQueue("orders.eu");
        send(queue, "a");

        rollBack(session, session.createConsumer(queue), 1, 3);

        Message dead = dead("DLQ.orders.eu");
        assertDelivered(dead, "a", 1);
        assertEquals("orders.eu", dead.getStringProperty("JMS_TAFFRAIL_ORIGIN"));
        assertEquals("delivery limit", dead.getStringProperty("JMS_TAFFRAIL_DEATH_REASON"));
        assertEquals(3, dead.getIntProperty("JMS_TAFFRAIL_DEATH_COUNT"));
    }

    @Test
    void aDeadLetterThatIsSentOnDoesNotSayAnyMoreThatItIsOne() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = session.createQueue("orders.eu");
        send(queue, "a");
        rollBack(session, session.createConsumer(queue), 1, 3);
        Message dead = dead("DLQ.orders.eu");
        assertTrue(dead.propertyExists("JMS_TAFFRAIL_ORIGIN"));

        Queue parked = session.createQueue("parked");
        session.createProducer(parked).send(dead);
        session.commit();

        Message sentOn = session.createConsumer(parked).receive(PATIENCE_MS);
        assertDelivered(sentOn, "a", 1);
        Enumeration<?> names = sentOn.getPropertyNames();
        assertEquals(List.of("JMSXDeliveryCount"), Collections.list(names));
    }

    @Test
    void theMoreSpecificPatternNamesTheDeadLetterQueue() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = session.createQueue("orders.shared");
        send(queue, "a");

        rollBack(session, session.createConsumer(queue), 1, 3);

        assertDelivered(dead("orders-dead"), "a", 1);
    }

    @Test
    void aSubscriptionFollowsThePolicyOfItsTopic() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Topic topic = session.createTopic("orders.news");
        MessageConsumer consumer = session.createSharedDurableConsumer(topic, "readers");
        send(topic, "a");

        rollBack(session, consumer, 1, 3);

        Message dead = dead("DLQ.orders.news");
        assertDelivered(dead, "a", 1);
        assertEquals("readers", dead.getStringProperty("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION"));
    }

    @Test
    void eachFailureDoublesTheDelayAndOthersGoOn() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = session.createQueue("orders.slow.eu");
        MessageConsumer consumer = session.createConsumer(queue);
        send(queue, "a");
        assertDelivered(consumer.receive(PATIENCE_MS), "a", 1);
        long failedMs = System.currentTimeMillis();
        session.rollback();
        send(queue, "b");
        assertEquals(List.of("b"), texts(consumer, 1));
        session.commit();

        assertDelivered(consumer.receive(PATIENCE_MS), "a", 2);
        assertWaited(failedMs, DELAY_MS);
        failedMs = System.currentTimeMillis();
        session.rollback();

        assertDelivered(consumer.receive(PATIENCE_MS), "a", 3);
        assertWaited(failedMs, 2 * DELAY_MS);
        session.commit();
    }

    private static void assertWaited(long sinceMs, long delayMs) {
        long waitedMs = System.currentTimeMillis() - sinceMs;
        assertTrue(waitedMs >= delayMs - CLOCK_MS, "waited only " + waitedMs + " ms");
    }

    @Test
    void withoutALimitAMessageComesAgainAndIsOnlyCounted() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = session.createQueue("endless");
        send(queue, "a");
        MessageConsumer consumer = session.createConsumer(queue);

        rollBack(session, consumer, 1, 25);

        assertDelivered(consumer.receive(PATIENCE_MS), "a", 26);
        session.commit();
    }

    @Test
    void aDestinationThatMayNotBeMadeOnUseIsInvalid() throws Exception {
        Session session = started("jms.clientID=strict").createSession();
        Queue queue = session.createQueue("strict.queue");
        Topic topic = session.createTopic("strict.topic");
        for (Destination destination : new Destination[] {queue, topic}) {
            assertThrows(
                    InvalidDestinationException.class, () -> session.createConsumer(destination));
            assertThrows(InvalidDestinationException.class, () -> send(destination, "a"));
        }
        assertThrows(
                InvalidDestinationException.class,
                () -> session.createDurableConsumer(topic, "durable"));
        assertThrows(
                InvalidDestinationException.class,
                () -> session.createSharedConsumer(topic, "shared"));
        JMSContext context = context(Session.AUTO_ACKNOWLEDGE);
        assertThrows(
                InvalidDestinationRuntimeException.class,
                () -> context.createProducer().send(queue, "a"));
        assertThrows(InvalidDestinationRuntimeException.class, () -> context.createConsumer(queue));
        assertNotNull(session.createConsumer(session.createQueue("others")));
    }
}
