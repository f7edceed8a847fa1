// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.TextMessage;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jms.listener.SessionAwareMessageListener;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** A server, Spring's listener containers for it, and what their listeners have heard. */
@Tag("real-clients")
@ResourceLock("the server of these tests")
abstract class ListenerContainerTest {
    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    final Queue<String> heard = new ConcurrentLinkedQueue<>();
    final SessionAwareMessageListener<TextMessage> hear =
            (message, session) -> heard.add(message.getText());

    /** For servers that die before they learn of an acknowledgement: they redeliver, and say so. */
    final SessionAwareMessageListener<TextMessage> hearOnce =
            (message, session) -> {
                if (!message.getJMSRedelivered() || !heard.contains(message.getText())) {
                    heard.add(message.getText());
                }
            };

    Witness witness;
    Containers containers;

    @BeforeEach
    void makeContainers() {
        witness = SERVER.witness();
        containers = new Containers(SERVER.connectionFactory());
    }

    @AfterEach
    void shutContainersDown() {
        containers.close();
    }

    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10));
    }

    static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
    }

    void awaitHeard(List<String> texts) {
        await().until(() -> heard.size() >= texts.size());
        assertEquals(texts, List.copyOf(heard));
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
