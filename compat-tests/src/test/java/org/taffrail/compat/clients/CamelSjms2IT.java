// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Message;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.sjms2.Sjms2Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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

/** Camel's {@code sjms2:} routes, which know shared subscriptions and no Spring. */
@Tag("real-clients")
class CamelSjms2IT {
    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    private Witness witness;
    private CamelContext camel;

    @BeforeEach
    void makeCamel() {
        witness = SERVER.witness();
        Sjms2Component sjms = new Sjms2Component();
        sjms.setConnectionFactory(SERVER.connectionFactory());
        sjms.setRecoveryInterval(100);
        camel = new DefaultCamelContext();
        camel.getShutdownStrategy().setTimeout(10);
        camel.addComponent("sjms2", sjms);
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

    @Test
    void aRouteTakesFromAQueueAndSendsToAnother() throws Exception {
        run(
                routes ->
                        routes.from("sjms2:queue:sjms-in")
                                .process(CamelSjms2IT::shout)
                                .setHeader("step", routes.constant(2))
                                .to("sjms2:queue:sjms-out"));

        witness.sendWith("colour", "blue", "sjms-in", "a text");

        Message out = witness.take("sjms-out");
        assertEquals("A TEXT", out.getBody(String.class));
        assertEquals("blue", out.getStringProperty("colour"), "properties travel on");
        assertEquals(2, out.getIntProperty("step"));
    }

    @Test
    void manyRequestsAreAnsweredEachWithItsOwn() throws Exception {
        run(
                routes ->
                        routes.from("sjms2:queue:sjms-service?concurrentConsumers=2")
                                .process(CamelSjms2IT::shout));
        try (ProducerTemplate client = camel.createProducerTemplate()) {
            List<CompletableFuture<Object>> answers =
                    numbered("question-", 20).stream()
                            .map(text -> client.asyncRequestBody("sjms2:queue:sjms-service", text))
                            .toList();

            for (int i = 0; i < answers.size(); i++) {
                assertEquals("QUESTION-" + i, answers.get(i).get(20, TimeUnit.SECONDS));
            }
        }
        witness.seesNothingIn("sjms-service");
    }

    @Test
    void aRouteAnswersAPlainClientAndAPlainServiceARoute() throws Exception {
        run(
                routes -> {
                    routes.from("sjms2:queue:sjms-upper").process(CamelSjms2IT::shout);
                    routes.from("sjms2:queue:sjms-ask-in")
                            .to(ExchangePattern.InOut, "sjms2:queue:sjms-plain-service")
                            .to("sjms2:queue:sjms-ask-out?exchangePattern=InOnly");
                });

        assertEquals("HELLO", witness.ask("sjms-upper", "hello"));

        witness.send("sjms-ask-in", "question");
        witness.answer("sjms-plain-service", "an answer");
        assertEquals("an answer", witness.takeText("sjms-ask-out"));
    }

    @Test
    void aTransactedRouteTriesAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        run(
                routes ->
                        routes.from("sjms2:queue:sjms-tx-in?transacted=true")
                                .process(exchange -> tries.incrementAndGet())
                                .filter(routes.header("JMSXDeliveryCount").isLessThan(3))
                                .process(CamelSjms2IT::fail)
                                .end()
                                .to("sjms2:queue:sjms-tx-out"));

        witness.send("sjms-tx-in", "order");

        assertEquals("order", witness.takeText("sjms-tx-out"));
        camel.stop();
        assertEquals(3, tries.get());
        witness.seesNothingIn("sjms-tx-in");
        witness.seesNothingIn("sjms-tx-out");
    }

    @Test
    void whatATransactedRouteAlwaysFailsOnEndsInTheBrokersDeadLetterQueue() throws Exception {
        run(
                routes ->
                        routes.from("sjms2:queue:sjms-poison?transacted=true")
                                .process(CamelSjms2IT::fail));

        witness.send("sjms-poison", "bad");

        assertEquals("bad", witness.takeText(SERVER.server().deadLetterQueue("sjms-poison")));
        camel.stop();
        witness.seesNothingIn("sjms-poison");
    }

    @Test
    void concurrentConsumersWorkAtOneTime() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch allAtWork = new CountDownLatch(3);
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        run(
                routes ->
                        routes.from("sjms2:queue:sjms-jobs?concurrentConsumers=3")
                                .process(
                                        exchange -> {
                                            allAtWork.countDown();
                                            await(allAtWork);
                                            seen.add(exchange.getMessage().getBody(String.class));
                                        }));

        soon().until(
                        () -> {
                            witness.send("sjms-jobs", "job-" + sent.getAndIncrement());
                            return allAtWork.getCount() == 0;
                        });
        soon().until(() -> seen.size() >= sent.get());
        camel.stop();
        assertEquals(Set.copyOf(numbered("job-", sent.get())), new HashSet<>(seen));
        witness.seesNothingIn("sjms-jobs");
    }

    @Test
    void aSelectorLeavesTheRestToOthers() throws Exception {
        run(
                routes ->
                        routes.from("sjms2:queue:sjms-mixed?messageSelector=RAW(colour = 'blue')")
                                .to("sjms2:queue:sjms-blue"));

        witness.sendWith("colour", "red", "sjms-mixed", "first");
        witness.sendWith("colour", "blue", "sjms-mixed", "second");

        assertEquals("second", witness.takeText("sjms-blue"));
        assertEquals(List.of("first"), witness.takeAll("sjms-mixed"));
    }

    @Test
    void consumersOfASharedDurableSubscriptionShareWhatIsPublished() throws Exception {
        String source =
                "sjms2:topic:sjms-prices?shared=true&durable=true&subscriptionId=sjms-watch"
                        + "&concurrentConsumers=2";
        run(routes -> routes.from(source).routeId("watcher").to("sjms2:queue:sjms-watched"));
        soon().until(
                        () -> {
                            witness.publish("sjms-prices", "probe");
                            return !witness.takeAll("sjms-watched").isEmpty();
                        });
        camel.getRouteController().stopRoute("watcher");
        witness.takeAll("sjms-watched");

        witness.publish("sjms-prices", numbered("price-", 10).toArray(String[]::new));
        witness.seesNothingIn("sjms-watched");
        camel.getRouteController().startRoute("watcher");

        List<String> watched = witness.takeTexts("sjms-watched", 10);
        assertEquals(Set.copyOf(numbered("price-", 10)), new HashSet<>(watched));
        witness.seesNothingIn("sjms-watched");
    }
}
