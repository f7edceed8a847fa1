// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.process.BrokerProcess;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A real broker in a folder that fills up: one with a limit of its own, and, where it may be
 * mounted, a file system that is really full.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FullDiskIT {
    private static final int MIB = 1 << 20;
    private static final int BODY_BYTES = 200_000;

    /** More than the folder has room for. */
    private static final int MESSAGES = 600;

    private static final String[] SMALL = {
        "--set", "disk.bytesMax=64MiB", "--set", "journal.snapshotBytes=8MiB"
    };

    @TempDir private Path folder;
    private Path mounted;

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted != null) {
            new ProcessBuilder("umount", mounted.toString()).start().waitFor();
        }
    }

    private BrokerProcess broker(String... more) {
        String[] options = Stream.concat(Stream.of(SMALL), Stream.of(more)).toArray(String[]::new);
        return new BrokerProcess(folder, "page-cache", options);
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
    }

    /** Sends numbered messages on a thread of its own, one by one. */
    private static final class Sender implements AutoCloseable {
        final AtomicInteger sent = new AtomicInteger();
        final AtomicReference<JMSException> failure = new AtomicReference<>();
        private final Thread thread;

        Sender(Connection connection, int first, int end) throws JMSException {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue("q"));
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            sent.set(first);
            String body = "x".repeat(BODY_BYTES);
            thread =
                    new Thread(
                            () -> {
                                try {
                                    while (sent.get() < end) {
                                        Message message = session.createTextMessage(body);
                                        message.setIntProperty("n", sent.get());
                                        producer.send(message);
                                        sent.incrementAndGet();
                                    }
                                } catch (JMSException e) {
                                    failure.set(e);
                                }
                            },
                            "sender");
            thread.start();
        }

        /** Waits until the broker holds its sends, so that it gets no further. */
        int awaitHeld(BrokerProcess broker) {
            eventually().until(() -> broker.log().contains("event=room_short"));
            AtomicInteger last = new AtomicInteger(-1);
            eventually()
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> last.getAndSet(sent.get()) == sent.get());
            return sent.get();
        }

        @Override
        public void close() {
            try {
                thread.join(TimeUnit.MINUTES.toMillis(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertTrue(!thread.isAlive(), "the sender still waits");
        }
    }

    private static Connection connect(BrokerProcess broker) throws JMSException {
        Connection connection =
                broker.connectionFactory("?jms.sendTimeoutMs=300000").createConnection();
        connection.start();
        return connection;
    }

    /** Receives messages of these numbers, each in a transaction. */
    private static void receive(Connection connection, int first, int end) throws JMSException {
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(session.createQueue("q"));
        for (int n = first; n < end; n++) {
            Message message = consumer.receive(60_000);
            assertTrue(message != null, "message " + n + " does not come");
            assertEquals(n, message.getIntProperty("n"));
            session.commit();
        }
        session.close();
    }

    private static void assertStops(BrokerProcess broker) {
        broker.stop();
        assertTrue(broker.log().contains("event=broker_stopped stage=STOPPED"), broker.log());
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void sendsWaitWhileMessagesAreConsumedAndGoOnByThemselves() throws Exception {
        try (BrokerProcess broker = broker()) {
            broker.start();
            try (Connection connection = connect(broker);
                    Sender sender = new Sender(connection, 0, MESSAGES)) {
                int held = sender.awaitHeld(broker);
                assertTrue(held > 50 && held < MESSAGES / 2, held + " sent");
                assertTrue(broker.log().contains("event=room_short sends=held"), broker.log());
                assertTrue(bytesOnDisk() <= 64 * MIB, bytesOnDisk() + " bytes");

                receive(connection, 0, MESSAGES);

                assertEquals(null, sender.failure.get());
                assertTrue(broker.log().contains("event=room_again"), broker.log());
                assertTrue(bytesOnDisk() <= 64 * MIB, bytesOnDisk() + " bytes");
            }
            assertStops(broker);
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKillWhileSendsWait() throws Exception {
        try (BrokerProcess broker = broker()) {
            broker.start();
            AtomicInteger acknowledged;
            try (Connection connection = connect(broker);
                    Sender sender = new Sender(connection, 0, MESSAGES)) {
                sender.awaitHeld(broker);
                acknowledged = sender.sent;
                broker.kill();
            }
            int held = acknowledged.get();
            broker.start();
            try (Connection connection = connect(broker)) {
                assertTrue(broker.log().contains("event=room_short"), broker.log());
                receive(connection, 0, held);
                try (Sender sender = new Sender(connection, held, held + 10)) {
                    receive(connection, held, held + 10);
                    assertEquals(null, sender.failure.get());
                }
            }
        }
    }

    @Test
    void sendsAreRefusedWhereThatIsAskedFor() throws Exception {
        try (BrokerProcess broker = broker("--set", "disk.whenFull=fail")) {
            broker.start();
            try (Connection connection = connect(broker)) {
                int sent;
                try (Sender sender = new Sender(connection, 0, MESSAGES)) {
                    eventually().until(() -> sender.failure.get() != null);
                    sent = sender.sent.get();
                    JMSException refusal = sender.failure.get();
                    assertEquals(ResourceAllocationException.class, refusal.getClass());
                    assertTrue(refusal.getMessage().contains("in reserve"), refusal.getMessage());
                }
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                session.createProducer(session.createQueue("q")).send(session.createMessage());
                assertThrows(JMSException.class, session::commit);

                receive(connection, 0, sent);
                eventually().until(() -> broker.log().contains("event=room_again"));
                try (Sender sender = new Sender(connection, sent, sent + 10)) {
                    receive(connection, sent, sent + 10);
                    assertEquals(null, sender.failure.get());
                }
            }
        }
    }

    @Test
    void aDiskThatSomebodyElseHasFilledIsWaitedFor() throws Exception {
        Path data = mountSmall();
        try (BrokerProcess broker = new BrokerProcess(folder, "force")) {
            broker.start();
            try (Connection connection = connect(broker);
                    Sender sender = new Sender(connection, 0, MESSAGES)) {
                eventually().until(() -> sender.sent.get() > 20);
                Path filler = data.resolve("filler");
                fill(filler, data);
                int held = sender.awaitHeld(broker);
                assertTrue(held < MESSAGES / 2, held + " sent");
                assertTrue(broker.log().contains("event=room_short"), broker.log());
                receive(connection, 0, held / 2);

                Files.delete(filler);
                receive(connection, held / 2, MESSAGES);

                assertEquals(null, sender.failure.get());
            }
            assertStops(broker);
        }
    }

    /** Only where this may be done: by root, outside most containers. */
    private Path mountSmall() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Process mount =
                new ProcessBuilder(
                                "mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", data.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("mount.log").toFile())
                        .start();
        assumeTrue(mount.waitFor() == 0, "no file system can be mounted here");
        mounted = data;
        return data;
    }

    private static void fill(Path filler, Path disk) throws IOException {
        FileStore store = Files.getFileStore(disk);
        byte[] block = new byte[4096];
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            while (store.getUsableSpace() >= block.length) {
                file.write(block);
            }
        } catch (IOException e) {
            // the broker was quicker; the disk is full all the same
            assertTrue(store.getUsableSpace() < MIB, e.toString());
        }
    }
}
