// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.Peer;
import org.taffrail.compat.peer.PeerServer;
import org.taffrail.compat.peer.ServerProcess;
import org.taffrail.migrate.guide.GuidePage;
import org.taffrail.migrate.guide.Snippet;
import org.taffrail.migrate.message.Fingerprint;
import org.taffrail.migrate.message.MessageReader;
import org.taffrail.migrate.message.Parcel;
import org.taffrail.migrate.message.RefusedException;
import org.taffrail.migrate.provider.Side;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The guides for Artemis and Classic, step by step on live servers: the files and commands are
 * those of the page, but for ports and folders.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class GuideIT {
    private static final Pattern ADDRESS = Pattern.compile("taffrail://[^ ,)]+:\\d+");
    private static final long WAIT_MS = 10_000;
    private static final long NOTHING_MS = 300;
    private static final int ORDERS = 5;

    @TempDir private Path folder;

    static Stream<Arguments> pages() {
        Arguments artemis = Arguments.of(Peer.ARTEMIS, "from-artemis.md");
        Arguments classic = Arguments.of(Peer.CLASSIC, "from-activemq-classic.md");
        boolean full = "full".equals(System.getProperty("taffrail.tests"));
        return full ? Stream.of(artemis, classic) : Stream.of(artemis);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void movesAnApplicationAsThePageSays(Peer peer, String name) throws Exception {
        GuidePage page = GuidePage.of(name);
        try (ProviderProcess old = new ProviderProcess(peer, folder)) {
            Properties before = at(page.properties("before"), address(old));
            Map<String, Fingerprint> sent = placeOrders(old, before);
            share(page.example("subscription-before"), old, before);

            ServerProcess broker = serve(page);
            try {
                String report = drain(page, old, broker);

                Properties after = at(page.properties("after"), broker.address());
                Map<String, Fingerprint> arrived = take(after, "orders", ORDERS);
                assertEquals(sent, arrived, report);
                assertTrue(report.contains(sum(sent).toString()), report);
                assertEquals(Map.of(), take(old, before, "orders", 0));
                share(page.example("subscription-after"), null, after);
            } finally {
                broker.kill();
            }
        }
    }

    /** The broker of the page's first command of the night, with the page's file. */
    private ServerProcess serve(GuidePage page) throws IOException {
        Path configuration = folder.resolve("broker.properties");
        Files.writeString(configuration, page.example("broker"));
        List<String> command = new ArrayList<>(List.of("org.taffrail.broker.cli.Main"));
        for (String word : page.commands("drain").get(0)) {
            command.add(
                    switch (word) {
                        case "/var/lib/taffrail" -> folder.resolve("data").toString();
                        case "61700" -> "0";
                        case "broker.properties" -> configuration.toString();
                        default -> word;
                    });
        }
        return new ServerProcess(
                folder.resolve("broker.log"), Installation.here().broker(), command, ADDRESS);
    }

    private String drain(GuidePage page, ProviderProcess old, ServerProcess broker)
            throws IOException, InterruptedException {
        Properties properties = at(page.properties("old"), address(old));
        assertEquals("mover", properties.setProperty(Side.USER_KEY, PeerServer.USER));
        properties.setProperty(Side.PASSWORD_KEY, PeerServer.PASSWORD);
        Path file = folder.resolve("old.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        List<String> command = new ArrayList<>();
        for (String word : page.commands("drain").get(1)) {
            command.add(
                    switch (word) {
                        case "old.properties" -> file.toString();
                        case "taffrail://localhost:61700" -> broker.address();
                        case "/var/lib/move" -> folder.resolve("move").toString();
                        default -> word;
                    });
        }
        assertEquals("migrate", command.remove(0));
        command.addAll(List.of("--quiet-ms", "500")); // nobody sends any more
        try (BridgeProcess bridge =
                new BridgeProcess(folder, old, old, command.toArray(String[]::new))) {
            bridge.start();
            assertTrue(bridge.endsWithin(120_000), "it does not end:\n" + bridge.output());
            assertEquals(0, bridge.exitCode(), bridge.output());
            return bridge.output();
        }
    }

    /** The page's file, with a port that was free in place of the usual one. */
    private static Properties at(Properties jndi, String address) {
        for (String key : List.of("connectionFactory.ConnectionFactory", Context.PROVIDER_URL)) {
            jndi.computeIfPresent(
                    key, (ignored, url) -> ((String) url).replaceFirst("\\w+://[\\w.:]+", address));
        }
        return jndi;
    }

    private static String address(ProviderProcess old) throws IOException {
        String file = Files.readString(old.file()).replace("\\", "");
        var matcher = Pattern.compile("tcp://[\\w.]+:\\d+").matcher(file);
        assertTrue(matcher.find(), file);
        return matcher.group();
    }

    private static Map<String, Fingerprint> placeOrders(ProviderProcess old, Properties before)
            throws JMSException, NamingException, RefusedException {
        return old.inside(
                () -> {
                    Context jndi = new InitialContext(before);
                    try (Connection connection = connect(jndi);
                            Session session = connection.createSession()) {
                        connection.start(); // Classic shows a browser nothing before
                        Destination orders = (Destination) jndi.lookup("orders");
                        for (int i = 0; i < ORDERS; i++) {
                            Message order = session.createTextMessage("order " + i);
                            order.setStringProperty("region", i % 2 == 0 ? "north" : "south");
                            order.setStringProperty("JMSXGroupID", "customer-" + i % 2);
                            order.setJMSCorrelationID("SO-" + i);
                            session.createProducer(orders).send(order);
                        }
                        return browse(session, orders);
                    }
                });
    }

    private static Map<String, Fingerprint> browse(Session session, Destination queue)
            throws JMSException, RefusedException {
        Map<String, Fingerprint> seen = new TreeMap<>();
        try (var browser = session.createBrowser((jakarta.jms.Queue) queue)) {
            var messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                note((Message) messages.nextElement(), seen);
            }
        }
        return seen;
    }

    private static void note(Message message, Map<String, Fingerprint> seen)
            throws JMSException, RefusedException {
        Parcel parcel = new MessageReader(false).read(message);
        assertNull(seen.put(parcel.id(), parcel.whole()), parcel.id());
    }

    private static Map<String, Fingerprint> take(
            ProviderProcess old, Properties file, String name, int expected)
            throws JMSException, NamingException, RefusedException {
        return old.inside(() -> take(file, name, expected));
    }

    private static Map<String, Fingerprint> take(Properties file, String name, int expected)
            throws JMSException, NamingException, RefusedException {
        Context jndi = new InitialContext(file);
        Map<String, Fingerprint> taken = new TreeMap<>();
        try (Connection connection = connect(jndi);
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer((Destination) jndi.lookup(name));
            for (int i = 0; i < expected; i++) {
                Message message = consumer.receive(WAIT_MS);
                assertNotNull(message, "after " + i);
                note(message, taken);
            }
            assertNull(consumer.receive(NOTHING_MS));
        }
        return taken;
    }

    /** Two consumers, as the page opens them, share what is published, also while they are away. */
    private void share(String code, ProviderProcess old, Properties file)
            throws JMSException, NamingException, RefusedException {
        if (old != null) {
            old.inside(() -> share(code, file));
        } else {
            share(code, file);
        }
    }

    private Void share(String code, Properties file) throws JMSException, NamingException {
        Context jndi = new InitialContext(file);
        try (Connection connection = connect(jndi)) {
            connection.start();
            Session session = connection.createSession();
            Destination prices = (Destination) jndi.lookup("prices");
            if (code.contains("::")) {
                // a subscription's queue is there when somebody has subscribed
                session.createSharedDurableConsumer((jakarta.jms.Topic) prices, "audit").close();
            }
            audit(code, connection.createSession()).close();
            for (int i = 0; i < ORDERS; i++) {
                session.createProducer(prices).send(session.createTextMessage("price " + i));
            }
            List<String> got = new ArrayList<>();
            try (MessageConsumer first = audit(code, connection.createSession());
                    MessageConsumer second = audit(code, connection.createSession())) {
                long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MS);
                while (got.size() < ORDERS && System.nanoTime() < endNanos) {
                    for (MessageConsumer one : List.of(first, second)) {
                        Message message = one.receive(NOTHING_MS);
                        if (message != null) {
                            got.add(message.getBody(String.class));
                        }
                    }
                }
                assertNull(first.receive(NOTHING_MS));
                assertNull(second.receive(NOTHING_MS));
            }
            got.sort(Comparator.naturalOrder());
            assertEquals(List.of("price 0", "price 1", "price 2", "price 3", "price 4"), got);
            return null;
        }
    }

    private MessageConsumer audit(String code, Session session) {
        try {
            return Snippet.audit(code, session, folder);
        } catch (IOException | ReflectiveOperationException e) {
            throw new AssertionError(code, e);
        }
    }

    private static Connection connect(Context jndi) throws JMSException, NamingException {
        ConnectionFactory factory = (ConnectionFactory) jndi.lookup("ConnectionFactory");
        return factory.createConnection(PeerServer.USER, PeerServer.PASSWORD);
    }

    private static Fingerprint sum(Map<String, Fingerprint> messages) {
        return messages.values().stream().reduce(Fingerprint.ZERO, Fingerprint::plus);
    }
}
