// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A broker and commands in processes of their own: very many messages, and a kill amid a move. */
class ManageProcessIT {
    private static final int MANY = 40_000;

    @TempDir Path folder;

    private BrokerProcess start() throws IOException {
        return BrokerProcess.start(
                folder,
                "broker",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                "0",
                "--durability",
                "page-cache");
    }

    private static String url(int port) {
        return "taffrail://127.0.0.1:" + port;
    }

    private BrokerProcess command(int port, String... arguments) throws IOException {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = url(port);
        return BrokerProcess.start(folder, all);
    }

    private String run(int port, String... arguments) throws Exception {
        try (BrokerProcess command = command(port, arguments)) {
            String line = command.line();
            assertEquals(0, command.awaitExit(), command.log());
            return line;
        }
    }

    private static void fill(Session session, String queue, int messages, int bytes)
            throws JMSException {
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        for (int i = 0; i < messages; i++) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(new byte[bytes]);
            message.setIntProperty("number", i);
            producer.send(message);
            if (i % 1000 == 999) {
                session.commit();
            }
        }
        session.commit();
        producer.close();
    }

    private static void drain(Session session, String queue, Set<Integer> found)
            throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        int got = 0;
        for (Message next = consumer.receiveNoWait();
                next != null;
                next = consumer.receiveNoWait()) {
            int number = next.getIntProperty("number");
            assertTrue(found.add(number), "message " + number + " is there twice");
            if (++got % 1000 == 0) {
                session.commit();
            }
        }
        session.commit();
        consumer.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void veryManyAreMovedAndPurgedWhileOthersAreServed() throws Exception {
        try (BrokerProcess broker = start()) {
            int port = broker.port();
            try (Connection connection =
                    new TaffrailConnectionFactory(url(port)).createConnection()) {
                Session filling = connection.createSession(true, Session.SESSION_TRANSACTED);
                Session other = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                connection.start();
                fill(filling, "big", MANY, 100);
                MessageProducer producer = other.createProducer(other.createQueue("small"));
                MessageConsumer consumer = other.createConsumer(other.createQueue("small"));
                int served = 0;
                try (BrokerProcess move =
                        command(port, "queue", "move", "big", "--to", "moved", "--create")) {
                    while (move.isRunning()) {
                        producer.send(other.createTextMessage("served"));
                        assertNotNull(consumer.receive(60_000));
                        served++;
                    }
                    assertEquals(MANY + " messages moved to moved", move.line());
                }
                assertTrue(served > 10, "only " + served + " were served meanwhile");

                assertEquals(MANY + " messages purged", run(port, "queue", "purge", "moved"));
                assertEquals("queue moved deleted", run(port, "queue", "delete", "moved"));
            }
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aKillAmidAMoveLosesAndDoublesNothing() throws Exception {
        int messages = 25_000;
        int moved;
        try (BrokerProcess broker = start()) {
            int port = broker.port();
            try (Connection connection =
                    new TaffrailConnectionFactory(url(port)).createConnection()) {
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                fill(session, "q", messages, 2000);
                run(port, "queue", "create", "to");
                QueueBrowser browser = session.createBrowser(session.createQueue("to"));
                try (BrokerProcess move = command(port, "queue", "move", "q", "--to", "to")) {
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(2))
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> browser.getEnumeration().hasMoreElements());
                    broker.kill();
                    broker.awaitExit();
                    move.awaitExit();
                }
            }
        }
        Set<Integer> found = new HashSet<>();
        try (BrokerProcess broker = start()) {
            int port = broker.port();
            try (Connection connection =
                    new TaffrailConnectionFactory(url(port)).createConnection()) {
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                connection.start();
                drain(session, "to", found);
                moved = found.size();
                drain(session, "q", found);
            }
        }
        assertEquals(messages, found.size(), moved + " of them were moved");
        assertTrue(moved > 0, "none was moved, though one was seen");
    }
}
