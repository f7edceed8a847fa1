// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A connection is cut after each byte of an exchange, and then the queues are looked at: what the
 * client was told must be true. {@code -Dtaffrail.stride=N} cuts after each N-th byte only.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CutAnywhereIT {
    private static final int HEARTBEAT_MS = 30_000;
    private static final int STRIDE_SHORT = 41;

    @TempDir private Path folder;

    /** How a call ended, as the client knows it. */
    private enum Told {
        NOT_CALLED,
        FAILED,
        RETURNED
    }

    /** What may fail. */
    private interface Call {
        void run() throws JMSException;
    }

    /** The exchange of one client, and what it was told of it. */
    private static final class Exchange {
        Told sentA = Told.NOT_CALLED;
        Told sentB = Told.NOT_CALLED;
        Told acknowledgedA = Told.NOT_CALLED;
        Told committed = Told.NOT_CALLED;
        boolean seenA;
        boolean seenB;

        /** Runs until the connection is cut; returns whether it was. */
        boolean run(BrokerBehindProxy network, String clientId) {
            try (Connection connection = network.proxied(clientId)) {
                Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
                try (session) {
                    sendAndAcknowledge(session);
                }
                commit(connection.createSession(true, Session.SESSION_TRANSACTED));
                return false;
            } catch (JMSException e) {
                return true;
            }
        }

        private void sendAndAcknowledge(Session session) throws JMSException {
            MessageProducer producer = session.createProducer(session.createQueue("in"));
            sentA = Told.FAILED;
            producer.send(session.createTextMessage("a"));
            sentA = Told.RETURNED;
            sentB = Told.FAILED;
            producer.send(session.createTextMessage("b"));
            sentB = Told.RETURNED;
            MessageConsumer consumer = session.createConsumer(session.createQueue("in"));
            Message a = receive(consumer, "a");
            seenA = true;
            acknowledgedA = Told.FAILED;
            a.acknowledge();
            acknowledgedA = Told.RETURNED;
        }

        private void commit(Session session) throws JMSException {
            MessageConsumer consumer = session.createConsumer(session.createQueue("in"));
            receive(consumer, "b");
            seenB = true;
            MessageProducer producer = session.createProducer(session.createQueue("out"));
            producer.send(session.createTextMessage("c"));
            committed = Told.FAILED;
            session.commit();
            committed = Told.RETURNED;
        }

        private static Message receive(MessageConsumer consumer, String text) throws JMSException {
            Message message = consumer.receive(BrokerBehindProxy.BOUND.toMillis());
            assertNotNull(message, text + " does not come");
            assertEquals(text, ((TextMessage) message).getText());
            return message;
        }

        /** Compares what was told with what is there. */
        void check(List<String> in, List<String> out) {
            int a = count(in, "a", seenA);
            int b = count(in, "b", seenB);
            int c = count(out, "c", false);
            assertEquals(a + b, in.size());
            assertEquals(c, out.size());
            assertTrue(a + b < 2 || in.get(0).startsWith("a"), "b before a");
            switch (acknowledgedA) {
                case RETURNED -> assertEquals(0, a, "a was acknowledged");
                case NOT_CALLED -> assertTrue(a == 1 || sentA != Told.RETURNED, "a is lost");
                default -> assertTrue(a <= 1, "a is there twice");
            }
            switch (committed) {
                case RETURNED -> assertTrue(b == 0 && c == 1, "committed, and not whole");
                case FAILED -> assertEquals(1, b + c, "committed in part");
                default ->
                        assertTrue(
                                c == 0 && (b == 1 || sentB != Told.RETURNED),
                                "b is lost, or c is there");
            }
        }

        /** Counts a text; one that the client has seen must be flagged. */
        private static int count(List<String> texts, String text, boolean seen) {
            assertTrue(!seen || !texts.contains(text), text + " is not flagged");
            int count = 0;
            for (String each : texts) {
                count += each.equals(text) || each.equals(text + "!") ? 1 : 0;
            }
            return count;
        }

        @Override
        public String toString() {
            return "sent a: "
                    + sentA
                    + ", b: "
                    + sentB
                    + ", seen a: "
                    + seenA
                    + ", b: "
                    + seenB
                    + ", acknowledged a: "
                    + acknowledgedA
                    + ", committed: "
                    + committed;
        }
    }

    private static int stride() {
        boolean full = "full".equals(System.getProperty("taffrail.tests"));
        return Integer.getInteger("taffrail.stride", full ? 1 : STRIDE_SHORT);
    }

    @ParameterizedTest
    @CsvSource({"TO_SERVER,RESET", "TO_SERVER,FIN", "TO_CLIENT,RESET", "TO_CLIENT,FIN"})
    void whatTheClientWasToldIsTrueWhereverItsConnectionIsCut(Direction direction, Ending ending)
            throws IOException, JMSException {
        try (BrokerBehindProxy network = new BrokerBehindProxy(folder, HEARTBEAT_MS);
                Connection observer = network.direct("observer")) {
            int cuts = 0;
            boolean cut = true;
            for (int bytes = 0; cut; bytes += stride()) {
                network.proxy().cutNextAfter(direction, bytes, ending);
                Exchange exchange = new Exchange();
                cut = exchange.run(network, "cut");
                cuts++;
                network.awaitGone("cut");
                List<String> in = BrokerBehindProxy.drain(observer, "in");
                List<String> out = BrokerBehindProxy.drain(observer, "out");
                try {
                    exchange.check(in, out);
                } catch (AssertionError e) {
                    String where = ending + " after " + bytes + " bytes " + direction + ", ";
                    String there = ", in " + in + ", out " + out + "\n";
                    throw new AssertionError(where + exchange + there + network.log(), e);
                }
            }
            // the last exchange was whole, and there were some of which nothing was
            assertTrue(cuts > 10, cuts + " cuts");
            System.out.println(
                    cuts + " cuts " + direction + ", " + ending + " every " + stride() + " bytes");
        }
    }
}
