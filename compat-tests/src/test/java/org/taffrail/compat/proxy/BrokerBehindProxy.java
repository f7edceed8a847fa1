// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import jakarta.jms.Connection;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.awaitility.Awaitility;
import org.taffrail.compat.process.BrokerProcess;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A broker in a process of its own, reached directly or through a network that fails. Both sides
 * soon notice a silence: the client before the broker, each on its own.
 */
final class BrokerBehindProxy implements AutoCloseable {
    /** How long anything may take that must come to an end: far less than what it waits for. */
    static final Duration BOUND = Duration.ofSeconds(30);

    private static final int NEVER_MS = 600_000;
    private static final String NO_OTHER_LIMIT =
            "&jms.sendTimeoutMs=600000&jms.requestTimeoutMs=600000&jms.closeTimeoutMs=600000";
    private static final String HEARTBEAT = "connections.heartbeatMs=";

    private final BrokerProcess broker;
    private final FaultyProxy proxy;
    private final int heartbeatMs;

    /**
     * Starts both.
     *
     * @param heartbeatMs after how much silence the client gives up; the broker after as much, too
     */
    BrokerBehindProxy(Path folder, int heartbeatMs) throws IOException {
        broker = new BrokerProcess(folder, "page-cache", "--set", HEARTBEAT + heartbeatMs / 2);
        broker.start();
        proxy = new FaultyProxy(broker.port());
        this.heartbeatMs = heartbeatMs;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    /** Connects through the proxy, and starts. */
    Connection proxied(String clientId) throws JMSException {
        return proxied(clientId, NEVER_MS);
    }

    /** Connects through the proxy within some time, and starts. */
    Connection proxied(String clientId, int connectTimeoutMs) throws JMSException {
        return connect("taffrail://127.0.0.1:" + proxy.port(), clientId, connectTimeoutMs);
    }

    /** Connects past the proxy, and starts. */
    Connection direct(String clientId) throws JMSException {
        return connect(broker.url(), clientId, NEVER_MS);
    }

    /**
     * Connects through the proxy, and goes on by itself after a loss; starts.
     *
     * @param moreOptions each with an ampersand before it
     */
    Connection reconnecting(String clientId, String moreOptions) throws JMSException {
        String url =
                "failover:(taffrail://127.0.0.1:"
                        + proxy.port()
                        + ")?heartbeatMs="
                        + heartbeatMs
                        + "&transport.connectTimeoutMs=2000&maxReconnectDelay=200"
                        + (clientId == null ? "" : "&jms.clientID=" + clientId)
                        + moreOptions;
        Connection connection = BrokerProcess.connectionFactoryFor(url).createConnection();
        connection.start();
        return connection;
    }

    /** Kills the broker (SIGKILL) and starts another one on its folder and port. */
    void killAndStart() throws IOException {
        broker.kill();
        broker.start();
    }

    private Connection connect(String url, String clientId, int connectTimeoutMs)
            throws JMSException {
        String options =
                "?heartbeatMs="
                        + heartbeatMs
                        + "&transport.connectTimeoutMs="
                        + connectTimeoutMs
                        + NO_OTHER_LIMIT
                        + (clientId == null ? "" : "&jms.clientID=" + clientId);
        Connection connection =
                BrokerProcess.connectionFactoryFor(url + options).createConnection();
        connection.start();
        return connection;
    }

    /** Waits until the broker has no connection with this client id. */
    void awaitGone(String clientId) {
        Awaitility.await("the broker has given " + clientId + " up")
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .ignoreException(InvalidClientIDException.class)
                .until(
                        () -> {
                            direct(clientId).close();
                            return true;
                        });
    }

    /** Sends texts, past the proxy. */
    void send(String queue, String... texts) throws JMSException {
        try (Connection connection = direct(null)) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            for (String text : texts) {
                producer.send(session.createTextMessage(text));
            }
        }
    }

    /** Consumes all that is in a queue, past the proxy: texts, with a "!" behind a flagged one. */
    List<String> drain(String queue) throws JMSException {
        try (Connection connection = direct(null)) {
            return drain(connection, queue);
        }
    }

    /** Does the same with a connection that there is. */
    static List<String> drain(Connection connection, String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        try (session;
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            for (Message next = consumer.receiveNoWait();
                    next != null;
                    next = consumer.receiveNoWait()) {
                texts.add(((TextMessage) next).getText() + (next.getJMSRedelivered() ? "!" : ""));
            }
        }
        return texts;
    }

    /** Returns what the broker has logged. */
    String log() {
        return broker.log();
    }

    @Override
    public void close() {
        proxy.close();
        broker.close();
    }
}
