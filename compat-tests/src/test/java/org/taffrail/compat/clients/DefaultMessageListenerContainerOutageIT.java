// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.taffrail.compat.process.JmsServer;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What Spring's polling listener container does when the server is killed and comes back. */
class DefaultMessageListenerContainerOutageIT extends ListenerContainerTest {
    @ParameterizedTest
    @ValueSource(strings = {"CACHE_CONNECTION", "CACHE_CONSUMER"})
    void goesOnAfterTheServerWasKilledAndStartedAgain(String level) {
        String queue = "container.restart." + level;
        String done = queue + ".done";
        containers.polling(
                queue,
                container -> {
                    container.setSessionTransacted(true);
                    container.setCacheLevelName(level);
                    container.setConcurrentConsumers(2);
                },
                (TextMessage message, Session session) ->
                        session.createProducer(session.createQueue(done)).send(message));
        witness.send(queue, "before");
        assertEquals("before", witness.takeText(done));

        SERVER.server().kill();
        SERVER.server().start();
        witness.send(queue, "after");

        assertEquals("after", witness.takeText(done));
        containers.close();
        witness.seesNothingIn(queue);
        witness.seesNothingIn(done);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CACHE_NONE", "CACHE_CONSUMER"})
    @DisabledIfSystemProperty(
            named = JmsServer.PROVIDER,
            matches = "artemis",
            disabledReason = "does not flag what it delivered before it was killed")
    void hearsAgainOnlyWhatWasNotCommittedWhenTheServerWasKilled(String level) {
        String queue = "container.killed." + level;
        List<String> texts = numbered(60);
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch restarted = new CountDownLatch(1);
        Queue<String> again = new ConcurrentLinkedQueue<>();
        witness.send(queue, texts);
        containers.polling(
                queue,
                container -> {
                    container.setSessionTransacted(true);
                    container.setCacheLevelName(level);
                },
                (TextMessage message, Session session) -> {
                    if (!heard.contains(message.getText())) {
                        heard.add(message.getText());
                    } else if (message.getJMSRedelivered()) {
                        again.add(message.getText());
                    } else {
                        again.add(message.getText() + ", not flagged");
                    }
                    if (heard.size() == 30) {
                        inTheMiddle.countDown();
                        awaitLatch(restarted);
                    }
                });

        await().until(() -> inTheMiddle.getCount() == 0);
        SERVER.server().kill();
        SERVER.server().start();
        restarted.countDown();

        awaitHeard(texts);
        containers.close();
        assertEquals(List.of("message 29"), List.copyOf(again));
        witness.seesNothingIn(queue);
    }

    @Test
    void movesEachMessageOnceThroughKillsOfTheServer() {
        String from = "container.move.from";
        String to = "container.move.to";
        List<String> texts = numbered(450);
        AtomicInteger calls = new AtomicInteger();
        containers.polling(
                from,
                container -> {
                    container.setSessionTransacted(true);
                    container.setConcurrentConsumers(4);
                },
                (TextMessage message, Session session) -> {
                    calls.incrementAndGet();
                    try (MessageProducer producer =
                            session.createProducer(session.createQueue(to))) {
                        producer.send(message);
                    }
                });

        for (int kill = 0; kill < 3; kill++) {
            int before = calls.get();
            witness.send(from, texts.subList(150 * kill, 150 * (kill + 1)));
            await().until(() -> calls.get() >= before + 50);
            SERVER.server().kill();
            SERVER.server().start();
        }

        List<String> moved = witness.takeTexts(to, texts.size());
        assertEquals(texts.stream().sorted().toList(), moved.stream().sorted().toList());
        containers.close();
        witness.seesNothingIn(to);
        witness.seesNothingIn(from);
    }

    @Test
    void goesOnWithASharedConnectionThatResetsItself() {
        SingleConnectionFactory single = new SingleConnectionFactory(SERVER.connectionFactory());
        single.setReconnectOnException(true);
        try (Containers sharing = new Containers(single)) {
            sharing.polling("container.single", settings -> {}, hearOnce);
            witness.send("container.single", "before");
            awaitHeard(List.of("before"));

            SERVER.server().kill();
            SERVER.server().start();
            witness.send("container.single", "after");

            awaitHeard(List.of("before", "after"));
        } finally {
            single.destroy();
        }
    }

    @Test
    void shutsDownPromptlyWhileTheServerIsAway() {
        DefaultMessageListenerContainer container =
                containers.polling("container.away", settings -> {}, hear);
        await().until(() -> container.getActiveConsumerCount() == 1);
        SERVER.server().kill();
        try {
            assertTimeout(Duration.ofSeconds(5), container::shutdown);
            assertTrue(heard.isEmpty());
        } finally {
            SERVER.server().start();
        }
    }
}
