// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.process.BrokerProcess;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker is killed, and the one that stands by takes its folder over: again and again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StandbyIT {
    private static final int TAKEOVERS = 3;
    private static final int BATCH = 50;
    private static final long RECEIVE_MS = 30_000;

    @TempDir private Path folder;
    private final List<String> sent = new ArrayList<>();
    private final List<String> received = new ArrayList<>();

    @Test
    void anApplicationGoesOnWithWhoeverHasTheFolder() throws Exception {
        try (BrokerProcess one = new BrokerProcess(folder, "page-cache");
                BrokerProcess other = new BrokerProcess(folder, "page-cache")) {
            one.start();
            other.standBy(freePort());
            List<BrokerProcess> brokers = List.of(one, other);
            try (Connection connection = connect(brokers)) {
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                Session consuming = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue("q"));
                MessageConsumer consumer = consuming.createConsumer(consuming.createQueue("q"));
                send(session, producer);
                List<Long> tookMs = new ArrayList<>();
                for (int takeover = 0; takeover < TAKEOVERS; takeover++) {
                    BrokerProcess serving = brokers.get(takeover % 2);
                    long beganNs = System.nanoTime();
                    serving.kill();
                    send(session, producer);
                    tookMs.add((System.nanoTime() - beganNs) / 1_000_000);
                    serving.standBy(serving.port());
                    receiveAll(consuming, consumer);
                }
                assertEquals(sent, received);
                System.out.println("from kill to " + BATCH + " sends with the other: " + tookMs);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Connection connect(List<BrokerProcess> brokers) throws JMSException {
        String url =
                "failover:(taffrail://127.0.0.1:"
                        + brokers.get(0).port()
                        + ",taffrail://127.0.0.1:"
                        + brokers.get(1).port()
                        + ")?maxReconnectDelay=200";
        Connection connection = BrokerProcess.connectionFactoryFor(url).createConnection();
        connection.start();
        return connection;
    }

    private void send(Session session, MessageProducer producer) throws JMSException {
        for (int i = 0; i < BATCH; i++) {
            String text = "m" + sent.size();
            sent.add(text);
            producer.send(session.createTextMessage(text));
        }
    }

    /** Each message once: what was received in a transaction that was lost comes again. */
    private void receiveAll(Session session, MessageConsumer consumer) throws JMSException {
        while (received.size() < sent.size()) {
            Message message = consumer.receive(RECEIVE_MS);
            assertNotNull(message, "behind " + received.size() + " messages");
            session.commit();
            received.add(((TextMessage) message).getText());
        }
    }
}
