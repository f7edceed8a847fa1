// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class AwaitEmptyTest extends CommandsTest {
    private Broker broker;
    private Connection connection;
    private Session session;

    @BeforeEach
    void start() throws StoreException, IOException, JMSException {
        BrokerConfig config = BrokerConfig.defaults().with(Map.of("port", "0"));
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        connection = new TaffrailConnectionFactory(url()).createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(null);
        for (String each : new String[] {"orders.a", "orders.a", "parked", "DLQ.orders.a"}) {
            producer.send(session.createQueue(each), session.createMessage());
        }
    }

    @AfterEach
    void stop() throws JMSException {
        connection.close();
        broker.stop();
    }

    @Override
    String url() {
        return broker.address();
    }

    @Test
    void saysWhatIsLeftWhenTheTimeIsOver() {
        failed("messages are left in 2 queues", "queue", "await-empty", "--timeout", "0");

        assertShown("orders.a      2", "parked        1");
        failed(
                "messages are left in 1 queue",
                "queue",
                "await-empty",
                "orders.#",
                "--timeout",
                "0");
    }

    @Test
    void waitsUntilAllIsConsumedAndLeavesDeadLettersOut() throws JMSException {
        CompletableFuture<Integer> waiting =
                CompletableFuture.supplyAsync(() -> run("queue", "await-empty", "orders.#"));
        MessageConsumer consumer = session.createConsumer(session.createQueue("orders.a"));
        consumer.receive(20_000);
        consumer.receive(20_000);

        assertEquals(0, waiting.join());

        assertShown("nothing is left");
        done("queue", "purge", "parked");
        done("queue", "await-empty", "--timeout", "5");
    }

    @Test
    void drainHoldsSendersBackUntilTheyAreLetGo() throws JMSException {
        failed("messages are left in 1 queue", "queue", "drain", "orders.*", "--timeout", "0");
        assertShown("taffrail queue open 'orders.*'");
        Session other = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        CompletableFuture<Void> sending =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                other.createProducer(other.createQueue("orders.a"))
                                        .send(other.createMessage());
                            } catch (JMSException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        MessageConsumer consumer = session.createConsumer(session.createQueue("orders.a"));
        consumer.receive(20_000);
        consumer.receive(20_000);

        done("queue", "drain", "orders.*");
        assertShown("nothing is left");
        assertFalse(sending.isDone());
        assertNull(consumer.receiveNoWait());
        done("queue", "list");
        assertShown("closed to senders: orders.a");
        done("queue", "describe", "orders.a", "--json");
        assertShown("\"closed\":true");

        failed("nothing was closed as orders.a", "queue", "open", "orders.a");
        done("queue", "open", "orders.*");
        assertShown("queue orders.* opened to senders");
        sending.join();
        assertNotNull(consumer.receive(20_000));
    }

    @Test
    void destinationsAreClosedAndOpenedByTheirNames() {
        failed("did you mean \"orders.a\"", "queue", "close", "order.a");
        wronglyTyped("must be the last word", "queue", "close", "#.a");
        done("queue", "close", "orders.a");
        assertShown("queue orders.a closed to senders");
        done("queue", "close", "orders.a", "--json");
        assertShown("{\"closed\":false}");
        done("topic", "create", "prices");
        done("topic", "close", "#");
        done("topic", "list");
        assertShown("closed to senders: prices");
        done("queue", "open");
        assertShown("1 name or pattern opened");
        done("topic", "open", "--json");
        assertShown("{\"opened\":1}");
    }
}
