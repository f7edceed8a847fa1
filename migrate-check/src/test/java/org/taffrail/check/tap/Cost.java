// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.Recorder;

import java.util.Arrays;
import java.util.Hashtable;
import java.util.Locale;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * What a call costs more through the recorder: the table of {@code docs/migrate-check.md}. The
 * provider does nothing, so that all time is the recorder's, and what it asks the message for. Run
 * it with the class path of the tests.
 */
final class Cost {
    private static final int CALLS = 20_000;
    private static final int ROUNDS = 61;

    private final Recorder recorder = new Recorder();
    private final Session session;
    private final SessionTap tap;

    private Cost(Connection connection) throws JMSException {
        session = connection.createSession();
        FactoryTap factory = new FactoryTap(new FakeFactory(connection, "cost"), recorder);
        tap = SessionTap.ofSession(session, new ConnectionTap(connection, factory, false), false);
    }

    /** Something that is done very often. */
    private interface Step {
        void take() throws JMSException;
    }

    /** Prints the table. */
    public static void main(String[] args) throws NamingException, JMSException {
        Hashtable<String, String> jndi = new Hashtable<>();
        jndi.put(
                "java.naming.factory.initial",
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        jndi.put("connectionFactory.F", "taffrail:embedded?name=cost");
        ConnectionFactory factory = (ConnectionFactory) new InitialContext(jndi).lookup("F");
        try (Connection connection = factory.createConnection()) {
            new Cost(connection).table();
        }
    }

    private void table() throws JMSException {
        for (int properties : new int[] {0, 5, 20}) {
            Message message = session.createTextMessage("x".repeat(1000));
            for (int i = 0; i < properties; i++) {
                message.setStringProperty("property" + i, "value");
            }
            Idle idle = new Idle(message);
            MessageProducer producer =
                    (MessageProducer)
                            Taps.proxy(
                                    new ProducerTap(
                                            idle,
                                            recorder.destination(DestinationKind.QUEUE, "q"),
                                            recorder));
            print("send, " + properties + " properties", () -> producer.send(message));
            MessageConsumer consumer =
                    (MessageConsumer)
                            Taps.proxy(
                                    new ConsumerTap(
                                            idle,
                                            recorder.destination(
                                                    DestinationKind.QUEUE, "r" + properties),
                                            tap));
            print("receive, " + properties + " properties", () -> consumer.receive(1000));
        }
        Session watched = (Session) Taps.proxy(tap);
        print("createQueue, through", () -> watched.createQueue("orders"));
        print("createQueue, direct", () -> session.createQueue("orders"));
        Queue queue = session.createQueue("orders");
        print("createProducer and close, through", () -> watched.createProducer(queue).close());
        print("createProducer and close, direct", () -> session.createProducer(queue).close());
    }

    /** The median of many rounds, after as many to warm up. */
    private static void print(String what, Step step) throws JMSException {
        long[] rounds = new long[ROUNDS];
        for (int round = 0; round < 2 * ROUNDS; round++) {
            long startNs = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                step.take();
            }
            rounds[round % ROUNDS] = (System.nanoTime() - startNs) / CALLS;
        }
        Arrays.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "%-36s %,7d ns (%,d to %,d)%n",
                what,
                rounds[ROUNDS / 2],
                rounds[ROUNDS / 10],
                rounds[ROUNDS - 1 - ROUNDS / 10]);
    }
}
