// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Does once, in a temporary folder, what a broker does when it starts on a backlog: reads a
 * snapshot and the journal, listens, and delivers what is not in memory. The launcher runs it with
 * {@code -XX:ArchiveClassesAtExit}, so that later starts map the classes instead of loading each.
 */
public final class Rehearsal {
    private static final int MESSAGES = 40;

    private static final int BODY_BYTES = 1 << 17;
    private static final long RECEIVE_TIMEOUT_MS = 30_000;

    private static final Map<String, String> SMALL =
            Map.of(
                    "port", "0",
                    "durability", "page-cache",
                    "journal.segmentBytes", "32MiB",
                    "journal.snapshotBytes", "1MiB",
                    "memory.recentBytes", "1MiB");

    private Rehearsal() {}

    /**
     * Runs it.
     *
     * @param arguments none
     * @throws IOException if there is no room for the temporary folder
     * @throws StoreException if what was stored can't be read again
     * @throws JMSException if a message does not come
     */
    public static void main(String[] arguments) throws IOException, StoreException, JMSException {
        Path folder = Files.createTempDirectory("taffrail-rehearsal-");
        try {
            run(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void run(Path folder) throws IOException, StoreException, JMSException {
        String data = folder.toString();
        Main.commandLine(null, "broker").parseArgs("broker", "--data", data, "--port", "0");
        BrokerConfig config = BrokerConfig.defaults().with(SMALL).with(Map.of("data", data));
        try (Broker broker = new Broker(config, StoreFactory.of(config), true)) {
            broker.start();
            send(broker.address());
        }
        try (Broker broker = new Broker(config, StoreFactory.of(config), true)) {
            broker.start();
            receive(broker.address());
            String[] list = {"queue", "list", "--url", broker.address(), "--json"};
            Main.commandLine(null, list).execute(list);
        }
    }

    private static void send(String url) throws JMSException {
        try (Connection connection = new TaffrailConnectionFactory(url).createConnection()) {
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue("rehearsal"));
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(new byte[BODY_BYTES]);
            message.setStringProperty("JMSXGroupID", "one");
            for (int i = 0; i < MESSAGES; i++) {
                int priority = i % 10;
                long ttlMs = i % 2 == 0 ? 0 : 3_600_000;
                producer.setDeliveryDelay(i % 3 == 0 ? 1 : 0);
                producer.send(message, DeliveryMode.PERSISTENT, priority, ttlMs);
                session.commit();
            }
        }
    }

    private static void receive(String url) throws JMSException {
        try (Connection connection = new TaffrailConnectionFactory(url).createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Queue queue = session.createQueue("rehearsal");
            connection.start();
            for (String selector : List.of("JMSPriority > 0", "")) {
                try (MessageConsumer consumer = session.createConsumer(queue, selector)) {
                    if (consumer.receive(RECEIVE_TIMEOUT_MS) == null) {
                        throw new JMSException("nothing came back from " + queue);
                    }
                }
            }
        }
    }
}
