// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.XAConnection;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.IntStream;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * The sample in an application server: whatever dies meanwhile, each order has one row and one
 * confirmation in the end, nothing is left, and of the dead letters there is the one that deserves
 * it.
 */
@Timeout(300)
abstract class OrdersContract {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String POISON = "SO-POISON";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private BrokerServer broker;
    private ApplicationServer server;
    private TaffrailConnectionFactory client;
    private String database;

    /** Sets a server up. */
    abstract ApplicationServer server(Setting setting);

    /** Returns options with which the adapter connects, or nothing. */
    String url(String address) {
        return address;
    }

    @BeforeEach
    @Timeout(180)
    final void start() throws SQLException {
        broker = new BrokerServer(folder.resolve("broker"));
        broker.start();
        client = new TaffrailConnectionFactory("failover:(" + broker.address() + ")");
        database = "jdbc:h2:file:" + folder.resolve("orders");
        try (Connection connection = DriverManager.getConnection(database, "sa", "sa");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE CONFIRMED (NUMBER VARCHAR(40), DELIVERIES INT)");
        }
        server = server(new Setting(folder.resolve("server"), url(broker.address()), database));
        server.start();
    }

    @AfterEach
    @Timeout(180)
    final void end() {
        if (server != null && server.isAlive()) {
            server.kill();
        }
        broker.close();
    }

    /** What dies while the orders are processed. */
    interface Death {
        void happen();
    }

    private void killBroker() {
        broker.kill();
        broker.start();
    }

    private void killServer() {
        server.kill();
        server.start();
    }

    /** Sends orders, of which every seventh fails at first, and one that always fails. */
    private List<String> order(int from, int count) {
        List<String> numbers =
                IntStream.range(from, from + count).mapToObj(i -> "SO-" + i).toList();
        try (JMSContext context = client.createContext()) {
            for (int i = 0; i < count; i++) {
                context.createProducer()
                        .setProperty("failsAtFirst", i % 7 == 3)
                        .send(context.createQueue("orders"), numbers.get(i) + " " + (i + 1));
            }
        }
        return numbers;
    }

    private int waiting(String queue) {
        try (JMSContext context = client.createContext();
                QueueBrowser browser = context.createBrowser(context.createQueue(queue))) {
            int count = 0;
            Enumeration<?> messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                messages.nextElement();
                count++;
            }
            return count;
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitConfirmed(int count) {
        Awaitility.await("confirmations")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> waiting("confirmations") >= count);
    }

    private List<String> takeAll(String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (JMSContext context = client.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            for (Message next = consumer.receiveNoWait();
                    next != null;
                    next = consumer.receiveNoWait()) {
                texts.add(next.getBody(String.class));
            }
        }
        return texts;
    }

    private List<String> rows() throws SQLException {
        List<String> numbers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database, "sa", "sa");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT NUMBER FROM CONFIRMED")) {
            while (rows.next()) {
                numbers.add(rows.getString(1));
            }
        }
        return numbers.stream().sorted().toList();
    }

    private int preparedBranches() throws JMSException, XAException {
        try (XAConnection connection = client.createXAConnection()) {
            return connection
                    .createXASession()
                    .getXAResource()
                    .recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)
                    .length;
        }
    }

    private void run(int orders, List<Death> deaths) throws Exception {
        int part = orders / (deaths.size() + 1);
        List<String> sent = new ArrayList<>();
        try (JMSContext context = client.createContext()) {
            context.createProducer().send(context.createQueue("orders"), POISON + " 1O");
        }
        int round = 0;
        for (Death death : deaths) {
            sent.addAll(order(round * part, part));
            awaitConfirmed(round * part + part / 3);
            death.happen();
            round++;
        }
        sent.addAll(order(round * part, orders - round * part));
        awaitConfirmed(orders);
        Awaitility.await("the dead letter")
                .atMost(PATIENCE)
                .until(() -> waiting("DLQ.orders") == 1);
        Awaitility.await("branches end").atMost(PATIENCE).until(() -> preparedBranches() == 0);
        server.stop();

        List<String> expected = sent.stream().sorted().toList();
        assertEquals(expected, takeAll("confirmations").stream().sorted().toList());
        assertEquals(expected, rows());
        assertEquals(List.of(POISON + " 1O"), takeAll("DLQ.orders"));
        try (JMSContext context = client.createContext()) {
            assertNull(context.createConsumer(context.createQueue("orders")).receiveNoWait());
        }
    }

    @Test
    void confirmsEachOrderOnceThoughTheBrokerIsKilled() throws Exception {
        run(60, List.of(this::killBroker));
    }

    @Test
    @Tag("full")
    void confirmsEachOrderOnceThoughTheServerIsKilled() throws Exception {
        run(120, List.of(this::killServer, this::killServer));
    }

    @Test
    @Tag("full")
    void confirmsEachOrderOnceThoughBothAreKilledByTurns() throws Exception {
        run(
                600,
                List.of(
                        this::killBroker,
                        this::killServer,
                        this::killBroker,
                        this::killBroker,
                        this::killServer));
    }
}
