// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.JmsException;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.taffrail.compat.process.BrokerProcess;
import org.taffrail.compat.process.JmsServer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Real clients whose connections go on by themselves while the broker is killed and started again.
 * None of them does anything about it, some of them could not.
 */
@Tag("real-clients")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@DisabledIfSystemProperty(
        named = JmsServer.PROVIDER,
        matches = "artemis|classic",
        disabledReason = "the URL is Taffrail's")
class ReconnectingClientsIT {
    private static final int KILLS = 2;
    private static final int BATCH = 60;

    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Witness witness;
    private ConnectionFactory factory;
    private Containers containers;

    @BeforeEach
    void connect() {
        witness = SERVER.witness();
        String url = ((BrokerProcess) SERVER.server()).url();
        factory =
                BrokerProcess.connectionFactoryFor("failover:(" + url + ")?maxReconnectDelay=200");
        containers = new Containers(factory);
    }

    @AfterEach
    void stop() {
        containers.close();
    }

    private static void restart() {
        SERVER.server().kill();
        SERVER.server().start();
    }

    private static List<String> texts(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "m" + i).toList();
    }

    /** Does something again and again, and restarts the broker meanwhile. */
    private static void throughRestarts(Consumer<String> work) {
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> batch = texts(kill * BATCH, BATCH);
            Thread working = new Thread(() -> batch.forEach(work));
            working.start();
            restart();
            try {
                working.join(60_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertEquals(Thread.State.TERMINATED, working.getState());
        }
    }

    private static void awaitUntil(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    @Test
    void aContainerThatNeverRecoversGoesOn() {
        containers.pushed(
                "reconnect.pushed",
                settings -> {},
                (TextMessage message, Session session) -> heard.add(message.getText()));
        witness.send("reconnect.pushed", "before");
        awaitUntil(() -> heard.contains("before"));

        for (int kill = 0; kill < KILLS; kill++) {
            String text = "after " + kill;
            restart();
            witness.send("reconnect.pushed", text);
            awaitUntil(() -> heard.contains(text));
        }
    }

    @Test
    void aPollingContainerMovesEachMessageOnceWithoutANewConnection() {
        String to = "reconnect.move.to";
        Set<Session> sessions = ConcurrentHashMap.newKeySet();
        containers.polling(
                "reconnect.move.from",
                container -> {
                    container.setSessionTransacted(true);
                    container.setCacheLevelName("CACHE_CONSUMER");
                },
                (TextMessage message, Session session) -> {
                    sessions.add(session);
                    heard.add(message.getText());
                    try (MessageProducer producer =
                            session.createProducer(session.createQueue(to))) {
                        producer.send(session.createTextMessage(message.getText()));
                    }
                });
        for (int kill = 0; kill < KILLS; kill++) {
            int before = heard.size();
            witness.send("reconnect.move.from", texts(kill * BATCH, BATCH));
            awaitUntil(() -> heard.size() > before + BATCH / 3);
            restart();
        }

        List<String> moved = witness.takeTexts(to, KILLS * BATCH);
        containers.close();
        assertEquals(
                texts(0, KILLS * BATCH).stream().sorted().toList(),
                moved.stream().sorted().toList());
        witness.seesNothingIn(to);
        witness.seesNothingIn("reconnect.move.from");
        System.out.println("sessions used by the container: " + sessions.size());
    }

    @Test
    void aTemplateOverACachedConnectionSendsEachOnce() {
        CachingConnectionFactory caching = new CachingConnectionFactory(factory);
        caching.setReconnectOnException(false);
        JmsTemplate template = new JmsTemplate(caching);

        throughRestarts(text -> template.convertAndSend("reconnect.template", text));

        assertEquals(texts(0, KILLS * BATCH), witness.takeAll("reconnect.template"));
        caching.destroy();
    }

    @Test
    void aTemplateOverAPoolSendsEachOnce() {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factory);
        JmsTemplate template = new JmsTemplate(pool);

        throughRestarts(text -> template.convertAndSend("reconnect.pool", text));

        assertEquals(texts(0, KILLS * BATCH), witness.takeAll("reconnect.pool"));
        pool.stop();
    }

    @Test
    void transactionsOfATransactionManagerCommitOrSayThatTheyDidNot() {
        CachingConnectionFactory caching = new CachingConnectionFactory(factory);
        caching.setReconnectOnException(false);
        JmsTemplate template = new JmsTemplate(caching);
        template.setSessionTransacted(true);
        TransactionTemplate transactions =
                new TransactionTemplate(new JmsTransactionManager(caching));
        List<String> committed = new ArrayList<>();

        throughRestarts(
                text -> {
                    try {
                        transactions.executeWithoutResult(
                                status -> {
                                    template.convertAndSend("reconnect.tx", text);
                                    template.convertAndSend("reconnect.tx", text + "+");
                                });
                        committed.add(text);
                        committed.add(text + "+");
                    } catch (TransactionException | JmsException e) {
                        // rolled back: neither is there
                    }
                });

        assertEquals(committed, witness.takeAll("reconnect.tx"));
        caching.destroy();
    }

    @Test
    void aTransactedRouteMovesEachMessageOnce() throws Exception {
        JmsTransactionManager transactions = new JmsTransactionManager(factory);
        JmsComponent jms = JmsComponent.jmsComponent(factory);
        jms.setTransactionManager(transactions);
        jms.setTransacted(true);
        jms.setRecoveryInterval(100);
        jms.setReceiveTimeout(200);
        CamelContext camel = new DefaultCamelContext();
        try {
            camel.addComponent("jms", jms);
            camel.getRegistry().bind("required", new SpringTransactionPolicy(transactions));
            camel.addRoutes(
                    new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("jms:queue:reconnect.route.from")
                                    .transacted("required")
                                    .process(
                                            exchange ->
                                                    heard.add(
                                                            exchange.getMessage()
                                                                    .getBody(String.class)))
                                    .to("jms:queue:reconnect.route.to");
                        }
                    });
            camel.start();
            for (int kill = 0; kill < KILLS; kill++) {
                int before = heard.size();
                witness.send("reconnect.route.from", texts(kill * BATCH, BATCH));
                awaitUntil(() -> heard.size() > before + BATCH / 3);
                restart();
            }
            List<String> moved = witness.takeTexts("reconnect.route.to", KILLS * BATCH);
            assertEquals(
                    texts(0, KILLS * BATCH).stream().sorted().toList(),
                    moved.stream().sorted().toList());
        } finally {
            camel.stop();
        }
        witness.seesNothingIn("reconnect.route.to");
        witness.seesNothingIn("reconnect.route.from");
    }
}
