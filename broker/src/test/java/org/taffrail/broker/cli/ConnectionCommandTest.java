// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An operator ends connections, and others get what they held. */
class ConnectionCommandTest extends BrokerCommandsTest {
    private static final int LARGE_BYTES = 100_000;
    private static final int LARGE_MESSAGES = 200;

    @TempDir private Path folder;
    private Connection connection;
    private Session session;

    @AfterEach
    void closeConnection() throws JMSException {
        if (connection != null) {
            connection.close();
        }
    }

    private void connect(String url, String clientId) throws JMSException {
        connection = new TaffrailConnectionFactory(url).createConnection();
        connection.setClientID(clientId);
        connection.start();
        session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
    }

    private void send(String text) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue("q"))) {
            producer.send(session.createTextMessage(text));
        }
    }

    /** The number of the connection of a client id, as the list shows it; null for none. */
    private String idOf(String clientId) {
        done("connection", "list", "--json");
        Pattern row = Pattern.compile("\"id\":(\\d+)[^}]*\"clientId\":\"" + clientId + '"');
        Matcher found = row.matcher(out.toString());
        return found.find() ? found.group(1) : null;
    }

    /** How many messages it holds by the list that was shown last. */
    private int held(String clientId) {
        String row = "(?s).*\"clientId\":\"" + clientId + "\"[^}]*\"held\":(\\d+).*";
        return Integer.parseInt(out.toString().replaceFirst(row, "$1"));
    }

    @Test
    void listsWhoIsConnected() throws Exception {
        connect(url(), "packing");
        send("a");
        session.createConsumer(session.createQueue("q")).receive(20_000);

        done("connection", "list");

        assertEquals(3, out.toString().lines().count(), out.toString());
        assertEquals(
                "ID USER CLIENT ID PEER CONSUMERS TRANSACTIONS HELD PAUSED PRODUCT",
                out.toString().lines().findFirst().orElseThrow().replaceAll(" +", " ").strip());
        assertShown("packing", "127.0.0.1:", "Taffrail");
        done("connection", "list", "--json");
        assertShown("\"clientId\":\"packing\"", "\"held\":1", "\"paused\":false");
        done("connection", "list", "--of-user", "nobody", "--json");
        assertEquals("[]", out.toString().strip());
    }

    @Test
    void whatAFrozenClientHoldsGoesToAnother() throws Exception {
        connect(url(), "sender");
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        for (int i = 0; i < LARGE_MESSAGES; i++) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(new byte[LARGE_BYTES]);
            producer.send(message);
        }
        SocketChannel frozen = SocketChannel.open(broker.port()); // it never reads
        for (byte[] each :
                new byte[][] {
                    WireClient.preamble(),
                    WireClient.bytes(WireClient.hello("frozen", 0)),
                    WireClient.bytes(
                            new ClientFrame.Attach(
                                    1,
                                    1,
                                    ClientFrame.Source.QUEUE,
                                    DestinationKind.QUEUE,
                                    "q",
                                    null,
                                    null,
                                    false,
                                    null)),
                    WireClient.bytes(new ClientFrame.Credit(1, 1000, 1 << 30, false, 0))
                }) {
            frozen.send(each, 0, each.length);
        }
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(
                        () -> {
                            done("connection", "list", "--json");
                            return out.toString().contains("\"paused\":true");
                        });
        MessageConsumer other = session.createConsumer(session.createQueue("q"));
        String id = idOf("frozen");
        int held = held("frozen");

        done("connection", "close", id, "--reason", "it is frozen");

        assertShown("connection " + id + " closed: a client without a user at 127.0.0.1:");
        int redelivered = 0;
        for (int i = 0; i < LARGE_MESSAGES; i++) {
            Message message = other.receive(20_000);
            assertNotNull(message, i + " came");
            redelivered += message.getJMSRedelivered() ? 1 : 0;
            message.acknowledge();
        }
        assertTrue(held > 0 && redelivered >= held, redelivered + " of " + held + " were");
        assertNull(other.receiveNoWait());
        assertNull(idOf("frozen"));
        failed("there is no connection " + id + ", or not any more", "connection", "close", id);
        frozen.close();
    }

    @Test
    void aClientHearsWhyAndNothingItHadBegunIsDone() throws Exception {
        connect(url(), "stuck");
        CompletableFuture<JMSException> heard = new CompletableFuture<>();
        connection.setExceptionListener(heard::complete);
        Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
        transacted
                .createProducer(transacted.createQueue("q"))
                .send(transacted.createTextMessage("begun"));

        done("connection", "close", idOf("stuck"), "--reason", "move over", "--json");

        assertShown("\"done\":1", "\"clientId\":\"stuck\"");
        String why = heard.get(20, TimeUnit.SECONDS).getMessage();
        assertTrue(why.contains("a manager has ended the connection: move over"), why);
        assertThrows(JMSException.class, transacted::commit);
        done("queue", "list", "--json");
        assertShown("\"name\":\"q\"", "\"depth\":0");
    }

    @Test
    void aClientThatFailsOverComesBackByItself() throws Exception {
        connect("failover:(" + url() + ")", "faithful");
        MessageConsumer consumer = session.createConsumer(session.createQueue("q"));
        String id = idOf("faithful");

        done("connection", "close", id);

        send("after");
        assertEquals("after", consumer.receive(20_000).getBody(String.class));
        String back = idOf("faithful");
        assertNotNull(back);
        assertFalse(back.equals(id), id + " again");
    }

    @Test
    void isForManagersOfEverything() throws Exception {
        broker.stop();
        UsersFile users = new UsersFile(folder.resolve("users"));
        PasswordHash hash = PasswordHash.of("secret", new byte[16], 1000);
        users.change(old -> old.with("boss", hash).with("ann", hash));
        start(
                Map.of(
                        "security.usersFile",
                        folder.resolve("users").toString(),
                        "security.managers",
                        "boss",
                        "permissions.manage",
                        "user:ann"));
        environment = "secret";

        failed("user ann may not manage", "connection", "list", "--user", "ann");
        failed("user ann may not manage", "connection", "close", "1", "--user", "ann");
        done("queue", "list", "--user", "ann");
        done("connection", "list", "--user", "boss", "--of-user", "boss", "--json");
        assertShown("\"user\":\"boss\"");
    }

    @Test
    void whatIsTypedWronglyIsSaid() {
        wronglyTyped("Missing required parameter: 'ID'", "connection", "close");
        for (String id : new String[] {"0", "-1", "q", "9223372036854775808"}) {
            wronglyTyped(id + ", allowed from 1 to ", "connection", "close", id);
        }
        wronglyTyped(
                "a reason of 201 characters",
                "connection",
                "close",
                "1",
                "--reason",
                "x".repeat(201));
    }
}
