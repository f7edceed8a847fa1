// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A connection of which one side, or neither, hears that it is no more. Each side notices that the
 * other is silent, and what was under way comes to an end.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HalfOpenIT {
    private static final int HEARTBEAT_MS = 1500;
    private static final int LARGE = 100_000;
    private static final int LARGE_COUNT = 120;
    private static final List<Direction> BOTH = List.of(Direction.values());
    private static final List<Direction> UP = List.of(Direction.TO_SERVER);
    private static final List<Direction> DOWN = List.of(Direction.TO_CLIENT);

    @TempDir private static Path folder;
    private static BrokerBehindProxy network;
    private static int names;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final String queue = "held-" + ++names;
    private final String sent = "sent-" + names;

    @BeforeAll
    static void startBroker() throws IOException {
        network = new BrokerBehindProxy(folder, HEARTBEAT_MS);
    }

    @AfterAll
    static void stopBroker() {
        network.close();
    }

    @AfterEach
    void heal() {
        network.proxy().cut(Ending.RESET);
        network.proxy().heal();
        threads.shutdownNow();
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                Arguments.of(Flow.SWALLOWED, BOTH),
                Arguments.of(Flow.SWALLOWED, UP),
                Arguments.of(Flow.SWALLOWED, DOWN),
                Arguments.of(Flow.STALLED, BOTH));
    }

    /** A client with something of everything, as it waits for the broker. */
    private final class Client implements AutoCloseable {
        final Connection connection = network.proxied("lost");
        final BlockingQueue<JMSException> told = new LinkedBlockingQueue<>();
        final Session holding = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        final MessageConsumer holder = holding.createConsumer(holding.createQueue(queue));
        final Session sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        final MessageProducer producer = sending.createProducer(sending.createQueue(sent));
        final Session committing = connection.createSession(true, Session.SESSION_TRANSACTED);
        final Session receiving = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        final MessageConsumer receiver = receiving.createConsumer(receiving.createQueue("empty"));

        Client() throws JMSException {
            connection.setExceptionListener(told::add);
            MessageProducer inTransaction = committing.createProducer(holding.createQueue(sent));
            inTransaction.send(committing.createTextMessage("committed"));
        }

        void hold(String text) throws JMSException {
            Message message = holder.receive(BrokerBehindProxy.BOUND.toMillis());
            assertNotNull(message, text + " does not come");
            assertEquals(text, ((TextMessage) message).getText());
        }

        Void send() throws JMSException {
            producer.send(sending.createTextMessage("sent"));
            return null;
        }

        Void commit() throws JMSException {
            committing.commit();
            return null;
        }

        /** The exception listener is told, once. */
        void assertTold() throws InterruptedException {
            assertNotNull(told.poll(BrokerBehindProxy.BOUND.toMillis(), TimeUnit.MILLISECONDS));
            assertEquals(List.of(), List.copyOf(told));
        }

        /** A close() that does not end normally is a failure as well, and so is a second word. */
        @Override
        public void close() throws JMSException {
            connection.close();
            assertEquals(List.of(), List.copyOf(told));
        }
    }

    private static <T> T within(Future<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(BrokerBehindProxy.BOUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void assertFails(Future<?> call) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> within(call));
        assertInstanceOf(JMSException.class, failure.getCause());
    }

    private <T> Future<T> start(Callable<T> call) {
        return threads.submit(call);
    }

    @ParameterizedTest
    @MethodSource("silences")
    void aSilenceEndsWhatWaitsAndGivesBackWhatWasHeld(Flow flow, List<Direction> where)
            throws Exception {
        network.send(queue, "one", "two", "three");
        Connection closed = network.proxied("closed");
        closed.createSession(true, Session.SESSION_TRANSACTED)
                .createConsumer(closed.createSession().createQueue("empty"));
        try (Client client = new Client()) {
            client.hold("one");
            client.hold("two");

            where.forEach(direction -> network.proxy().flow(direction, flow));
            Future<?> send = start(client::send);
            Future<?> commit = start(client::commit);
            Future<?> receive = start(() -> client.receiver.receive());
            Future<?> close =
                    start(
                            () -> {
                                closed.close();
                                return null;
                            });

            assertFails(send);
            assertFails(commit);
            assertFails(receive);
            within(close);
            client.assertTold();
            assertThrows(JMSException.class, client.holding::recover);
        }
        // another connection is possible at once, though the network may not know of the end
        network.proxy().heal();
        try (Connection again = network.proxied("again")) {
            assertEquals(List.of(), BrokerBehindProxy.drain(again, "empty"));
        }
        network.awaitGone("lost");
        network.awaitGone("closed");
        assertComesAgain(network.drain(queue));
        // the send and the commit have failed: they came to pass or not, but once
        List<String> arrived = withoutFlags(network.drain(sent));
        assertEquals(arrived.stream().distinct().toList(), arrived);
        if (flow == Flow.SWALLOWED && where.contains(Direction.TO_SERVER)) {
            assertEquals(List.of(), arrived);
        }
    }

    /** What the client has seen is flagged; what was only sent to it may be. */
    private static void assertComesAgain(List<String> left) {
        assertEquals(List.of("one", "two", "three"), withoutFlags(left));
        assertEquals(List.of("one!", "two!"), left.subList(0, 2));
    }

    private static List<String> withoutFlags(List<String> texts) {
        return texts.stream().map(text -> text.replace("!", "")).toList();
    }

    static Stream<List<Direction>> stalls() {
        return Stream.of(UP, BOTH);
    }

    @ParameterizedTest
    @MethodSource("stalls")
    void sendersWhoseBytesNobodyTakesAreHeldAndThenFail(List<Direction> where) throws Exception {
        try (Client client = new Client()) {
            client.producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            Message large = client.sending.createTextMessage("x".repeat(LARGE));
            where.forEach(direction -> network.proxy().flow(direction, Flow.STALLED));
            Future<?> send =
                    start(
                            () -> {
                                while (true) {
                                    client.producer.send(large);
                                }
                            });
            assertFails(send);
            client.assertTold();
        }
        network.proxy().heal();
        network.awaitGone("lost");
    }

    @ParameterizedTest
    @EnumSource(
            value = Flow.Passage.class,
            names = {"STALLED", "SWALLOWED"})
    void whatWasOnItsWayToAClientThatIsGoneComesToAnotherInOrder(Flow.Passage passage)
            throws Exception {
        List<String> texts =
                IntStream.range(0, LARGE_COUNT).mapToObj(n -> n + "x".repeat(LARGE)).toList();
        try (Client client = new Client()) {
            network.proxy().flow(Direction.TO_CLIENT, new Flow(passage, 0, 0));
            network.send(queue, texts.toArray(String[]::new));
            client.assertTold();
        }
        network.proxy().heal();
        network.awaitGone("lost");
        assertEquals(texts, withoutFlags(network.drain(queue)), network::log);
    }

    @ParameterizedTest
    @MethodSource("silences")
    void whoConnectsIntoASilenceGivesUpInTime(Flow flow, List<Direction> where) throws Exception {
        where.forEach(direction -> network.proxy().flow(direction, flow));
        assertFails(start(() -> network.proxied("opening", HEARTBEAT_MS)));
        network.proxy().heal();
        network.awaitGone("opening");
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void anEndOfOneSideIsTheEndOfBoth(Direction direction) throws Exception {
        network.send(queue, "one", "two");
        try (Client client = new Client()) {
            client.hold("one");
            Future<?> receive = start(() -> client.receiver.receive());
            network.proxy().halfClose(direction);
            assertFails(receive);
            client.assertTold();
            Awaitility.await()
                    .atMost(BrokerBehindProxy.BOUND)
                    .until(() -> network.proxy().connections() == 0);
            network.awaitGone("lost");
            List<String> left = network.drain(queue);
            assertEquals("one!", left.get(0));
            assertEquals(List.of("one", "two"), withoutFlags(left));
        }
    }
}
