// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.TlsKeeper;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.wire.WireException;
import org.taffrail.wire.tls.KeyMaterial;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A broker and a client that speak TLS, over a real socket. */
class TlsTest {
    private static final String LOCAL = "dns:localhost,ip:127.0.0.1";

    @TempDir private Path folder;
    private Broker broker;

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.stop();
        }
    }

    private void start(String... options) throws Exception {
        Map<String, String> values = new HashMap<>(Map.of("port", "0"));
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        BrokerConfig config = BrokerConfig.defaults().with(values).conclude();
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
    }

    private TestKeys keys(String name) throws Exception {
        return TestKeys.make(folder, name, LOCAL, "EC");
    }

    private Connection connect(String options) throws JMSException {
        return new TaffrailConnectionFactory(broker.address() + "?" + options).createConnection();
    }

    private static void assertRoundTrip(Connection connection, int bytes) throws JMSException {
        try (connection;
                Session session = connection.createSession()) {
            connection.start();
            Queue queue = session.createQueue("q");
            MessageConsumer consumer = session.createConsumer(queue);
            MessageProducer producer = session.createProducer(queue);
            byte[] body = new byte[bytes];
            new Random(bytes).nextBytes(body);
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(body);
            producer.send(message);

            byte[] got = consumer.receive(20_000).getBody(byte[].class);
            assertTrue(Arrays.equals(body, got), "another body of " + got.length + " bytes");
        }
    }

    private String refusal(String options) {
        return assertThrows(JMSException.class, () -> connect(options).close()).getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16_000, 16_384, 70_000, 5_000_000})
    void messagesOfAnySizeComeThrough(int bytes) throws Exception {
        TestKeys keys = keys("broker");
        start("tls.keyStore", keys.pem().toString());
        assertTrue(broker.address().startsWith("taffrails://"), broker.address());

        assertRoundTrip(connect("transport.trustStore=" + keys.certificate()), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsAreSpokenAndManyMessagesGoBothWays(String version) throws Exception {
        TestKeys keys = TestKeys.make(folder, "broker", LOCAL, "RSA");
        start(
                "tls.keyStore",
                keys.store().toString(),
                "tls.keyStorePasswordFile",
                keys.passwordFile().toString(),
                "tls.protocols",
                version);
        String trust = "transport.trustStore=" + keys.certificate();

        try (Connection connection = connect(trust + "&transport.enabledProtocols=" + version);
                Session session = connection.createSession()) {
            connection.start();
            Queue queue = session.createQueue("many");
            MessageProducer producer = session.createProducer(queue);
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            MessageConsumer consumer = session.createConsumer(queue);
            for (int i = 0; i < 20_000; i++) {
                producer.send(session.createTextMessage("message " + i));
            }
            for (int i = 0; i < 20_000; i++) {
                assertEquals("message " + i, consumer.receive(20_000).getBody(String.class));
            }
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefusedAndSoIsAnotherHosts() throws Exception {
        TestKeys keys = TestKeys.make(folder, "broker", "dns:elsewhere.example", "EC");
        TestKeys other = keys("other");
        start("tls.keyStore", keys.pem().toString());

        assertTrue(refusal("").contains("transport.trustStore"), refusal(""));
        assertTrue(refusal("transport.trustStore=" + other.certificate()).contains("TLS"));
        String trusted = "transport.trustStore=" + keys.certificate();
        assertTrue(refusal(trusted).contains("127.0.0.1"), refusal(trusted));
        assertRoundTrip(connect(trusted + "&transport.verifyHost=false"), 100);
    }

    @Test
    void whoSpeaksNoTlsIsRefusedAndNobodyElseDisturbed() throws Exception {
        TestKeys keys = keys("broker");
        start("tls.keyStore", keys.pem().toString());
        String plain = "taffrail://127.0.0.1:" + broker.port() + "?transport.connectTimeoutMs=3000";

        JMSException refused =
                assertThrows(
                        JMSException.class,
                        () -> new TaffrailConnectionFactory(plain).createConnection().close());
        assertTrue(refused.getMessage().contains("127.0.0.1"), refused.getMessage());

        try (Socket socket = new Socket("127.0.0.1", broker.port());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (in.read() >= 0) {
                // an alert, and the end
            }
        }
        assertRoundTrip(connect("transport.trustStore=" + keys.certificate()), 100);
    }

    @Test
    void aClientThatAsksForTlsOfAPlainPortIsTold() throws Exception {
        start();
        String url = "taffrails://127.0.0.1:" + broker.port() + "?transport.connectTimeoutMs=3000";

        JMSException refused =
                assertThrows(
                        JMSException.class,
                        () -> new TaffrailConnectionFactory(url).createConnection().close());

        assertTrue(refused.getMessage().contains("TLS"), refused.getMessage());
    }

    @Test
    void clientsShowTheirCertificateWhereOneIsRequired() throws Exception {
        TestKeys keys = keys("broker");
        TestKeys client = keys("client");
        TestKeys stranger = keys("stranger");
        start(
                "tls.keyStore",
                keys.pem().toString(),
                "tls.trustStore",
                client.certificate().toString(),
                "tls.clientCertificates",
                "required");
        String trust = "transport.trustStore=" + keys.certificate();

        assertRoundTrip(connect(trust + "&transport.keyStore=" + client.pem()), 100);
        assertRoundTrip(
                connect(
                        trust
                                + "&transport.keyStore="
                                + client.store()
                                + "&transport.keyStorePassword="
                                + TestKeys.PASSWORD),
                100);
        refusal(trust);
        refusal(trust + "&transport.keyStore=" + stranger.pem());
    }

    @Test
    void aCertificateIsItsUsersWhereTheClientAsksForThat() throws Exception {
        TestKeys keys = keys("broker");
        TestKeys client = keys("billing");
        UsersFile users = new UsersFile(folder.resolve("users"));
        PasswordHash hash = PasswordHash.of("right", new byte[16], 1000);
        users.change(
                none ->
                        none.with("billing", hash)
                                .withRoles("billing", List.of("senders"))
                                .with("ann", hash));
        start(
                "tls.keyStore",
                keys.pem().toString(),
                "tls.trustStore",
                client.certificate().toString(),
                "tls.clientCertificates",
                "wanted",
                "security.certificateUser",
                "cn",
                "security.usersFile",
                users.toString(),
                "permissions.send",
                "senders");
        String trust = "transport.trustStore=" + keys.certificate();
        String shown = trust + "&transport.keyStore=" + client.pem();

        assertRoundTrip(connect(shown + "&transport.certificateLogin=true"), 100);
        assertTrue(refusal(shown).contains("asks for a user and a password"));
        String none = refusal(trust + "&transport.certificateLogin=true");
        assertTrue(none.contains("security.certificateUser"), none);
        // a user that is named counts, and needs its password
        connect(shown + "&transport.certificateLogin=true" + "&jms.username=ann&jms.password=right")
                .close();
        refusal(shown + "&transport.certificateLogin=true&jms.username=ann&jms.password=x");

        users.change(old -> old.without("billing"));
        refusal(shown + "&transport.certificateLogin=true");
    }

    @Test
    void anApplicationMayBringItsOwnContext() throws Exception {
        TestKeys keys = keys("broker");
        start("tls.keyStore", keys.pem().toString());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyMaterial.parse(Files.readAllBytes(keys.certificate()), null));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);

        TaffrailConnectionFactory factory = new TaffrailConnectionFactory(broker.address());
        factory.setSslContext(context);

        assertRoundTrip(factory.createConnection(), 100);
    }

    @Test
    void filesThatCannotBeUsedRefuseToStartNamingTheFile() throws Exception {
        Path nothing = folder.resolve("nothing.pem");
        Path rubbish = Files.writeString(folder.resolve("rubbish.p12"), "rubbish");
        Path noKey = keys("broker").certificate();

        for (Path file : new Path[] {nothing, rubbish, noKey}) {
            WireException refused =
                    assertThrows(WireException.class, () -> start("tls.keyStore", file.toString()));
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            broker.stop();
        }
        for (String option : new String[] {"tls.trustStore", "tls.keyStorePasswordFile"}) {
            WireException refused =
                    assertThrows(WireException.class, () -> start(option, noKey.toString()));
            assertTrue(refused.getMessage().contains("tls.keyStore"), refused.getMessage());
        }
        broker = null;
    }

    @Test
    void aNewCertificateCountsForTheNextConnectionAndABrokenFileForNone() throws Exception {
        TestKeys first = keys("first");
        TestKeys second = keys("second");
        Path file = Files.copy(first.pem(), folder.resolve("current.pem"));
        TlsKeeper keeper =
                TlsKeeper.open(
                        new TlsKeeper.Sources(file, null, null, null),
                        TlsKeeper.Demand.NONE,
                        "TLSv1.3");
        Object before = keeper.engine().getSSLParameters();
        assertTrue(before != null);

        Files.copy(second.pem(), file, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertEquals("CN=first", subject(keeper));
        keeper.refresh();
        assertEquals("CN=second", subject(keeper));

        Files.writeString(file, "broken");
        keeper.refresh();
        assertEquals("CN=second", subject(keeper));
    }

    /** Whose certificate a client would be shown: one handshake in memory. */
    private static String subject(TlsKeeper keeper) throws Exception {
        return TlsHandshake.subject(keeper.engine());
    }

    @Test
    void aConnectionThatIsCutGoesOnOverTls() throws Exception {
        TestKeys keys = keys("broker");
        start("tls.keyStore", keys.pem().toString(), "data", folder.resolve("data").toString());
        int port = broker.port();
        String url =
                "failover:(taffrails://127.0.0.1:"
                        + port
                        + ")?transport.trustStore="
                        + keys.certificate();

        try (Connection connection = new TaffrailConnectionFactory(url).createConnection();
                Session session = connection.createSession()) {
            MessageProducer producer = session.createProducer(session.createQueue("q"));
            producer.send(session.createTextMessage("before"));
            broker.stop();
            start(
                    "tls.keyStore",
                    keys.pem().toString(),
                    "data",
                    folder.resolve("data").toString(),
                    "port",
                    Integer.toString(port));
            producer.send(session.createTextMessage("after"));
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue("q"));
            assertEquals("before", consumer.receive(20_000).getBody(String.class));
            assertEquals("after", consumer.receive(20_000).getBody(String.class));
        }
        await().until(() -> broker.port() == port);
    }
}
