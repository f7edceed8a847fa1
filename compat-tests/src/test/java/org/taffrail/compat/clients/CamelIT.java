// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jms.connection.JmsTransactionManager;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Camel's {@code jms:} routes. */
@Tag("real-clients")
class CamelIT {
    /** A route that stops waits for this to end, so Camel's default of a second is long. */
    private static final long POLL_MS = 200;

    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    private Witness witness;
    private CamelContext camel;

    @BeforeEach
    void makeCamel() {
        witness = SERVER.witness();
        ConnectionFactory connections = SERVER.connectionFactory();
        JmsComponent jms = JmsComponent.jmsComponent(connections);
        jms.setRecoveryInterval(100);
        jms.setReceiveTimeout(POLL_MS);
        JmsComponent inTransactions = JmsComponent.jmsComponent(connections);
        JmsTransactionManager transactions = new JmsTransactionManager(connections);
        inTransactions.setTransactionManager(transactions);
        inTransactions.setTransacted(true);
        inTransactions.setRecoveryInterval(100);
        inTransactions.setReceiveTimeout(POLL_MS);
        camel = new DefaultCamelContext();
        camel.getShutdownStrategy().setTimeout(10);
        camel.addComponent("jms", jms);
        camel.addComponent("jmstx", inTransactions);
        camel.getRegistry().bind("required", new SpringTransactionPolicy(transactions));
    }

    @AfterEach
    void stopCamel() {
        camel.stop();
    }

    /** Makes routes of one test and starts them. */
    private interface Routes {
        void addTo(RouteBuilder routes);
    }

    private void run(Routes routes) throws Exception {
        camel.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        routes.addTo(this);
                    }
                });
        camel.start();
    }

    private static void shout(Exchange exchange) {
        String text = exchange.getMessage().getBody(String.class);
        exchange.getMessage().setBody(text.toUpperCase(Locale.ROOT));
    }

    private static void fail(Exchange exchange) {
        throw new IllegalStateException("on purpose");
    }

    @Test
    void aRouteTakesFromAQueueAndSendsToAnother() throws Exception {
        run(
                routes ->
                        routes.from("jms:queue:plain-in")
                                .process(CamelIT::shout)
                                .setHeader("step", routes.constant(2))
                                .to("jms:queue:plain-out?priority=7&explicitQosEnabled=true"));

        witness.sendWith("colour", "blue", "plain-in", "a text");

        Message out = witness.take("plain-out");
        assertEquals("A TEXT", out.getBody(String.class));
        assertEquals("blue", out.getStringProperty("colour"), "properties travel on");
        assertEquals(2, out.getIntProperty("step"));
        assertEquals(7, out.getJMSPriority());
    }

    /** Camel waits for answers on a temporary queue, or a fixed one of its own or shared. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?replyTo=camel-answers&replyToType=Exclusive",
                "?replyTo=camel-shared-answers&replyToType=Shared&receiveTimeout=200"
            })
    void manyRequestsAreAnsweredEachWithItsOwn(String options) throws Exception {
        run(
                routes ->
                        routes.from("jms:queue:service?concurrentConsumers=2")
                                .process(CamelIT::shout));
        try (ProducerTemplate client = camel.createProducerTemplate()) {
            List<CompletableFuture<Object>> answers =
                    numbered("question-", 20).stream()
                            .map(
                                    text ->
                                            client.asyncRequestBody(
                                                    "jms:queue:service" + options, text))
                            .toList();

            for (int i = 0; i < answers.size(); i++) {
                assertEquals("QUESTION-" + i, answers.get(i).get(20, TimeUnit.SECONDS));
            }
        }
        witness.seesNothingIn("service");
    }

    @Test
    void aRouteAnswersAPlainClientAndAPlainServiceARoute() throws Exception {
        run(
                routes -> {
                    routes.from("jms:queue:upper").process(CamelIT::shout);
                    routes.from("jms:queue:ask-in")
                            .to(ExchangePattern.InOut, "jms:queue:plain-service")
                            .to("jms:queue:ask-out");
                });

        assertEquals("HELLO", witness.ask("upper", "hello"));

        witness.send("ask-in", "question");
        witness.answer("plain-service", "an answer");
        assertEquals("an answer", witness.takeText("ask-out"));
    }

    @Test
    void aTransactedRouteUndoesItsSendsAndTriesAgain() throws Exception {
        run(
                routes ->
                        routes.from("jmstx:queue:tx-in")
                                .transacted("required")
                                .to("jmstx:queue:tx-out")
                                .filter(routes.header("JMSXDeliveryCount").isLessThan(3))
                                .process(CamelIT::fail));

        witness.send("tx-in", numbered("order-", 3));

        Set<String> out = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            out.add(witness.takeText("tx-out"));
        }
        assertEquals(Set.copyOf(numbered("order-", 3)), out);
        camel.stop();
        assertEquals(List.of(), witness.takeAll("tx-out"), "attempts that failed were undone");
        witness.seesNothingIn("tx-in");
    }

    @Test
    void whatATransactedRouteAlwaysFailsOnEndsInTheBrokersDeadLetterQueue() throws Exception {
        ConcurrentLinkedQueue<Integer> counts = new ConcurrentLinkedQueue<>();
        run(
                routes ->
                        routes.from("jmstx:queue:tx-poison")
                                .transacted("required")
                                .process(
                                        exchange ->
                                                counts.add(
                                                        exchange.getMessage()
                                                                .getHeader(
                                                                        "JMSXDeliveryCount",
                                                                        Integer.class)))
                                .process(CamelIT::fail));

        witness.send("tx-poison", "bad");

        assertEquals("bad", witness.takeText(SERVER.server().deadLetterQueue("tx-poison")));
        camel.stop();
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), List.copyOf(counts));
        witness.seesNothingIn("tx-poison");
    }

    @Test
    void camelsOwnDeadLetterChannelWorks() throws Exception {
        run(
                routes -> {
                    routes.errorHandler(
                            routes.deadLetterChannel("jms:queue:camel-dead")
                                    .maximumRedeliveries(2)
                                    .redeliveryDelay(0));
                    routes.from("jms:queue:camel-poison").process(CamelIT::fail);
                });

        witness.sendWith("colour", "blue", "camel-poison", "bad");

        Message dead = witness.take("camel-dead");
        assertEquals("bad", dead.getBody(String.class));
        assertEquals("blue", dead.getStringProperty("colour"));
        camel.stop();
        witness.seesNothingIn("camel-poison");
        witness.seesNothingIn(SERVER.server().deadLetterQueue("camel-poison"));
    }

    @Test
    void concurrentConsumersWorkAtOneTime() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch allAtWork = new CountDownLatch(3);
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        run(
                routes ->
                        routes.from("jms:queue:jobs?concurrentConsumers=3")
                                .process(
                                        exchange -> {
                                            allAtWork.countDown();
                                            await(allAtWork);
                                            seen.add(exchange.getMessage().getBody(String.class));
                                        }));

        soon().until(
                        () -> {
                            witness.send("jobs", "job-" + sent.getAndIncrement());
                            return allAtWork.getCount() == 0;
                        });
        soon().until(() -> seen.size() >= sent.get());
        camel.stop();
        assertEquals(
                numbered("job-", sent.get()).stream().sorted().toList(),
                seen.stream().sorted().toList());
        witness.seesNothingIn("jobs");
    }

    @Test
    void aSelectorLeavesTheRestToOthers() throws Exception {
        run(
                routes ->
                        routes.from("jms:queue:camel-mixed?selector=RAW(colour = 'blue')")
                                .to("jms:queue:camel-blue"));

        witness.sendWith("colour", "red", "camel-mixed", "first");
        witness.sendWith("colour", "blue", "camel-mixed", "second");

        assertEquals("second", witness.takeText("camel-blue"));
        assertEquals(List.of("first"), witness.takeAll("camel-mixed"));
    }

    @Test
    void aDurableSubscriptionKeepsWhatIsPublishedWhileTheRouteRests() throws Exception {
        run(
                routes ->
                        routes.from(
                                        "jms:topic:camel-prices?clientId=camel-watcher"
                                                + "&durableSubscriptionName=watch")
                                .routeId("watcher")
                                .to("jms:queue:camel-watched"));
        soon().until(
                        () -> {
                            witness.publish("camel-prices", "probe");
                            return !witness.takeAll("camel-watched").isEmpty();
                        });
        camel.getRouteController().stopRoute("watcher");
        witness.takeAll("camel-watched");

        witness.publish("camel-prices", "while away");
        witness.seesNothingIn("camel-watched");
        camel.getRouteController().startRoute("watcher");

        assertEquals("while away", witness.takeText("camel-watched"));
    }

    @Test
    void aTransactedRouteGoesOnAfterTheBrokerWasKilledAndNothingIsLostOrDoubled() throws Exception {
        List<String> texts = numbered("message-", 60);
        witness.send("camel-survivors", texts);
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch restarted = new CountDownLatch(1);
        run(
                routes ->
                        routes.from("jmstx:queue:camel-survivors")
                                .transacted("required")
                                .to("jmstx:queue:camel-saved")
                                .process(
                                        exchange -> {
                                            String text =
                                                    exchange.getMessage().getBody(String.class);
                                            if (text.equals("message-30")) {
                                                inTheMiddle.countDown();
                                                await(restarted);
                                            }
                                        }));

        await(inTheMiddle);
        SERVER.server().kill();
        SERVER.server().start();
        restarted.countDown();

        ConcurrentLinkedQueue<String> saved = new ConcurrentLinkedQueue<>();
        soon().until(
                        () -> {
                            saved.addAll(witness.takeAll("camel-saved"));
                            return saved.size() >= texts.size();
                        });
        camel.stop();
        saved.addAll(witness.takeAll("camel-saved"));
        assertEquals(texts, List.copyOf(saved));
        witness.seesNothingIn("camel-survivors");
    }

    private static ConditionFactory soon() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20));
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(20, TimeUnit.SECONDS), "it took too long");
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
