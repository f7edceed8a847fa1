// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.CapturedAudit;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running broker whose configuration file is changed. */
class ConfigWatchTest {
    @TempDir private Path folder;
    private final CapturedAudit audit = new CapturedAudit();
    private Path file;
    private Broker broker;
    private WireClient client;
    private long partition;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("broker.properties");
        write("port=0");
        BrokerConfig config = read();
        broker = new Broker(config, StoreFactory.of(config), true, Delays.USUAL, audit.audit());
        broker.start();
        broker.follow(file, this::read);
        client = SocketChannel.connect(broker.port()).open();
        partition = client.resolve(DestinationKind.QUEUE, "q");
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    private void write(String... lines) throws IOException {
        Path next = folder.resolve("next");
        Files.write(next, List.of(lines));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private BrokerConfig read() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new HashMap<>();
        properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
        return BrokerConfig.defaults().with(values);
    }

    private ErrorCode send() {
        client.send(partition, "x");
        BrokerFrame answer = client.hearAny();
        return answer instanceof BrokerFrame.Refuse refuse ? refuse.code() : null;
    }

    private void change(String... lines) throws IOException {
        write(lines);
        broker.look();
    }

    private String last() {
        List<String> lines = audit.lines();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    @Test
    void permissionsAndLimitsCountWithTheNextSend() throws Exception {
        assertEquals(null, send());
        change("port=0", "queue.q.permissions.send=none");
        assertEquals(ErrorCode.NOT_PERMITTED, send());
        assertTrue(
                audit.lines().stream()
                        .anyMatch(
                                line ->
                                        line.startsWith("INFO event=reloaded")
                                                && line.contains(
                                                        "\"changed: queue.q.permissions.send\"")),
                audit.lines().toString());

        change("port=0", "limits.user.sendsPerSecondMax=1000");
        assertEquals(null, send());
        change("port=0", "permissions.send=none");
        assertEquals(ErrorCode.NOT_PERMITTED, send());
    }

    @Test
    void whatNeedsAStartIsNamedOnceAndTheRestCounts() throws Exception {
        change("port=0", "permissions.send=none", "connections.max=7", "queue.q.expiry.queue=E");
        assertEquals(ErrorCode.NOT_PERMITTED, send());
        String line =
                audit.lines().stream().filter(each -> each.contains("reloaded")).toList().get(0);
        assertTrue(
                line.contains(
                        "changed: permissions.send; from the next start on: connections.max,"
                                + " queue.q.expiry.queue"),
                line);

        broker.look(); // and again
        assertEquals(1, audit.lines().stream().filter(each -> each.contains("reloaded")).count());
    }

    @Test
    void aFileThatIsNotAllowedChangesNothingAndSaysWhy() throws Exception {
        change("port=0", "permissions.send=none", "permissions.recieve=none");
        assertTrue(last().startsWith("WARN event=reloaded"), last());
        assertTrue(last().contains("permissions.receive"), last()); // the nearest
        assertEquals(null, send());

        change("port=0", "permissions.send=clerks"); // nobody could tell who that is
        assertTrue(last().contains("counts=false"), last());
        assertEquals(null, send());

        Files.delete(file);
        broker.look();
        assertEquals(null, send());
        change("port=0", "permissions.send=none");
        assertEquals(ErrorCode.NOT_PERMITTED, send());
    }

    @Test
    void anApplicationHearsOfARightThatItLosesWithItsNextSend() throws Exception {
        try (Connection connection =
                new TaffrailConnectionFactory(broker.address()).createConnection()) {
            CompletableFuture<Exception> lost = new CompletableFuture<>();
            connection.setExceptionListener(lost::complete);
            Session session = connection.createSession();
            Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue("q"));
            MessageProducer inOne = transacted.createProducer(transacted.createQueue("q"));
            Message message = session.createTextMessage("x");
            producer.send(message);
            inOne.send(message);
            transacted.commit();

            change("port=0", "permissions.send=none");

            assertThrows(JMSSecurityException.class, () -> producer.send(message));
            CompletableFuture<Exception> heard = new CompletableFuture<>();
            producer.send(
                    message,
                    new CompletionListener() {
                        @Override
                        public void onCompletion(Message sent) {
                            heard.complete(null);
                        }

                        @Override
                        public void onException(Message sent, Exception why) {
                            heard.complete(why);
                        }
                    });
            assertInstanceOf(JMSSecurityException.class, heard.get(20, TimeUnit.SECONDS));
            inOne.send(message);
            TransactionRolledBackException rolledBack =
                    assertThrows(TransactionRolledBackException.class, transacted::commit);
            assertTrue(rolledBack.getMessage().contains("may not send to queue q"));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            producer.send(message);
            assertInstanceOf(JMSSecurityException.class, lost.get(20, TimeUnit.SECONDS));

            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue("q"));
            assertNotNull(consumer.receive(20_000));
            change("port=0", "permissions.receive=none");
            assertThrows(
                    JMSException.class,
                    () -> {
                        while (consumer.receive(20_000) != null) {
                            // what it was sent before
                        }
                    });

            change("port=0");
            producer.send(message);
            inOne.send(message);
            transacted.commit();
        }
    }

    @Test
    void aSourceThatCanNotBeReadIsToldAndLookedAtAgain() throws Exception {
        broker.follow(
                file,
                () -> {
                    throw new WireException(ErrorCode.INVALID_OPTION, "it is being written");
                });
        broker.look();
        assertTrue(last().contains("it is being written"), last());
        assertEquals(null, send());
    }
}
