// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.DestinationStatus;
import org.taffrail.wire.record.DestinationKind;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is asked and changed in JSON, with a real broker. */
class ApiTest {
    private static ConsoleRig rig;
    private JMSContext context;
    private Queue orders;

    @BeforeAll
    static void start() throws Exception {
        rig = ConsoleRig.started(Map.of("redelivery.deliveriesMax", "1", "retention.timeMs", "1h"));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void connect() {
        context = rig.jms().createContext();
        orders = context.createQueue("orders");
    }

    @AfterEach
    void deleteAll() throws Exception {
        context.close();
        for (DestinationKind kind : List.of(DestinationKind.QUEUE, DestinationKind.TOPIC)) {
            for (String name : names(kind)) {
                done(
                        "delete",
                        "{\"kind\":\""
                                + (kind.isQueue() ? "queue" : "topic")
                                + "\",\"name\":\""
                                + name
                                + "\",\"force\":true}");
            }
        }
    }

    private static List<String> names(DestinationKind kind) throws Exception {
        return rig
                .broker
                .ask(view -> view.overview().destinations(kind, null, null, 100))
                .get()
                .rows()
                .stream()
                .map(DestinationStatus::name)
                .toList();
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = rig.get("/api/" + path);
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return rig.send(
                rig.request("/api/" + path)
                        .header("Content-Type", "application/json")
                        .header("X-Taffrail", "1")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private String done(String path, String json) throws Exception {
        HttpResponse<String> response = post(path, json);
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    private static void assertHas(String json, String part) {
        assertTrue(json.contains(part), () -> part + " is not in " + json);
    }

    /** The first number of a field. */
    private static String field(String json, String name) {
        return json.replaceFirst("(?s).*?\"" + name + "\":(\\d+).*", "$1");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void send(String... bodies) {
        for (String body : bodies) {
            context.createProducer().setProperty("region", "north").send(orders, body);
        }
    }

    @Test
    void showsTheBrokerAtAGlance() throws Exception {
        send("a", "b");
        rig.scrape();
        String glance = get("overview");
        assertHas(glance, "\"stage\":\"RUNNING\"");
        assertHas(glance, "\"depth\":2");
        assertHas(glance, "\"latencies\":{\"send\":{\"count\":");
    }

    @Test
    void listsDestinationsSortedFilteredAndInPages() throws Exception {
        send("a", "b");
        context.createProducer().send(context.createQueue("invoices"), "x");
        context.createProducer().send(context.createTopic("prices"), "x");
        rig.scrape();

        String byDepth = get("destinations?sort=depth&descending=true");
        assertHas(byDepth, "\"total\":3,\"found\":3");
        assertTrue(byDepth.indexOf("orders") < byDepth.indexOf("invoices"), byDepth);
        assertHas(byDepth, "\"depths\":[");
        String queues = get("destinations?kind=queue&limit=1&skip=1");
        assertHas(queues, "\"found\":2");
        assertHas(queues, "\"name\":\"orders\"");
        assertFalse(queues.contains("invoices"), queues);
        assertHas(get("destinations?containing=ICE"), "\"found\":2");
        assertHas(get("destinations?pattern=orders.%23"), "\"found\":1");
        assertEquals(400, rig.get("/api/destinations?sort=size").statusCode());
        assertHas(rig.get("/api/destinations?sorted=x").body(), "did you mean");
    }

    @Test
    void showsWhoConsumesAndWhoIsConnected() throws Exception {
        send("a", "b");
        try (JMSContext other =
                        rig.jms().createContext("billing", "any", Session.CLIENT_ACKNOWLEDGE);
                JMSConsumer consumer = other.createConsumer(orders)) {
            assertTrue(consumer.receive(5000) != null);
            String queue = get("destination?kind=queue&name=orders");
            assertHas(queue, "\"depth\":2");
            assertHas(queue, "\"consumerList\":[{");
            assertHas(queue, "\"user\":\"billing\"");
            String holder =
                    "&connection="
                            + field(queue, "connection")
                            + "&consumer="
                            + queue.replaceAll(
                                    ".*\"consumerList\":\\[\\{[^}]*\"id\":(\\d+).*", "$1");
            assertTrue(Long.parseLong(field(queue, "oldestHeldMs")) > 0, queue);
            String held = get("held?kind=queue&name=orders" + holder);
            assertHas(held, "\"held\":[{\"offset\":0,\"messageId\":\"ID:");
            assertEquals(404, rig.get("/api/held?kind=queue&name=none" + holder).statusCode());
            assertEquals(404, rig.get("/api/held?kind=queue&name=orders&consumer=99").statusCode());
            assertEquals(400, rig.get("/api/held?kind=queue&name=orders").statusCode());
            String one = get("connection?id=" + field(queue, "connection"));
            assertHas(one, "\"user\":\"billing\"");
            assertHas(one, "\"kind\":\"queue\",\"name\":\"orders\"");
            assertHas(one, "\"transactionList\":[]");
            assertEquals(404, rig.get("/api/connection?id=4711").statusCode());
            String connections = get("connections");
            assertHas(connections, "\"user\":\"billing\"");
            assertHas(connections, "\"consumers\":1");
            assertHas(connections, "\"peer\":\"http 127.0.0.1:");
        }
        HttpResponse<String> none = rig.get("/api/destination?kind=queue&name=nothing");
        assertEquals(404, none.statusCode());
        assertHas(none.body(), "\"code\":\"NO_SUCH_DESTINATION\"");
        assertEquals(404, rig.get("/api/messages?kind=queue&name=nothing").statusCode());
        assertEquals(404, rig.get("/api/destination?kind=queue&name=nothing").statusCode());
    }

    @Test
    void endsAConnectionAndOthersGetWhatItHeld() throws Exception {
        send("a");
        CompletableFuture<JMSException> heard = new CompletableFuture<>();
        try (JMSContext stuck =
                        rig.jms().createContext("billing", "any", Session.CLIENT_ACKNOWLEDGE);
                JMSConsumer consumer = stuck.createConsumer(orders)) {
            stuck.setExceptionListener(heard::complete);
            assertTrue(consumer.receive(5000) != null);
            String id = field(get("destination?kind=queue&name=orders"), "connection");

            String ended = done("disconnect", "{\"id\":" + id + ",\"reason\":\"move over\"}");

            assertHas(ended, "\"done\":1");
            assertHas(ended, "\"user\":\"billing\"");
            String why = heard.get(20, TimeUnit.SECONDS).getMessage();
            assertHas(why, "a manager has ended the connection: move over");
            try (JMSConsumer other = context.createConsumer(orders)) {
                assertTrue(other.receive(5000).getJMSRedelivered());
            }
            assertEquals(404, rig.get("/api/connection?id=" + id).statusCode());
            assertHas(done("disconnect", "{\"id\":" + id + "}"), "\"done\":0");
        }
        for (String wrong :
                List.of("{}", "{\"id\":0}", "{\"id\":\"x\"}", "{\"id\":1,\"why\":\"x\"}")) {
            assertEquals(400, post("disconnect", wrong).statusCode(), wrong);
        }
        String long201 = "{\"id\":4711,\"reason\":\"" + "x".repeat(201) + "\"}";
        assertEquals(400, post("disconnect", long201).statusCode());
        assertEquals(405, rig.get("/api/disconnect?id=4711").statusCode());
    }

    @Test
    void browsesAQueueInPagesAndTakesNothing() throws Exception {
        send("m0", "m1", "m2");
        String first = get("messages?kind=queue&name=orders&limit=2");
        assertHas(first, "\"body\":\"m0\"");
        assertHas(first, "\"body\":\"m1\"");
        assertHas(first, "\"nextSkip\":2");
        assertHas(first, "\"properties\":{\"region\":\"north\"}");
        String second = get("messages?kind=queue&name=orders&limit=2&skip=2");
        assertHas(second, "\"body\":\"m2\"");
        assertFalse(second.contains("nextSkip"), second);
        assertHas(first, "\"nextAfter\":\"4:1\"");
        assertHas(
                done("purge", "{\"kind\":\"queue\",\"name\":\"orders\",\"offset\":0}"),
                "\"done\":1");
        String behind = get("messages?kind=queue&name=orders&limit=2&after=4:1");
        assertHas(behind, "\"body\":\"m2\""); // whatever has gone from the page before
        assertFalse(behind.contains("m1") || behind.contains("next"), behind);
        assertEquals(
                400, rig.get("/api/messages?kind=queue&name=orders&after=somewhere").statusCode());
        assertFalse(
                get("messages?kind=queue&name=orders&selector=" + encoded("region = 'south'"))
                        .contains("body"));
        assertEquals(
                400,
                rig.get("/api/messages?kind=queue&name=orders&selector=" + encoded("region ="))
                        .statusCode());
        assertHas(get("destination?kind=queue&name=orders"), "\"depth\":2");
    }

    @Test
    void browsesATopicByOffsets() throws Exception {
        for (int i = 0; i < 3; i++) {
            context.createProducer().send(context.createTopic("prices"), "p" + i);
        }
        String first = get("messages?kind=topic&name=prices&limit=2");
        assertHas(first, "\"body\":\"p0\"");
        assertHas(first, "\"nextFrom\":2");
        assertHas(get("messages?kind=topic&name=prices&from=2"), "\"body\":\"p2\"");
    }

    @Test
    void showsOneMessageWithItsBodyByType() throws Exception {
        MapMessage map = context.createMapMessage();
        map.setString("customer", "Ann");
        map.setInt("count", 3);
        map.setJMSCorrelationID("c-1");
        context.createProducer().send(orders, map);
        String shown = get("message?kind=queue&name=orders&offset=0");
        assertHas(shown, "\"bodyType\":\"map\"");
        assertHas(shown, "customer=Ann");
        assertHas(shown, "\"correlationId\":\"c-1\"");
        try (JMSConsumer consumer = context.createConsumer(orders)) {
            assertTrue(consumer.receive(5000) != null);
        }
        assertHas(get("message?kind=queue&name=orders&offset=0"), "customer=Ann");
        assertEquals(404, rig.get("/api/message?kind=queue&name=orders&offset=7").statusCode());
    }

    @Test
    void findsMessagesByIdByTimeAndByCorrelation() throws Exception {
        TextMessage message = context.createTextMessage("wanted");
        message.setJMSCorrelationID("it's");
        send("before");
        context.createProducer().send(orders, message);
        send("after");
        String id = encoded(message.getJMSMessageID());
        String found = get("search?kind=queue&name=orders&messageId=" + id);
        assertHas(found, "\"body\":\"wanted\"");
        assertFalse(found.contains("before") || found.contains("after\""), found);
        assertHas(found, "\"complete\":true");
        assertHas(get("search?kind=queue&name=orders&correlationId=" + encoded("it's")), "wanted");
        String future = encoded(Instant.now().plusSeconds(60).toString());
        assertFalse(get("search?kind=queue&name=orders&from=" + future).contains("body"));
        assertHas(get("search?kind=queue&name=orders&from=-PT1M&limit=1"), "\"complete\":false");
    }

    @Test
    void sendsATestMessage() throws Exception {
        send("so that there is a queue");
        String sent =
                done(
                        "send",
                        "{\"kind\":\"queue\",\"name\":\"orders\",\"body\":\"h\\u00e9llo\",\"priority\":9,"
                                + "\"correlationId\":\"c\",\"properties\":{\"n\":3,\"x\":1.5,\"b\":true,"
                                + "\"s\":\"t\"}}");
        try (JMSConsumer consumer = context.createConsumer(orders)) {
            Message message = consumer.receive(5000);
            assertEquals("h\u00e9llo", message.getBody(String.class));
            assertEquals(9, message.getJMSPriority());
            assertEquals("c", message.getJMSCorrelationID());
            assertEquals(3, message.getLongProperty("n"));
            assertEquals(1.5, message.getDoubleProperty("x"));
            assertTrue(message.getBooleanProperty("b"));
            assertEquals("t", message.getStringProperty("s"));
            assertHas(sent, message.getJMSMessageID());
        }
        assertEquals(
                404,
                post("send", "{\"kind\":\"queue\",\"name\":\"typo\",\"body\":\"x\"}").statusCode());
        assertEquals(
                400,
                post("send", "{\"kind\":\"queue\",\"name\":\"orders\",\"properties\":{\"JMSX\":1}}")
                        .statusCode());
    }

    @Test
    void changesDestinationsAndWhatIsInThem() throws Exception {
        assertHas(done("create", "{\"kind\":\"queue\",\"name\":\"parked\"}"), "\"done\":1");
        send("a", "b", "c");
        assertHas(
                done(
                        "move",
                        "{\"kind\":\"queue\",\"name\":\"orders\",\"to\":\"parked\",\"limit\":2}"),
                "\"done\":2");
        assertHas(
                done("purge", "{\"kind\":\"queue\",\"name\":\"orders\",\"all\":true}"),
                "\"done\":1");
        assertHas(
                done(
                        "replay",
                        "{\"kind\":\"queue\",\"name\":\"orders\",\"start\":\"earliest\","
                                + "\"to\":\"parked\",\"limit\":1}"),
                "\"done\":1");
        assertHas(get("destination?kind=queue&name=parked"), "\"depth\":3");
        String elsewhere = "{\"kind\":\"queue\",\"name\":\"parked\",\"to\":\"typo\",\"limit\":1}";
        assertEquals(404, post("move", elsewhere).statusCode());
        assertEquals(404, post("retry", elsewhere).statusCode());
        assertFalse(names(DestinationKind.QUEUE).contains("typo"));
        HttpResponse<String> full = post("delete", "{\"kind\":\"queue\",\"name\":\"parked\"}");
        assertEquals(409, full.statusCode(), full.body());
        done("delete", "{\"kind\":\"queue\",\"name\":\"parked\",\"force\":true}");
        assertEquals(404, rig.get("/api/destination?kind=queue&name=parked").statusCode());
        assertEquals(400, post("purge", "{\"kind\":\"queue\",\"name\":\"orders\"}").statusCode());
        assertEquals(
                400,
                post("purge", "{\"kind\":\"queue\",\"name\":\"orders\",\"all\":false}")
                        .statusCode());
    }

    @Test
    void saysWhyADeadLetterDiedAndSendsItBack() throws Exception {
        send("poison");
        try (JMSContext failing = rig.jms().createContext(Session.SESSION_TRANSACTED);
                JMSConsumer consumer = failing.createConsumer(orders)) {
            assertTrue(consumer.receive(5000) != null);
            failing.rollback();
        }
        String dead = get("messages?kind=queue&name=DLQ.orders");
        assertHas(dead, "\"reason\":\"delivery limit\"");
        assertHas(dead, "\"from\":\"queue orders\"");
        assertHas(
                done("retry", "{\"kind\":\"queue\",\"name\":\"DLQ.orders\",\"offset\":0}"),
                "\"done\":1");
        assertHas(get("messages?kind=queue&name=orders"), "\"body\":\"poison\"");
    }

    @Test
    void letsASubscriptionBeginAnew() throws Exception {
        context.close();
        context = rig.jms().createContext();
        context.setClientID("desk");
        JMSConsumer first = context.createDurableConsumer(context.createTopic("prices"), "audit");
        context.createProducer().send(context.createTopic("prices"), "p0");
        assertTrue(first.receive(5000) != null);
        first.close();
        String groups = get("groups?kind=topic&name=prices");
        String id = groups.replaceAll(".*?\"id\":(\\d+).*", "$1");
        done("reset", "{\"name\":\"prices\",\"group\":" + id + ",\"start\":\"earliest\"}");
        try (JMSConsumer again =
                context.createDurableConsumer(context.createTopic("prices"), "audit")) {
            assertEquals("p0", again.receive(5000).getBody(String.class));
        }
    }

    @Test
    void whatIsNotWellFormedChangesNothing() throws Exception {
        for (String json :
                new String[] {
                    "",
                    "{\"kind\":\"queue\",\"name\":\"x\",\"mame\":1}",
                    "{\"kind\":\"tube\",\"name\":\"x\"}",
                    "{\"kind\":\"queue\",\"name\":7}",
                    "{\"kind\":\"queue\",\"name\":\"\"}",
                    "{\"kind\":\"queue\"}"
                }) {
            HttpResponse<String> response = post("create", json);
            assertEquals(400, response.statusCode(), response.body());
        }
        assertEquals(List.of(), names(DestinationKind.QUEUE));
    }

    @Test
    void whatIsAskedDoesNotChangeAndTheOtherWayRound() throws Exception {
        assertEquals(405, rig.get("/api/purge").statusCode());
        assertEquals(405, post("overview", "{}").statusCode());
        assertEquals(404, rig.get("/api/").statusCode());
        assertEquals(404, rig.get("/api/../metrics").statusCode());
    }
}
