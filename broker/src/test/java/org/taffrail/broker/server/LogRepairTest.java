// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.ReadOnlyFolder;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.FolderCheck;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.broker.store.tenured.TenuredSizes;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real broker starts from what was saved of a damaged folder, and delivers it. */
class LogRepairTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT
                    .withSizes(1 << 18, 1 << 16)
                    .withTenure(300_000, new TenuredSizes(1 << 20, 1 << 20, 3));

    /** So many messages wait in the queue; every second one was consumed, of the first half. */
    private static final int SENT = 320;

    private static final int BODY_CHARS = 9000;

    @TempDir private Path temporary;
    private Path data;
    private List<String> waiting;
    private final List<String> leftOut = new ArrayList<>();
    private final Map<Long, Long> unknown = new TreeMap<>();
    private long lost;
    private int repairs;

    private static Broker broker(Path folder) throws StoreException, IOException {
        Broker broker =
                new Broker(
                        BrokerConfig.defaults()
                                .with(Map.of("port", "0", "journal.snapshotBytes", "1048576")),
                        () -> open(folder),
                        true);
        broker.start();
        return broker;
    }

    private static JournalStore open(Path folder) {
        try {
            return new JournalStore(new DiskFolder(folder), OPTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(int i) {
        return i + "-" + "x".repeat(BODY_CHARS);
    }

    /** Consumed and waiting messages, in tenured files, closed and open segments. */
    @BeforeEach
    void write() throws StoreException, IOException {
        data = temporary.resolve("data");
        Broker broker = broker(data);
        try {
            WireClient client = SocketChannel.connect(broker.port()).open();
            long partition = client.resolve(DestinationKind.QUEUE, "orders");
            client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "other"), "one");
            for (int i = 0; i < SENT / 2; i++) {
                client.sendConfirmed(partition, body(i));
            }
            client.attach(1, DestinationKind.QUEUE, "orders");
            client.say(new ClientFrame.Credit(1, SENT, 1 << 30, true, 1));
            List<BrokerFrame.Deliver> delivered = hearAll(client);
            for (int i = 0; i < delivered.size(); i += 2) {
                client.accept(delivered.get(i));
            }
            client.goodbye();
            client = SocketChannel.connect(broker.port()).open();
            for (int i = SENT / 2; i < SENT; i++) {
                client.sendConfirmed(partition, body(i));
            }
        } finally {
            broker.stop();
        }
        waiting = new ArrayList<>();
        IntStream.range(0, SENT)
                .filter(i -> i >= SENT / 2 || i % 2 == 1)
                .forEach(i -> waiting.add(body(i)));
    }

    private static List<BrokerFrame.Deliver> hearAll(WireClient client) {
        List<BrokerFrame.Deliver> delivered = new ArrayList<>();
        while (true) {
            BrokerFrame frame = client.hearAny();
            if (frame instanceof BrokerFrame.Drained) {
                return delivered;
            }
            if (frame instanceof BrokerFrame.Deliver deliver) {
                delivered.add(deliver);
            }
        }
    }

    private Path repair() throws IOException, StoreException {
        leftOut.clear();
        unknown.clear();
        lost = 0;
        Path target = temporary.resolve("repaired" + repairs++);
        new LogRepair(
                        new ReadOnlyFolder(data),
                        new DiskFolder(target),
                        new Findings(100, finding -> leftOut.add(finding.toString())),
                        new Losses())
                .run();
        Findings findings = new Findings(100, finding -> {});
        new FolderCheck(new ReadOnlyFolder(target), findings).run();
        assertEquals(0, findings.count(Findings.Harm.DAMAGE));
        return target;
    }

    private final class Losses implements LogRepair.Listener {
        @Override
        public void lost(
                DestinationKind kind, String destination, String subscription, long messages) {
            lost += messages;
        }

        @Override
        public void unknown(long partition, long records) {
            unknown.put(partition, records);
        }
    }

    /** Starts a broker and takes what it delivers of a queue; what is sent now comes last. */
    private static List<String> delivered(Path folder, String queue)
            throws StoreException, IOException {
        Broker broker = broker(folder);
        try {
            WireClient client = SocketChannel.connect(broker.port()).open();
            client.sendConfirmed(client.resolve(DestinationKind.QUEUE, queue), "new");
            client.attach(1, DestinationKind.QUEUE, queue);
            client.say(new ClientFrame.Credit(1, SENT + 1, 1 << 30, true, 1));
            List<String> texts = hearAll(client).stream().map(WireClient::text).toList();
            assertEquals("new", texts.get(texts.size() - 1));
            return texts.subList(0, texts.size() - 1);
        } finally {
            broker.stop();
        }
    }

    private List<Path> files(String pattern) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    private static void flip(Path file, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) position] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void losesNothingOfASoundFolder() throws IOException, StoreException {
        assertFalse(files("tenured-.*").isEmpty());
        assertTrue(files("segment-.*\\.journal").size() > 2);

        Path repaired = repair();

        assertEquals(List.of(), leftOut);
        assertEquals(0, lost);
        assertEquals(waiting, delivered(repaired, "orders"));
        assertEquals(List.of("one"), delivered(repaired, "other"));
    }

    @Test
    void deliversWhatIsWholeOfADamagedTenuredFile() throws IOException, StoreException {
        Path file = files("tenured-.*").get(0);
        flip(file, Files.size(file) / 2);

        Path repaired = repair();

        assertEquals(1, leftOut.size(), leftOut.toString());
        assertEquals(1, lost);
        List<String> delivered = delivered(repaired, "orders");
        assertEquals(waiting.size() - 1, delivered.size());
        assertTrue(isPartOf(delivered, waiting));
    }

    /** Whether all texts are there, in the same order. */
    private static boolean isPartOf(List<String> some, List<String> all) {
        int at = 0;
        for (String each : all) {
            if (at < some.size() && some.get(at).equals(each)) {
                at++;
            }
        }
        return at == some.size();
    }

    @Test
    void deliversWhatStandsBehindDamageInTheJournal() throws IOException, StoreException {
        for (Path segment : files("segment-.*\\.journal")) {
            byte[] before = Files.readAllBytes(segment);
            flip(segment, before.length / 2);

            List<String> delivered = delivered(repair(), "orders");

            assertTrue(isPartOf(delivered, waiting));
            assertTrue(delivered.size() >= waiting.size() - 1, segment + ": " + leftOut);
            assertTrue(delivered.size() == waiting.size() || !leftOut.isEmpty());
            Files.write(segment, before);
        }
    }

    @Test
    void startsFromWhatIsLeftWhateverFileIsMissing() throws IOException, StoreException {
        for (Path file : files("(segment|tenured|snapshot|manifest|epoch).*")) {
            byte[] before = Files.readAllBytes(file);
            Files.delete(file);

            List<String> delivered = delivered(repair(), "orders");

            assertTrue(isPartOf(delivered, waiting), file.toString());
            boolean index = file.toString().endsWith(".index");
            assertTrue(index || delivered.equals(waiting) || !leftOut.isEmpty(), file.toString());
            Files.write(file, before);
        }
    }

    @Test
    void countsRecordsWhoseDestinationIsLost() throws IOException, StoreException {
        for (Path snapshot : files("snapshot.*")) {
            Files.delete(snapshot);
        }

        Path repaired = repair();

        assertEquals(List.of(), delivered(repaired, "orders"));
        long saved = unknown.values().stream().mapToLong(Long::longValue).sum();
        assertTrue(saved >= waiting.size(), unknown.toString());
    }

    @Test
    void startsAfterAnyDamage() throws IOException, StoreException {
        List<Path> files = files("(segment|tenured|snapshot|epoch|manifest).*");
        for (long seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Path file = files.get(random.nextInt(files.size()));
            byte[] before = Files.readAllBytes(file);
            byte[] damaged = before.clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(file, damaged);

            List<String> delivered = delivered(repair(), "orders");

            assertTrue(isPartOf(delivered, waiting), "seed " + seed);
            Files.write(file, before);
        }
    }

    @Test
    void neverTouchesTheDamagedFolder() throws IOException, StoreException {
        Map<String, byte[]> before = new TreeMap<>();
        for (Path file : files(".*")) {
            before.put(file.toString(), Files.readAllBytes(file));
        }

        repair();

        assertEquals(before.size(), files(".*").size());
        for (Path file : files(".*")) {
            assertTrue(
                    Arrays.equals(before.get(file.toString()), Files.readAllBytes(file)),
                    file.toString());
        }
    }
}
