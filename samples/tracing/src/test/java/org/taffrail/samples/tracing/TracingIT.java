// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.samples.tracing.TracedProcess.Span;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The three processes with OpenTelemetry's agent, and what it has seen of them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TracingIT {
    private static final int ORDERS = 2;
    private static final int DELIVERIES = 3;
    private static final long PATIENCE_MS = 30_000;

    /** An order's way, each step caused by the one before. */
    private static final List<String> WAY =
            List.of(
                    "shop: orders publish",
                    "clerk: orders process",
                    "clerk: shipments publish",
                    "warehouse: shipments process",
                    "warehouse: confirmations publish",
                    "shop: confirmations receive");

    @TempDir private Path folder;

    @Test
    void anOrderIsOneTraceThroughThreeProcesses() throws Exception {
        run(false, Main.class, "clerk");
    }

    @Test
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void anOrderIsOneTraceWithAllThatTheAgentWatches() throws Exception {
        run(true, Main.class, "clerk");
    }

    @Test
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void anOrderIsOneTraceThroughAnApplicationOfJavaxJms() throws Exception {
        run(false, JavaxClerk.class);
    }

    private void run(boolean full, Class<?> clerkMain, String... clerkWords)
            throws IOException, InterruptedException, JMSException {
        List<Span> spans = new ArrayList<>();
        try (BrokerInProcess broker = BrokerInProcess.start(folder, DELIVERIES);
                TracedProcess clerk =
                        TracedProcess.start(
                                folder, broker.url(), full, "clerk", clerkMain, clerkWords);
                TracedProcess warehouse =
                        TracedProcess.start(
                                folder, broker.url(), full, "warehouse", Main.class, "warehouse");
                TracedProcess shop =
                        TracedProcess.start(
                                folder, broker.url(), full, "shop", Main.class, "shop", "2")) {
            assertEquals(0, shop.awaitExit(), () -> logs(shop, clerk, warehouse));
            spans.addAll(shop.spans());
            String unread = traceOfTheDead(broker.url());
            List<String> replayed = replayed(broker.url());
            clerk.stop();
            warehouse.stop();
            spans.addAll(clerk.spans());
            spans.addAll(warehouse.spans());

            check(spans, unread, replayed);
        }
    }

    private static void check(List<Span> spans, String unread, List<String> replayed) {
        Map<String, List<Span>> traces =
                spans.stream().collect(Collectors.groupingBy(Span::traceId));
        List<Span> sends = spans.stream().filter(span -> span.what().equals(WAY.get(0))).toList();
        assertEquals(ORDERS + 1, sends.size(), spans::toString);
        assertEquals(ORDERS + 1, traces.size(), traces::toString);
        for (Span send : sends.subList(0, ORDERS)) {
            List<Span> trace = traces.get(send.traceId());
            assertEquals(WAY.size(), trace.size(), trace::toString);
            String cause = "";
            for (String step : WAY) {
                List<Span> found = trace.stream().filter(span -> span.what().equals(step)).toList();
                assertEquals(1, found.size(), step + " in " + trace);
                assertEquals(cause, found.get(0).parentId(), step + " in " + trace);
                cause = found.get(0).id();
            }
        }
        Span last = sends.get(ORDERS);
        List<Span> attempts = new ArrayList<>(traces.get(last.traceId()));
        attempts.remove(last);
        assertEquals(DELIVERIES, attempts.size(), attempts::toString);
        for (Span attempt : attempts) {
            assertEquals("clerk: orders process", attempt.what());
            assertEquals(last.id(), attempt.parentId());
        }
        // what waits for an operator, and what is read again, still says where it is from
        assertTrue(unread.startsWith("00-" + last.traceId() + '-' + last.id()), unread);
        assertEquals(
                sends.stream().map(send -> "00-" + send.traceId() + '-' + send.id()).toList(),
                replayed);
    }

    private static String traceOfTheDead(String url) throws JMSException {
        try (Connection connection = new TaffrailConnectionFactory(url).createConnection()) {
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            connection.start();
            Message dead =
                    session.createConsumer(session.createQueue("DLQ.orders")).receive(PATIENCE_MS);
            assertNotNull(dead);
            return dead.getStringProperty("traceparent");
        }
    }

    private static List<String> replayed(String url) throws JMSException {
        List<String> parents = new ArrayList<>();
        try (Connection connection = new TaffrailConnectionFactory(url).createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            connection.start();
            MessageConsumer past =
                    session.createConsumer(session.createQueue("orders?start=earliest"));
            for (Message next = past.receiveNoWait(); next != null; next = past.receiveNoWait()) {
                parents.add(next.getStringProperty("traceparent").substring(0, 52));
            }
        }
        return parents;
    }

    private static String logs(TracedProcess... processes) {
        StringBuilder logs = new StringBuilder();
        for (TracedProcess process : processes) {
            try {
                logs.append(process.log());
            } catch (IOException e) {
                logs.append(e);
            }
        }
        return logs.toString();
    }
}
