// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jms.listener.SimpleMessageListenerContainer;
import org.taffrail.compat.process.JmsServer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Spring's plain listener container: the provider itself calls the listeners. */
class SimpleMessageListenerContainerIT extends ListenerContainerTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                Session.AUTO_ACKNOWLEDGE,
                Session.CLIENT_ACKNOWLEDGE,
                Session.DUPS_OK_ACKNOWLEDGE,
                Session.SESSION_TRANSACTED
            })
    void hearsAllInOrderAndAcknowledges(int mode) {
        String queue = "simple.mode." + mode;
        List<String> texts = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
        witness.send(queue, texts.subList(0, 25));
        containers.pushed(
                queue,
                container -> {
                    container.setSessionTransacted(mode == Session.SESSION_TRANSACTED);
                    if (mode != Session.SESSION_TRANSACTED) {
                        container.setSessionAcknowledgeMode(mode);
                    }
                },
                hear);
        witness.send(queue, texts.subList(25, 50));

        await().until(() -> heard.size() >= texts.size());
        assertEquals(texts, List.copyOf(heard));
        containers.close();
        witness.seesNothingIn(queue);
    }

    @Test
    void runsItsSessionsAtOnce() {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger atWork = new AtomicInteger();
        CountDownLatch allThere = new CountDownLatch(1);
        containers.pushed(
                "simple.concurrency",
                container -> container.setConcurrentConsumers(3),
                (TextMessage message, Session session) -> {
                    atWork.incrementAndGet();
                    await().until(() -> allThere.getCount() == 0);
                    heard.add(message.getText());
                });

        await().until(
                        () -> {
                            witness.send("simple.concurrency", "message");
                            sent.incrementAndGet();
                            return atWork.get() == 3;
                        });
        allThere.countDown();

        await().until(() -> heard.size() == sent.get());
    }

    @Test
    void redeliversWhatATransactedListenerThrowsAt() {
        witness.send("simple.poison", "poison", "after");
        AtomicInteger tries = new AtomicInteger();
        containers.pushed(
                "simple.poison",
                container -> container.setSessionTransacted(true),
                (TextMessage message, Session session) -> {
                    if (message.getText().equals("poison")) {
                        tries.incrementAndGet();
                        throw new IllegalStateException("poison");
                    }
                    heard.add(message.getText());
                });

        await().until(() -> heard.contains("after"));
        Message dead = witness.take(SERVER.server().deadLetterQueue("simple.poison"));
        assertEquals("poison", Witness.textOf(dead));
        assertEquals(JmsServer.DELIVERIES_MAX, tries.get());
    }

    @Test
    void catchesUpOnADurableSubscriptionThatItHadLeft() {
        SimpleMessageListenerContainer first = durable();
        witness.publish("simple.durable", "one");
        await().until(() -> heard.size() == 1);
        first.shutdown();

        witness.publish("simple.durable", "two", "three");
        durable();

        await().until(() -> heard.size() >= 3);
        assertEquals(List.of("one", "two", "three"), List.copyOf(heard));
    }

    private SimpleMessageListenerContainer durable() {
        return containers.pushed(
                "simple.durable",
                container -> {
                    container.setPubSubDomain(true);
                    container.setClientId("simple-harbour");
                    container.setSubscriptionDurable(true);
                    container.setDurableSubscriptionName("pilots");
                },
                hear);
    }

    @Test
    void shutsDownPromptlyAndLeavesTheRest() {
        SimpleMessageListenerContainer container =
                containers.pushed("simple.shutdown", settings -> {}, hear);
        witness.send("simple.shutdown", "one");
        await().until(() -> heard.size() == 1);

        assertTimeout(Duration.ofSeconds(5), container::shutdown);

        witness.send("simple.shutdown", "two");
        assertEquals("two", witness.takeText("simple.shutdown"));
        assertEquals(List.of("one"), List.copyOf(heard));
    }

    @Test
    void tellsThatTheServerIsGoneSoThatTheApplicationCanStartAnother() {
        CountDownLatch told = new CountDownLatch(1);
        SimpleMessageListenerContainer container =
                containers.pushed(
                        "simple.restart",
                        settings -> settings.setExceptionListener(failure -> told.countDown()),
                        hearOnce);
        witness.send("simple.restart", "before");
        await().until(() -> heard.contains("before"));

        SERVER.server().kill();
        await().until(() -> told.getCount() == 0);
        assertTimeout(Duration.ofSeconds(5), container::shutdown);
        SERVER.server().start();
        containers.pushed("simple.restart", settings -> {}, hearOnce);
        witness.send("simple.restart", "after");

        await().until(() -> heard.contains("after"));
        assertEquals(List.of("before", "after"), List.copyOf(heard));
    }
}
