// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The commands for a running broker, typed against one that runs. */
class ManageCommandsTest extends BrokerCommandsTest {
    @TempDir private Path folder;
    private Connection connection;
    private Session session;

    private Session connect() throws JMSException {
        if (session == null) {
            connection = new TaffrailConnectionFactory(broker.address()).createConnection();
            connection.setClientID("tests");
            session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
            connection.start();
        }
        return session;
    }

    @AfterEach
    void closeConnection() throws JMSException {
        if (connection != null) {
            connection.close();
        }
    }

    private void send(String queue, String... texts) throws JMSException {
        MessageProducer producer = connect().createProducer(session.createQueue(queue));
        for (String text : texts) {
            producer.send(session.createTextMessage(text));
        }
        producer.close();
    }

    private void kill(String queue) throws JMSException {
        MessageConsumer consumer = connect().createConsumer(session.createQueue(queue));
        for (int i = 0; i < 10; i++) {
            assertNotNull(consumer.receive(20_000));
            session.recover();
        }
        consumer.close();
    }

    private List<String> receiveAll(String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        MessageConsumer consumer = connect().createConsumer(session.createQueue(queue));
        for (Message next = consumer.receiveNoWait();
                next != null;
                next = consumer.receiveNoWait()) {
            texts.add(((TextMessage) next).getText());
            next.acknowledge();
        }
        consumer.close();
        return texts;
    }

    @Test
    void whoHoldsWhatIsShown() throws Exception {
        send("q", "a", "b");
        MessageConsumer consumer = connect().createConsumer(session.createQueue("q"));
        Message first = consumer.receive(20_000);

        done("queue", "held", "q");
        List<String> lines = out.toString().lines().toList();
        assertEquals(
                "CONNECTION  ID  USER  OFFSET  MESSAGE ID  HELD SINCE  DELIVERY  SETTLING",
                lines.get(0).replaceAll("  +", "  ").strip());
        assertEquals(3, lines.size());
        assertShown(first.getJMSMessageID());
        done("queue", "held", "q", "--json");
        assertShown("\"heldList\":[{\"offset\":0,");
        done("queue", "describe", "q");
        assertShown("HELD SINCE");
        first.acknowledge();
        consumer.close();
        done("queue", "held", "q");
        assertEquals(1, out.toString().lines().count());

        MessageConsumer subscriber =
                session.createDurableConsumer(session.createTopic("t"), "audit");
        session.createProducer(session.createTopic("t")).send(session.createTextMessage("x"));
        Message published = subscriber.receive(20_000);
        done("group", "held", "audit");
        assertShown(published.getJMSMessageID());
    }

    @Test
    void queuesAreListedDescribedMadeAndDeleted() throws Exception {
        send("orders.eu", "a", "b");
        done("queue", "create", "orders.us");
        assertShown("queue orders.us created");
        done("queue", "create", "orders.us");
        assertShown("was there already");
        MessageConsumer consumer =
                connect().createConsumer(session.createQueue("orders.us"), "x = 1");

        done("queue", "list");
        List<String> lines = out.toString().lines().toList();
        assertEquals(
                "NAME       DEPTH  READY  HELD  WAITING  FAILED  CONSUMERS  END", lines.get(0));
        assertEquals(
                "orders.eu      2      2     0        0       0          0    2", lines.get(1));
        assertEquals(3, lines.size());
        done("queue", "list", "*.us", "--json");
        assertTrue(out.toString().startsWith("[{\"name\":\"orders.us\",\"kind\":\"queue\""));
        assertShown("\"consumers\":1");

        done("queue", "describe", "orders.us");
        assertShown("dead letter queue", "DLQ.orders.us", "CONNECTION", "127.0.0.1:", "x = 1");
        done("queue", "describe", "orders.us", "--json");
        assertShown("\"consumerList\":[{\"group\":");

        failed("has consumers", "queue", "delete", "orders.us");
        failed("holds 2 messages", "queue", "delete", "orders.eu");
        consumer.close();
        done("queue", "delete", "orders.us");
        done("queue", "delete", "orders.eu", "--force");
        failed("there is no queue \"orders.eu\"", "queue", "describe", "orders.eu");
    }

    @Test
    void aNameThatIsNearlyRightIsNamed() throws Exception {
        send("orders", "a");
        failed("did you mean \"orders\"?", "queue", "purge", "order");
        failed("did you mean \"orders\"?", "queue", "browse", "oders");
        failed("--create makes it", "queue", "move", "orders", "--to", "ordersx");
        done("queue", "list");
        assertEquals(2, out.toString().lines().count());
    }

    @Test
    void messagesArePurgedAndMoved() throws Exception {
        send("q", "a", "b", "c", "d");

        done("queue", "move", "q", "--to", "p", "--create", "--limit", "1");
        assertShown("1 message moved to p");
        done("queue", "purge", "q", "--offset", "1");
        assertShown("1 message purged");
        done("queue", "move", "q", "--to", "p", "--json");
        assertEquals("{\"done\":2,\"held\":0,\"left\":0}", out.toString().strip());

        assertEquals(List.of("a", "c", "d"), receiveAll("p"));
        failed("invalid", "queue", "purge", "q", "--selector", "x = ");
        wronglyTyped("--limit is 0", "queue", "purge", "q", "--limit", "0");
    }

    @Test
    void messagesAreShownWithAllTheyHave() throws Exception {
        Queue queue = connect().createQueue("q");
        MessageProducer producer = session.createProducer(queue);
        TextMessage text = session.createTextMessage("long ".repeat(100));
        text.setStringProperty("colour", "red\u001b[31m");
        text.setIntProperty("size", 7);
        text.setJMSType("order");
        text.setJMSCorrelationID("c1");
        text.setJMSReplyTo(session.createQueue("replies"));
        producer.send(text);
        MapMessage map = session.createMapMessage();
        map.setString("name", "Ann");
        map.setBytes("raw", new byte[] {1, 2});
        producer.send(map);
        producer.send(session.createMessage());

        done("queue", "browse", "q");
        assertShown(
                "messageId=" + text.getJMSMessageID(),
                "type=order",
                "correlationId=c1",
                "replyTo=replies",
                "colour = red?[31m",
                "size = 7",
                "long ... (500 characters, --full shows all)",
                "body: {name=Ann, raw=AQI=}");
        done("queue", "browse", "q", "--full", "--limit", "1");
        assertShown("long ".repeat(100));
        done("queue", "browse", "q", "--json", "--selector", "size = 7");
        assertEquals(1, out.toString().lines().count());
        assertShown("\"properties\":{\"colour\":\"red\\u001b[31m\",\"size\":7}", "\"offset\":0");
        done("queue", "browse", "q", "--offset", "2", "--json");
        assertEquals(1, out.toString().lines().count());
        done("queue", "list");
        String line = out.toString().lines().toList().get(1);
        assertTrue(line.matches("q +3 .*"), line);
    }

    @Test
    void compressedAndLargeMessagesAreShownToo() throws Exception {
        String url = broker.address() + "?jms.useCompression=true";
        try (Connection other = new TaffrailConnectionFactory(url).createConnection()) {
            Session sending = other.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = sending.createProducer(sending.createQueue("q"));
            producer.send(sending.createTextMessage("squeezed ".repeat(1000)));
        }
        send("q", "large ".repeat(400_000));

        done("queue", "browse", "q", "--full");
        assertShown("squeezed ".repeat(1000), "large ".repeat(400_000));
    }

    @Test
    void subscriptionsAreListedDescribedPurgedAndMoved() throws Exception {
        Topic topic = connect().createTopic("prices");
        MessageConsumer sub = session.createDurableConsumer(topic, "audit", "size > 1", false);
        MessageProducer producer = session.createProducer(topic);
        for (int i = 0; i < 4; i++) {
            Message message = session.createTextMessage("m" + i);
            message.setIntProperty("size", i);
            producer.send(message);
        }
        sub.close();

        done("topic", "list");
        assertShown("prices");
        done("topic", "describe", "prices");
        assertShown("SOURCE", "audit", "durable");
        done("group", "list");
        assertShown("audit");
        done("group", "list", "--topic", "prices", "--json");
        String id = out.toString().replaceAll(".*\"id\":(\\d+).*\\R", "$1");
        assertShown("\"selector\":\"size > 1\"", "\"depth\":2");
        done("group", "describe", "audit");
        assertShown("first unsettled");
        failed("did you mean \"audit\"?", "group", "describe", "audi");

        done("topic", "move", "prices", "--group", id, "--to", "q", "--create", "--limit", "1");
        assertEquals(List.of("m2"), receiveAll("q"));
        failed("holds 1 messages", "topic", "delete", "prices");
        done("topic", "purge", "prices");
        assertShown("1 message purged");
        failed("has 1 subscriptions", "topic", "delete", "prices");
        done("topic", "create", "news");
        done("topic", "delete", "news");
        done("group", "list", "--queue", "q");
        assertShown("queue");
    }

    @Test
    void deadLettersAreShownSentBackAndDiscarded() throws Exception {
        send("q", "a");
        kill("q");
        send("q", "b");
        kill("q");

        done("dlq", "list");
        assertShown("DLQ.q");
        done("dlq", "show", "DLQ.q");
        assertShown("OFFSET", "delivery limit", "queue q", "10");
        done("dlq", "show", "DLQ.q", "--json");
        assertShown("\"JMS_TAFFRAIL_DEATH_REASON\":\"delivery limit\"");
        String id = out.toString().lines().findFirst().orElseThrow();
        id = id.replaceAll(".*\"messageId\":\"([^\"]*)\".*", "$1");
        done("dlq", "show", "DLQ.q", id);
        assertShown(id, "JMS_TAFFRAIL_ORIGIN = q");
        done("dlq", "show", "DLQ.q", "0");
        failed("no message  is ready", "dlq", "show", "DLQ.q", "");
        failed("no message 77", "dlq", "show", "DLQ.q", "77");

        wronglyTyped("say which messages", "dlq", "retry", "DLQ.q");
        wronglyTyped("say which messages", "dlq", "discard", "DLQ.q", id, "--all");
        failed("is no dead-letter or expiry queue", "dlq", "discard", "q", "--all");
        done("dlq", "retry", "DLQ.q", id);
        assertShown("1 message sent back");
        assertEquals(1, receiveAll("q").size());
        done("dlq", "discard", "DLQ.q", "--all");
        assertShown("1 message discarded");
        send("DLQ.q", "not dead");
        failed("1 message left in place", "dlq", "retry", "DLQ.q", "--all");
    }

    @Test
    void aConsumerOfADeletedQueueHearsOfIt() throws Exception {
        MessageConsumer consumer = connect().createConsumer(session.createQueue("q"));
        done("queue", "delete", "q", "--force");

        JMSException gone = null;
        try {
            assertNull(consumer.receive(20_000));
        } catch (JMSException e) {
            gone = e;
        }
        assertNotNull(gone, "receive ended as if nothing had come");
        assertTrue(gone.getMessage().contains("deleted"), gone.getMessage());
    }

    @Test
    void aProducerGoesOnAfterItsQueueWasDeletedAndMadeAgain() throws Exception {
        MessageProducer producer = connect().createProducer(session.createQueue("q"));
        producer.send(session.createTextMessage("a"));
        done("queue", "delete", "q", "--force");
        try {
            producer.send(session.createTextMessage("refused"));
        } catch (JMSException e) {
            assertTrue(e.getMessage().contains("does not exist"), e.getMessage());
        }
        producer.send(session.createTextMessage("b"));
        assertTrue(receiveAll("q").contains("b"));
    }

    @Test
    void onlyManagersMayAndNoPasswordIsTyped() throws Exception {
        broker.stop();
        UsersFile users = new UsersFile(folder.resolve("users"));
        users.change(
                old ->
                        old.with("boss", PasswordHash.of("secret", new byte[16], 1000))
                                .with("ann", PasswordHash.of("other", new byte[16], 1000)));
        start(
                Map.of(
                        "security.usersFile",
                        folder.resolve("users").toString(),
                        "security.managers",
                        "boss, chief"));

        failed("asks for a user", "queue", "list");
        environment = "other";
        failed("user ann may not manage", "queue", "list", "--user", "ann");
        failed("user ann may not manage", "queue", "purge", "q", "--user", "ann");
        failed("user ann may not manage", "topic", "browse", "t", "--user", "ann");
        environment = "secret";
        done("queue", "list", "--user", "boss");
        environment = null;
        input = "secret\n";
        done("queue", "create", "q", "--user", "boss", "--password-stdin");
        input = "wrong\n";
        failed("wrong user or password", "queue", "list", "--user", "boss", "--password-stdin");
        wronglyTyped("TAFFRAIL_PASSWORD", "queue", "list", "--user", "boss");
        wronglyTyped("--password-stdin says no name", "queue", "list", "--password-stdin");
    }

    @Test
    void whatIsTypedWronglyIsSaid() {
        wronglyTyped("Missing required option: '--to=QUEUE'", "queue", "move", "q");
        wronglyTyped("did you mean \"--force\"?", "queue", "delete", "q", "--forse");
        assertFalse(out.toString().contains("Exception"));
    }

    @Test
    void aBrokerThatIsNotThereIsNamed() {
        String address = broker.address();
        broker.stop();
        failed(address.substring("taffrail://".length()), "queue", "list");
    }

    @Test
    void aPasswordInTheUrlIsRefused() {
        String said = refusedUrl(broker.address() + "?jms.username=a&jms.password=secret");

        assertFalse(said.contains("secret"), said);
        assertTrue(said.contains("TAFFRAIL_PASSWORD"), said);
    }

    @Test
    void aUrlOfSeveralBrokersIsRefused() {
        String said = refusedUrl("failover:(" + broker.address() + ",taffrail://other)");

        assertTrue(said.contains("for one broker"), said);
    }

    private static String refusedUrl(String url) {
        StringWriter said = new StringWriter();
        int status =
                Main.commandLine(new PasswordEntry(null, new ByteArrayInputStream(new byte[0])))
                        .setErr(new PrintWriter(said, true))
                        .execute("queue", "list", "--url", url);
        assertEquals(Main.WRONG_USAGE, status);
        return said.toString();
    }

    @Test
    void aQueueIsReadAndReplayedAndASubscriptionReset() throws Exception {
        broker.stop();
        start(Map.of("destination.#.retention.timeMs", "1d"));
        Queue queue = connect().createQueue("orders");
        MessageProducer producer = connect().createProducer(null);
        for (String text : List.of("a", "b", "c")) {
            producer.send(queue, connect().createTextMessage(text));
        }
        MessageConsumer consumer = connect().createConsumer(queue);
        for (int i = 0; i < 3; i++) {
            consumer.receive(20_000).acknowledge();
        }

        done("queue", "tail", "orders", "--start", "1", "--no-wait");
        assertShown("body: b", "body: c");
        assertFalse(out.toString().contains("body: a"));
        done("queue", "tail", "orders", "--start", "earliest", "--limit", "1", "--json");
        assertShown("\"body\":\"a\"");

        done("queue", "replay", "orders", "--start", "-PT1H", "--to", "orders", "--limit", "2");
        assertShown("2 messages replayed to orders");
        assertEquals("a", consumer.receive(20_000).getBody(String.class));
        assertEquals("b", consumer.receive(20_000).getBody(String.class));
        wronglyTyped("start=9", "queue", "replay", "orders", "--start", "9", "--to", "orders");
        wronglyTyped("start=soon", "queue", "tail", "orders", "--start", "soon");

        Topic topic = connect().createTopic("prices");
        producer.send(topic, connect().createTextMessage("1"));
        connect().createDurableConsumer(topic, "late").close();
        done("group", "reset", "late", "--start", "earliest", "--json");
        assertShown("{\"reset\":true}");
        MessageConsumer late = connect().createDurableConsumer(topic, "late");
        assertEquals("1", late.receive(20_000).getBody(String.class));
        failed("has a consumer", "group", "reset", "late", "--start", "latest");
        producer.setPriority(9);
        producer.send(topic, connect().createTextMessage("2"));
        done("topic", "tail", "prices", "--start", "earliest", "--no-wait");
        assertShown("body: 1", "body: 2");
        assertTrue(out.toString().indexOf("body: 1") < out.toString().indexOf("body: 2"));
        done("topic", "tail", "prices", "--start", "earliest", "--limit", "1");
        done("topic", "tail", "prices", "--no-wait", "--json");
        assertEquals("", out.toString());
        done("topic", "replay", "prices", "--start", "earliest", "--to", "orders");
        assertShown("2 messages replayed to orders");
    }
}
