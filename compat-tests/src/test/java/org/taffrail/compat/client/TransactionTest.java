// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TransactionRolledBackException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Local transactions (Jakarta Messaging 6.2.7). */
class TransactionTest extends ClientTest {
    private Session transacted(String... options) throws JMSException {
        return started(options).createSession(Session.SESSION_TRANSACTED);
    }

    @Test
    void showsSendsOnlyAfterCommit() throws Exception {
        Session session = transacted();
        Queue queue = queue(session);
        MessageConsumer other = started().createSession().createConsumer(queue);
        MessageProducer producer = session.createProducer(queue);

        producer.send(session.createTextMessage("1"));
        assertNull(other.receiveNoWait());
        session.commit();
        assertEquals("1", text(other.receive(PATIENCE_MS)));

        producer.send(session.createTextMessage("2"));
        session.rollback();
        session.commit();
        assertNull(other.receiveNoWait());
    }

    @Test
    void redeliversInOrderAfterRollback() throws Exception {
        Session session = transacted();
        Queue queue = queue(session);
        send(queue, "1", "2", "3", "4");
        MessageConsumer consumer = session.createConsumer(queue);
        assertEquals(List.of("1", "2"), texts(consumer, 2));

        session.rollback();

        assertDelivered(consumer.receive(PATIENCE_MS), "1", 2);
        assertDelivered(consumer.receive(PATIENCE_MS), "2", 2);
        assertDelivered(consumer.receive(PATIENCE_MS), "3", 1);
        session.commit();
        assertDelivered(consumer.receive(PATIENCE_MS), "4", 1);
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void keepsOrderThroughManyRollbacksOfManyMessages() throws Exception {
        Session session = transacted("jms.prefetch=16");
        Queue queue = queue(session);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add("m" + i);
        }
        send(queue, all.toArray(String[]::new));
        MessageConsumer consumer = session.createConsumer(queue);
        List<String> committed = new ArrayList<>();

        for (int round = 0; committed.size() < all.size(); round++) {
            List<String> batch = texts(consumer, Math.min(7, all.size() - committed.size()));
            if (round % 2 == 0) {
                session.rollback();
            } else {
                session.commit();
                committed.addAll(batch);
            }
        }

        assertEquals(all, committed);
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void rollsBackWithinAListener() throws Exception {
        Session session = transacted();
        Queue queue = queue(session);
        send(queue, "1", "2", "3");
        List<String> seen = new CopyOnWriteArrayList<>();

        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                seen.add(text(message));
                                if (seen.size() == 2) {
                                    session.rollback();
                                } else {
                                    session.commit();
                                }
                            } catch (JMSException e) {
                                seen.add(e.toString());
                            }
                        });

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> seen.size() >= 4);
        assertEquals(List.of("1", "2", "2", "3"), seen);
    }

    @Test
    void rollsBackWhenTheSessionCloses() throws Exception {
        Connection connection = started();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        Queue other = session.createQueue("other");
        send(queue, "1");
        texts(session.createConsumer(queue), 1);
        session.createProducer(other).send(session.createTextMessage("lost"));

        session.close();

        Session next = connection.createSession();
        assertDelivered(next.createConsumer(queue).receive(PATIENCE_MS), "1", 2);
        assertNull(next.createConsumer(other).receiveNoWait());
    }

    @Test
    void rollsBackInsteadOfCommittingWhenASendWasRefused() throws Exception {
        Session session = transacted();
        Queue queue = queue(session);
        send(queue, "1", "2");
        MessageConsumer consumer = session.createConsumer(queue);
        Session owner = started().createSession();
        TemporaryQueue temporary = owner.createTemporaryQueue();
        MessageProducer producer = session.createProducer(temporary);
        temporary.delete();
        assertEquals(List.of("1"), texts(consumer, 1));
        MessageProducer good = session.createProducer(session.createQueue("good"));
        good.send(session.createTextMessage("never seen"));

        producer.send(session.createTextMessage("to nowhere"));

        assertThrows(TransactionRolledBackException.class, session::commit);
        assertDelivered(consumer.receive(PATIENCE_MS), "1", 2);
        assertDelivered(consumer.receive(PATIENCE_MS), "2", 1);
        session.commit();
        assertNull(session.createConsumer(session.createQueue("good")).receiveNoWait());
    }

    @Test
    void knowsWhetherItIsTransacted() throws Exception {
        Connection connection = connect();
        Session plain = connection.createSession();
        assertThrows(IllegalStateException.class, plain::commit);
        assertThrows(IllegalStateException.class, plain::rollback);
        Session transacted = connection.createSession(true, Session.AUTO_ACKNOWLEDGE);
        assertEquals(Session.SESSION_TRANSACTED, transacted.getAcknowledgeMode());
        assertThrows(IllegalStateException.class, transacted::recover);
        transacted.commit();
        transacted.rollback();
    }
}
