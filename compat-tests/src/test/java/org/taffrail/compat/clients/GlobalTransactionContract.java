// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;

import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.util.List;

/**
 * What a transaction manager makes of a queue and a table of a database: what is moved from one to
 * the other is in exactly one of them.
 */
abstract class GlobalTransactionContract {
    static final long WAIT_MS = 10_000;

    /** Returns the transaction manager. */
    abstract TransactionManager manager();

    /** Returns connections whose sessions take part in its transactions by themselves. */
    abstract ConnectionFactory enlisting();

    /** Returns an independent client of the server. */
    abstract Witness witness();

    /** Does something with messages. */
    interface MessageWork {
        void in(Session session) throws JMSException, SQLException;
    }

    /** Makes a table whose connections take part in transactions. */
    abstract Table table(String name) throws SQLException;

    /** Works with a session in the current transaction. */
    final void withSession(MessageWork work) throws JMSException, SQLException {
        try (Connection connection = enlisting().createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            connection.start();
            work.in(session);
        }
    }

    static String receive(Session session, String queue) throws JMSException {
        return Witness.textOf(receiveMessage(session, queue));
    }

    private static Message receiveMessage(Session session, String queue) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            Message message = consumer.receive(WAIT_MS);
            assertNotNull(message, () -> "nothing came to " + queue);
            return message;
        }
    }

    static void send(Session session, String queue, String text) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            producer.send(session.createTextMessage(text));
        }
    }

    @Test
    void movesFromAQueueToATable() throws Exception {
        String queue = getClass().getSimpleName() + ".to.table";
        Table table = table("to");
        witness().send(queue, "1", "2");

        for (String expected : List.of("1", "2")) {
            manager().begin();
            withSession(
                    session -> {
                        String text = receive(session, queue);
                        assertEquals(expected, text);
                        table.put(text);
                    });
            manager().commit();
        }

        assertEquals(List.of("1", "2"), table.texts());
        witness().seesNothingIn(queue);
    }

    @Test
    void movesFromATableToAQueue() throws Exception {
        String queue = getClass().getSimpleName() + ".from.table";
        Table table = table("from");
        manager().begin();
        table.put("1");
        manager().commit();

        manager().begin();
        withSession(session -> send(session, queue, table.take()));
        witness().seesNothingIn(queue);
        manager().commit();

        assertEquals(List.of(), table.texts());
        assertEquals(List.of("1"), witness().takeAll(queue));
    }

    @Test
    void leavesEachWhereItWasOnRollback() throws Exception {
        String from = getClass().getSimpleName() + ".rollback.from";
        String to = getClass().getSimpleName() + ".rollback.to";
        Table table = table("rollback");
        manager().begin();
        table.put("b");
        manager().commit();
        witness().send(from, "a", "c");

        manager().begin();
        withSession(
                session -> {
                    table.put(receive(session, from));
                    send(session, to, table.take());
                });
        manager().rollback();

        assertEquals(List.of("b"), table.texts());
        witness().seesNothingIn(to);
        manager().begin();
        withSession(
                session -> {
                    Message again = receiveMessage(session, from);
                    assertEquals("a", Witness.textOf(again));
                    assertTrue(again.getJMSRedelivered());
                    assertEquals(2, again.getIntProperty("JMSXDeliveryCount"));
                    assertEquals("c", receive(session, from));
                });
        manager().commit();
        witness().seesNothingIn(from);
    }

    @Test
    void rollsBackWhatIsMarkedForIt() throws Exception {
        String queue = getClass().getSimpleName() + ".marked";
        Table table = table("marked");

        manager().begin();
        withSession(session -> send(session, queue, "1"));
        table.put("1");
        manager().setRollbackOnly();
        assertThrows(RollbackException.class, () -> manager().commit());

        assertEquals(List.of(), table.texts());
        witness().seesNothingIn(queue);
    }

    @Test
    void movesBetweenQueuesAlone() throws Exception {
        String from = getClass().getSimpleName() + ".alone.from";
        String to = getClass().getSimpleName() + ".alone.to";
        witness().send(from, "1", "2", "3");

        for (int i = 0; i < 3; i++) {
            manager().begin();
            withSession(session -> send(session, to, receive(session, from)));
            manager().commit();
        }

        assertEquals(List.of("1", "2", "3"), witness().takeAll(to));
        witness().seesNothingIn(from);
    }

    @Test
    void sessionsOfOneTransactionCommitTogether() throws Exception {
        String queue = getClass().getSimpleName() + ".together";
        manager().begin();
        withSession(session -> send(session, queue, "1"));
        withSession(session -> send(session, queue, "2"));
        witness().seesNothingIn(queue);
        manager().commit();

        assertEquals(List.of("1", "2"), witness().takeAll(queue).stream().sorted().toList());
    }
}
