// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages that are sent and received by commands, typed against a broker that runs. */
class MessageCommandsTest extends BrokerCommandsTest {
    @TempDir private Path folder;

    private List<String> bodies(String from) {
        done("message", "receive", from, "--all", "--timeout", "0", "--body-only");
        return out.toString().lines().toList();
    }

    @Test
    void whatIsSentIsReceivedWithAllThatWasSaidOfIt() {
        done(
                "message",
                "send",
                "queue:orders",
                "3 crates",
                "--property",
                "region=north",
                "--property",
                "crates:int=3",
                "--property",
                "urgent:boolean=true",
                "--priority",
                "7",
                "--ttl",
                "1h",
                "--correlation-id",
                "order-7",
                "--reply-to",
                "queue:replies",
                "--type",
                "order",
                "--group",
                "customer-1",
                "--non-persistent");
        assertShown("1 message sent to queue orders, ID:");

        done("message", "receive", "queue://orders", "--selector", "crates > 2", "--json");

        assertShown(
                "\"priority\":7",
                "\"persistent\":false",
                "\"deliveryCount\":1",
                "\"redelivered\":false",
                "\"expiration\":\"20",
                "\"type\":\"order\"",
                "\"correlationId\":\"order-7\"",
                "\"replyTo\":\"replies\"",
                "\"groupId\":\"customer-1\"",
                "\"region\":\"north\"",
                "\"crates\":3",
                "\"urgent\":true",
                "\"body\":\"3 crates\"");
        assertEquals(1, out.toString().lines().count());
        failed("no message is there", "message", "receive", "queue:orders", "--timeout", "0");
        assertEquals("", out.toString());
    }

    @Test
    void linesOfStandardInputAreMessagesAndComeBackAsLines() {
        input = "one\r\n\ntwo äöü\nunended";

        done("message", "send", "queue:lines", "--lines");
        assertShown("4 messages sent to queue lines");

        assertEquals(List.of("one", "", "two äöü", "unended"), bodies("queue:lines"));
    }

    @Test
    void standardInputAndFilesAreOneBodyEach() throws Exception {
        input = "first line\nsecond line\n";
        done("message", "send", "queue:whole");
        Path file = Files.writeString(folder.resolve("body.xml"), "<order/>");
        done("message", "send", "queue:whole", "--file", file.toString(), "--count", "2", "--json");
        assertShown("{\"sent\":2,\"lastMessageId\":\"ID:");

        assertEquals(
                List.of("first line", "second line", "", "<order/>", "<order/>"),
                bodies("queue:whole"));
    }

    @Test
    void bytesAndMapsComeBackAsTheyWereGiven() throws Exception {
        Path file = Files.write(folder.resolve("body.bin"), new byte[] {0, (byte) 0xff, 7});
        done("message", "send", "queue:typed", "--file", file.toString(), "--bytes");
        done("message", "send", "queue:typed", "AP8H", "--base64");
        done("message", "send", "queue:typed", "--entry", "a:long=5", "--entry", "b=x=y");

        assertEquals(List.of("AP8H", "AP8H", "{a=5, b=x=y}"), bodies("queue:typed"));
        wronglyTyped(
                "the body is not UTF-8; --bytes",
                "message",
                "send",
                "queue:typed",
                "--file",
                file.toString());
    }

    @Test
    void aTopicIsReceivedOfItsSubscriptions() {
        String[] mine = {"--subscription", "audit", "--client-id", "backoffice"};
        String[] shared = {"--subscription", "mail", "--shared"};
        failed("no message", receiving("topic:prices", mine));
        failed("no message", receiving("topic:prices", shared));

        done("message", "send", "topic:prices", "TFR 5");

        done(receiving("topic:prices", mine));
        assertShown("body: TFR 5");
        done(receiving("topic:prices", shared));
        assertShown("body: TFR 5");
        failed("no message", receiving("topic:prices", mine));
    }

    private static String[] receiving(String from, String... options) {
        List<String> all = new ArrayList<>(List.of("message", "receive", from));
        all.addAll(List.of("--timeout", "0"));
        all.addAll(List.of(options));
        return all.toArray(new String[0]);
    }

    @Test
    void whatIsDelayedComesLater() {
        done("message", "send", "queue:later", "not yet", "--delay", "1h");
        failed("no message is there", receiving("queue:later"));

        done("message", "send", "queue:later", "at last", "--delay", "100ms");
        done("message", "receive", "queue:later", "--timeout", "20s", "--body-only");
        assertEquals("at last", out.toString().strip());
    }

    @Test
    void fewerThanAskedForIsAFailureThatSaysHowMany() {
        done("message", "send", "queue:few", "x", "--count", "2");

        failed("only 2 of 3 messages are there", receiving("queue:few", "--count", "3"));

        assertEquals(2, out.toString().lines().filter(line -> line.contains("body: x")).count());
    }

    @Test
    void aTransactionSendsAllLinesOrNone() {
        input = "good\n\u00e4\nbad";
        byte[] latin = {'g', 'o', 'o', 'd', '\n', (byte) 0xe4, '\n'};

        assertEquals(Main.WRONG_USAGE, runWith(latin, out, "--transacted"), err.toString());
        assertTrue(err.toString().contains("line 2 is not UTF-8"), err.toString());
        assertEquals(List.of(), bodies("queue:all"));

        assertEquals(Main.FAILED, runWith(latin, out), err.toString());
        assertTrue(err.toString().contains("sent before it: 1 message"), err.toString());
        assertEquals(List.of("good"), bodies("queue:all"));

        done("message", "send", "queue:all", "--lines", "--transacted");
        assertEquals(List.of("good", "ä", "bad"), bodies("queue:all"));
    }

    private int runWith(byte[] standardInput, Writer writer, String... options) {
        List<String> all = new ArrayList<>(List.of("message", "send", "queue:all"));
        all.addAll(List.of("--lines", "--url", url()));
        all.addAll(List.of(options));
        return execute(standardInput, writer, all.toArray(new String[0]));
    }

    private int execute(byte[] standardInput, Writer writer, String... arguments) {
        err.getBuffer().setLength(0);
        return Main.commandLine(
                        new PasswordEntry(null, new ByteArrayInputStream(standardInput)), arguments)
                .setOut(new PrintWriter(writer))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void whatCanNotBeShownIsNotTaken() {
        done("message", "send", "queue:kept", "precious", "--count", "2");
        for (String ack : List.of("client", "transacted")) {
            String[] receive = {
                "message", "receive", "queue:kept", "--count", "2", "--ack", ack, "--url", url()
            };

            assertEquals(Main.FAILED, execute(new byte[0], new ClosedPipe(), receive));

            assertTrue(err.toString().contains("standard output is closed"), err.toString());
        }

        assertEquals(List.of("precious", "precious"), bodies("queue:kept"));
    }

    /** What standard output is when its reader has ended. */
    private static final class ClosedPipe extends Writer {
        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            throw new IOException("broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void aTransactionTakesAllThatItShows() {
        done("message", "send", "queue:three", "x", "--count", "3");

        done("message", "receive", "queue:three", "--count", "2", "--ack", "transacted");

        assertEquals(List.of("x"), bodies("queue:three"));
    }

    @Test
    void destinationOptionsReadTheLogAgain() throws Exception {
        broker.stop();
        start(Map.of("queue.past.retention.timeMs", "1h"));
        done("message", "send", "queue:past", "once");
        assertEquals(List.of("once"), bodies("queue:past"));

        done("message", "receive", "queue:past?start=earliest", "--body-only");

        assertEquals("once", out.toString().strip());
    }

    @Test
    void whatTracesAMessageSurvivesItsDeathARetryAndAReplay() throws Exception {
        broker.stop();
        start(
                Map.of(
                        "redelivery.deliveriesMax", "1",
                        "queue.traced.retention.timeMs", "1h"));
        String[] context = {
            "\"traceparent\":\"00-154000cea4565de5b85d11b200755e9d-47c4db8085ea724f-03\"",
            "\"tracestate\":\"vendor=1\"",
            // how the agent writes the headers of other propagators, which have dashes
            "\"x__dash__b3__dash__traceid\":\"154000cea4565de5b85d11b200755e9d\""
        };
        List<String> send = new ArrayList<>(List.of("message", "send", "queue:traced", "x"));
        for (String property : context) {
            send.add("--property");
            send.add(property.replace("\":\"", "=").replace("\"", ""));
        }
        done(send.toArray(new String[0]));

        fail("traced");
        done("dlq", "show", "DLQ.traced", "--json");
        assertShown(context);
        done("dlq", "retry", "DLQ.traced", "--all");
        done("queue", "browse", "traced", "--json");
        assertShown(context);
        done("queue", "replay", "traced", "--start", "earliest", "--to", "again", "--create");
        done("message", "receive", "queue:again", "--json");
        assertShown(context);
    }

    private void fail(String queue) throws JMSException {
        try (Connection connection = new TaffrailConnectionFactory(url()).createConnection()) {
            Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
            connection.start();
            assertNotNull(session.createConsumer(session.createQueue(queue)).receive(20_000));
            session.recover();
        }
    }

    @Test
    void whatIsNotTypedRightIsSaid() {
        wronglyTyped("write queue:NAME or topic:NAME", "message", "send", "orders", "x");
        wronglyTyped("did you mean \"start\"", receiving("queue:orders?strat=earliest"));
        wronglyTyped(
                "did you mean \"int\"", "message", "send", "queue:q", "x", "--property", "a:in=5");
        wronglyTyped(
                "\"five\" is no int",
                "message",
                "send",
                "queue:q",
                "x",
                "--property",
                "a:int=five");
        wronglyTyped(
                "must be a Java identifier",
                "message",
                "send",
                "queue:q",
                "x",
                "--property",
                "trace-id=1");
        wronglyTyped("give one body", "message", "send", "queue:q", "x", "--entry", "a=b");
        wronglyTyped("--lines is for", "message", "send", "queue:q", "x", "--lines");
        wronglyTyped("--priority is 12", "message", "send", "queue:q", "x", "--priority", "12");
        wronglyTyped(
                "--delay is soon, allowed from 0 to",
                "message",
                "send",
                "queue:q",
                "x",
                "--delay",
                "soon");
        wronglyTyped("there is no file", "message", "send", "queue:q", "--file", "no/such");
        wronglyTyped("a queue has none", receiving("queue:q", "--subscription", "s"));
        wronglyTyped("add --client-id, or --shared", receiving("topic:t", "--subscription", "s"));
    }

    @Test
    void itNeedsNoManagerAndGivesThePasswordOnStandardInput() throws Exception {
        broker.stop();
        Path users = folder.resolve("users");
        new UsersFile(users)
                .change(
                        known ->
                                known.with(
                                        "billing",
                                        PasswordHash.of(
                                                "secret",
                                                new byte[16],
                                                PasswordHash.ITERATIONS_LEAST)));
        start(Map.of("security.usersFile", users.toString(), "security.managers", "alice"));
        input = "secret\nthe body";

        done("message", "send", "queue:q", "--user", "billing", "--password-stdin");
        done(receiving("queue:q", "--user", "billing", "--password-stdin", "--body-only"));

        assertEquals("the body", out.toString().strip());
        input = "guessed\n";
        failed(
                "wrong user or password",
                receiving("queue:q", "--user", "billing", "--password-stdin"));
        assertFalse(err.toString().contains("guessed"), err.toString());
    }
}
