// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A topic is browsed on a broker in a process of its own, which is killed in between. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TopicBrowseIT extends CommandsTest {
    private static final Pattern OFFSET = Pattern.compile("^\\{\"offset\":(\\d+),");
    private static final int MESSAGES = 1500;
    private static final int BODY_BYTES = 1000;

    /** About a third of the messages. */
    private static final int KEPT_BYTES = 640 << 10;

    @TempDir static Path folder;
    private static BrokerProcess broker;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        broker =
                BrokerProcess.start(
                        folder,
                        "broker",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        "0",
                        "--durability",
                        "page-cache",
                        "--set",
                        "destination.prices.retention.bytesMax=" + KEPT_BYTES,
                        "--set",
                        "destination.all.retention.timeMs=1d");
        url = "taffrail://127.0.0.1:" + broker.port();
    }

    private static void killAndStart() throws IOException, InterruptedException {
        broker.kill();
        broker.awaitExit();
        start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Override
    String url() {
        return url;
    }

    private interface Work {
        void with(Session session) throws JMSException;
    }

    private void connected(Work work) throws JMSException {
        try (Connection connection = new TaffrailConnectionFactory(url).createConnection()) {
            connection.setClientID("tests");
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            connection.start();
            work.with(session);
            session.commit();
        }
    }

    private void publish(String topic, int messages) throws JMSException {
        connected(
                session -> {
                    MessageProducer producer = session.createProducer(session.createTopic(topic));
                    for (int i = 0; i < messages; i++) {
                        Message message = session.createTextMessage("x".repeat(BODY_BYTES));
                        message.setIntProperty("number", i);
                        producer.send(message);
                        if (i % 100 == 99) {
                            session.commit();
                        }
                    }
                });
    }

    /** Browses with JSON; returns the offsets that were shown, in their order. */
    private List<Long> browse(String... arguments) {
        List<String> all = new ArrayList<>(List.of("topic", "browse"));
        all.addAll(List.of(arguments));
        all.add("--json");
        done(all.toArray(new String[0]));
        List<Long> offsets = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            Matcher matcher = OFFSET.matcher(line);
            assertTrue(matcher.find(), line);
            long offset = Long.parseLong(matcher.group(1));
            assertTrue(line.contains("\"number\":" + offset), line);
            offsets.add(offset);
        }
        return offsets;
    }

    private static List<Long> offsets(long from, long before) {
        return LongStream.range(from, before).boxed().toList();
    }

    @Test
    void isShownInPagesThatGoOnAfterAKillAndWithoutWhatRetentionHasGivenUp() throws Exception {
        connected(session -> session.createDurableConsumer(session.createTopic("prices"), "sub"));
        publish("prices", MESSAGES);
        connected(
                session -> {
                    Topic topic = session.createTopic("prices");
                    MessageConsumer consumer = session.createDurableConsumer(topic, "sub");
                    for (int i = 0; i < MESSAGES; i++) {
                        assertEquals(i, consumer.receive(60_000).getIntProperty("number"));
                    }
                });

        List<Long> first = browse("prices");
        long oldest = first.get(0);
        assertTrue(oldest > MESSAGES / 3, "retention has kept all from " + oldest + " on");
        assertTrue(oldest < MESSAGES - 400, "retention has kept nothing before " + oldest);
        assertEquals(offsets(oldest, oldest + 100), first);
        wronglyTyped("start=0", "topic", "browse", "prices", "--start", "0");

        killAndStart();

        long next = oldest + 100;
        String start = Long.toString(next);
        assertEquals(
                offsets(next, next + 250), browse("prices", "--start", start, "--limit", "250"));
        assertEquals(
                offsets(next, MESSAGES), browse("prices", "--start", start, "--limit", "5000"));
        assertEquals(
                List.of(MESSAGES - 7L),
                browse("prices", "--selector", "number = " + (MESSAGES - 7)));
        done("group", "list", "--topic", "prices", "--json");
        assertShown("\"depth\":0");
    }

    @Test
    void showsWhatSubscriptionsHaveNotConsumedWithoutARetentionToo() throws Exception {
        connected(session -> session.createDurableConsumer(session.createTopic("news"), "sub"));
        publish("news", 300);
        connected(
                session -> {
                    Topic topic = session.createTopic("news");
                    MessageConsumer consumer = session.createDurableConsumer(topic, "sub");
                    for (int i = 0; i < 120; i++) {
                        assertEquals(i, consumer.receive(60_000).getIntProperty("number"));
                    }
                });

        assertEquals(offsets(120, 220), browse("news"));
        killAndStart();
        assertEquals(offsets(200, 300), browse("news", "--start", "200"));

        connected(
                session -> {
                    Topic topic = session.createTopic("news");
                    MessageConsumer consumer = session.createDurableConsumer(topic, "sub");
                    Message next = consumer.receive(60_000);
                    assertEquals(120, next.getIntProperty("number"));
                });
    }

    @Test
    void showsLargeMessagesAndBodiesAsABrowserOfAQueueDoes() throws Exception {
        connected(
                session -> {
                    MessageProducer producer = session.createProducer(session.createTopic("all"));
                    producer.setDeliveryMode(DeliveryMode.PERSISTENT);
                    producer.send(session.createTextMessage("large ".repeat(400_000)));
                    Message urgent = session.createTextMessage("urgent");
                    urgent.setJMSType("order");
                    producer.send(urgent, DeliveryMode.PERSISTENT, 9, 0);
                });

        done("topic", "browse", "all", "--full");
        assertShown("large ".repeat(400_000), "body: urgent", "type=order", "priority=9");
        assertTrue(out.toString().indexOf("large") < out.toString().indexOf("urgent"));
        done("topic", "browse", "all", "--start", "-PT1H", "--limit", "1");
        assertShown("(2400000 characters, --full shows all)");
        assertEquals(0, run("topic", "browse", "all", "--start", "latest"));
        assertEquals("", out.toString());

        failed("did you mean \"all\"?", "topic", "browse", "alle");
        failed("there is no topic", "topic", "browse", "other");
        failed("invalid", "topic", "browse", "all", "--selector", "x = ");
        wronglyTyped("start=soon", "topic", "browse", "all", "--start", "soon");
        wronglyTyped("--limit is 0", "topic", "browse", "all", "--limit", "0");
        done("topic", "list", "--json");
        assertFalse(out.toString().contains("other"), "a look has made a topic");
    }
}
