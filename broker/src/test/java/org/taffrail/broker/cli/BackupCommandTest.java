// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.jms.TaffrailConnectionFactory;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

class BackupCommandTest {
    private static final int BACKUPS = 2;
    private static final int MESSAGES_LEAST = 300;
    private static final int BODY_BYTES = 96 << 10;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine =
                Main.commandLine(new PasswordEntry(null, InputStream.nullInputStream()), arguments)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private static Broker start(Path data) throws StoreException, IOException {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "data", data.toString(),
                                        "port", "0",
                                        "durability", "page-cache",
                                        "journal.segmentBytes", "32MiB",
                                        "journal.snapshotBytes", "1MiB",
                                        "journal.youngBytes", "0"));
        Broker broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        return broker;
    }

    /** Sends small messages that stay and large ones that pass through, until it is ended. */
    private static final class Load implements AutoCloseable {
        final AtomicInteger kept = new AtomicInteger();
        final AtomicInteger passed = new AtomicInteger();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final CompletableFuture<Void> work = new CompletableFuture<>();
        private volatile boolean ended;

        Load(String url) {
            thread.execute(
                    () -> {
                        try {
                            run(url);
                            work.complete(null);
                        } catch (JMSException | RuntimeException e) {
                            work.completeExceptionally(e);
                        }
                    });
        }

        private void run(String url) throws JMSException {
            try (Connection connection = new TaffrailConnectionFactory(url).createConnection()) {
                connection.start();
                Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(null);
                MessageConsumer consumer = session.createConsumer(session.createQueue("passing"));
                byte[] body = new byte[BODY_BYTES];
                while (!ended) {
                    int n = kept.get();
                    Message small = session.createMessage();
                    small.setIntProperty("n", n);
                    producer.send(session.createQueue("kept"), small);
                    kept.incrementAndGet();
                    BytesMessage large = session.createBytesMessage();
                    large.writeBytes(body);
                    large.setIntProperty("n", n);
                    producer.send(session.createQueue("passing"), large);
                    consumer.receive(20_000).acknowledge();
                    passed.incrementAndGet();
                }
            }
        }

        void awaitMore(int messages) {
            int wanted = passed.get() + messages;
            while (passed.get() < wanted) {
                if (work.isDone()) {
                    work.join();
                }
                Thread.yield();
            }
        }

        @Override
        public void close() {
            ended = true;
            work.join();
            thread.shutdown();
        }
    }

    @Test
    void aBackupUnderLoadHasAllThatWasConfirmedBeforeItBegan() throws Exception {
        Path data = folder.resolve("data");
        int[] kept = new int[BACKUPS];
        int[] passed = new int[BACKUPS];
        try (Broker broker = start(data);
                Load load = new Load(broker.address())) {
            for (int i = 0; i < BACKUPS; i++) {
                load.awaitMore(MESSAGES_LEAST / BACKUPS);
                if (i == BACKUPS - 1) {
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> hasTenuredFile(data)); // something left the journal
                }
                kept[i] = load.kept.get();
                passed[i] = load.passed.get();
                int status = backup(data, i);
                assertEquals(0, status, err.toString());
            }
        }
        assertTrue(hasTenuredFile(backup(BACKUPS - 1)));
        assertTrue(
                out.toString().lines().allMatch(line -> line.endsWith(", sound")), out.toString());
        for (int i = 0; i < BACKUPS; i++) {
            Path restored = folder.resolve("restored " + i);
            int status =
                    run("restore", "--from", backup(i).toString(), "--data", restored.toString());
            assertEquals(0, status, err.toString());
            check(restored, kept[i], passed[i]);
        }
    }

    private static boolean hasTenuredFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("tenured-"));
        }
    }

    private int backup(Path data, int i) {
        return run(
                "backup", "--rate=1000", "--data", data.toString(), "--to", backup(i).toString());
    }

    private Path backup(int i) {
        return folder.resolve("backups").resolve("backup " + i);
    }

    private static void check(Path restored, int kept, int passed)
            throws StoreException, IOException, JMSException {
        try (Broker broker = start(restored);
                Connection connection =
                        new TaffrailConnectionFactory(broker.address()).createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageConsumer small = session.createConsumer(session.createQueue("kept"));
            int next = 0;
            for (Message each = small.receiveNoWait(); each != null; each = small.receiveNoWait()) {
                assertEquals(next++, each.getIntProperty("n"));
            }
            assertTrue(next >= kept, next + " of " + kept);
            MessageConsumer large = session.createConsumer(session.createQueue("passing"));
            Message pending = large.receiveNoWait();
            if (pending != null) {
                assertTrue(pending.getIntProperty("n") >= passed);
                assertNull(large.receiveNoWait(), "more than one was under way");
            }
        }
    }

    private Path someBackup() throws Exception {
        Path data = folder.resolve("data");
        try (Broker broker = start(data);
                Load load = new Load(broker.address())) {
            load.awaitMore(1);
            assertEquals(0, run("backup", "--data", data.toString(), "--to", backup(0).toString()));
        }
        return backup(0);
    }

    @Test
    void aBackupThatIsKilledHarmsNothing() throws Exception {
        Path data = folder.resolve("data");
        Path target = folder.resolve("killed");
        try (Broker broker = start(data)) {
            try (Load load = new Load(broker.address())) {
                load.awaitMore(50);
            }
            try (BrokerProcess backup =
                    BrokerProcess.start(
                            folder, "backup", "--data=" + data, "--to=" + target, "--rate=1")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> Files.exists(folder.resolve("killed.unfinished")));
                backup.kill();
                assertEquals(137, backup.awaitExit());
            }
            assertEquals(0, run("backup", "--data", data.toString(), "--to", backup(0).toString()));
        }

        assertFalse(Files.exists(target), "what is not whole has the name of a backup");
        assertEquals(0, run("log", "verify", data.toString()), out.toString());
    }

    @Test
    void aRestoredBrokerIsNotTakenForTheOldOne() throws Exception {
        Path backup = someBackup();
        run("restore", "--from", backup.toString(), "--data", folder.resolve("new").toString());

        try (Broker broker = start(folder.resolve("new"));
                Connection connection =
                        new TaffrailConnectionFactory(broker.address()).createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            String name = session.createTemporaryQueue().getQueueName();
            assertTrue(name.matches(".*\\.1002\\.\\d+\\..+"), name);
        }
    }

    @Test
    void aPackedBackupIsTheSame() throws Exception {
        Path data = folder.resolve("data");
        someBackup();
        Path packed = folder.resolve("backups/packed.tar.gz");
        Path restored = folder.resolve("restored");

        assertEquals(0, run("backup", "--data=" + data, "--to=" + packed), err.toString());
        assertEquals(0, run("restore", "--from=" + packed, "--data=" + restored), err.toString());

        check(restored, 1, 1);
        try (Stream<Path> left = Files.list(packed.getParent())) {
            assertEquals(2, left.count(), "something is left over");
        }
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        Path none = folder.resolve("none");
        assertEquals(1, run("restore", "--from=" + packed, "--data=" + none));
        assertFalse(Files.exists(none), "what is not whole was restored");
        assertFalse(Files.exists(folder.resolve("none.unpacked")), "something is left over");
    }

    @Test
    void refusesToReplaceAnything() throws Exception {
        Path backup = someBackup();
        String data = folder.resolve("data").toString();

        assertEquals(2, run("backup", "--data", data, "--to", backup.toString()));
        assertEquals(2, run("restore", "--from", backup.toString(), "--data", data));
        assertTrue(err.toString().contains("is not empty: a restore replaces nothing"));
        Files.createDirectory(folder.resolve("new.unfinished"));
        assertEquals(2, run("backup", "--data", data, "--to", folder.resolve("new").toString()));
        assertTrue(err.toString().contains("interrupted: delete it"), err.toString());
    }

    @Test
    void refusesABackupThatIsDamagedOrNotWhole() throws Exception {
        Path backup = someBackup();
        Path target = folder.resolve("target");
        Map<Path, byte[]> files = new HashMap<>();
        try (Stream<Path> all = Files.list(backup)) {
            for (Path file : all.toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        for (Path file : files.keySet()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                long middle = channel.size() / 2;
                byte was = files.get(file)[(int) middle];
                channel.write(ByteBuffer.wrap(new byte[] {(byte) ~was}), middle);
            }
            assertEquals(
                    1,
                    run("restore", "--from", backup.toString(), "--data", target.toString()),
                    file.toString());
            assertFalse(Files.exists(target), "a copy that is not whole was left");
            Files.delete(file);
            assertEquals(
                    1, run("restore", "--from", backup.toString(), "--data", target.toString()));
            Files.write(file, files.get(file));
        }
        assertEquals(0, run("restore", "--from", backup.toString(), "--data", target.toString()));
    }
}
