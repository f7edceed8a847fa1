// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A connection that is slow, however slow, and lives. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SlowNetworkIT {
    private static final int HEARTBEAT_MS = 1500;

    /** The largest takes longer than the heartbeat where a second brings 48 KiB. */
    private static final List<Integer> LENGTHS = List.of(1, 100 << 10, 1000, 20_000, 0);

    @TempDir private Path folder;

    static Stream<Flow> flows() {
        return Stream.of(Flow.throttled(48 << 10), new Flow(Flow.Passage.OPEN, 150, 128 << 10));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void isNotGivenUpAndLosesAndDoublesNothing(Flow flow) throws IOException, JMSException {
        ConcurrentLinkedQueue<JMSException> told = new ConcurrentLinkedQueue<>();
        List<String> texts =
                IntStream.range(0, LENGTHS.size())
                        .mapToObj(n -> n + "x".repeat(LENGTHS.get(n)))
                        .toList();
        try (BrokerBehindProxy network = new BrokerBehindProxy(folder, HEARTBEAT_MS)) {
            network.proxy().flow(flow);
            try (Connection from = network.proxied("from");
                    Connection to = network.proxied("to")) {
                from.setExceptionListener(told::add);
                to.setExceptionListener(told::add);
                Session receiving = to.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer consumer = receiving.createConsumer(receiving.createQueue("slow"));
                Session sending = from.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = sending.createProducer(sending.createQueue("slow"));
                for (String text : texts) {
                    producer.send(sending.createTextMessage(text));
                }
                List<String> received = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    TextMessage message =
                            (TextMessage) consumer.receive(BrokerBehindProxy.BOUND.toMillis());
                    assertNotNull(message, () -> "only " + received.size() + " come");
                    received.add(message.getText() + (message.getJMSRedelivered() ? "!" : ""));
                }
                receiving.commit();
                assertEquals(texts, received);
            }
            assertEquals(List.of(), network.drain("slow"));
            assertEquals(List.of(), List.copyOf(told));
        }
    }
}
