// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredSizes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A folder that the first version has written must be read by all later ones. The resource has a
 * line for each file: its name, and its bytes deflated and in Base64. {@link #main} writes such a
 * resource; one for a released version is never written again.
 */
class GoldenFolderTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE).withSizes(1 << 16, 1 << 14);

    @Test
    void readsTheFolderOfVersionOne() throws IOException, StoreException {
        FaultyFolder folder = load("folder-1.txt");

        StoreDriver driver = start(folder);

        JournalStore store = (JournalStore) driver.store();
        assertFalse(store.recoveryReport().clean());
        assertEquals(0, store.recoveryReport().indexesRebuilt());
        assertEquals(3, driver.incarnation());
        assertEquals(Map.of(1L, "23 state1", 2L, "22 state2"), driver.parts);
        assertEquals(List.of(22L, 23L, 24L, 25L), List.copyOf(driver.recovered.keySet()));
        assertEquals("relaxed 1004 one more 5:0+2@1004/2#", cut(driver.recovered.get(25L)));
        assertEquals("1003 event24 1:2+1@1003/2#", cut(driver.recovered.get(24L)));
        assertEquals(List.of("1:0+1@1001/1#", "1:1+1@1002/1#", "1:2+1@1003/2#"), reads(driver, 1));
        assertEquals(List.of("5:0+2@1004/2#"), reads(driver, 5));
        assertEquals(26, driver.appendAndAwait(Batches.at(1005).run(3, "x").run(1, "y")));
        assertEquals("1005  3:19+1@1005/3# 1:3+1@1005/3#", cut(driver.completed.get(26L)));
    }

    @Test
    void readsAFolderWithStagedRecords() throws IOException, StoreException {
        StoreDriver driver = start(load("folder-1-staged.txt"));

        assertEquals(List.of(9L), driver.stagings);
        assertEquals(
                List.of("1:0+1@1001/1#", "1:1+2@1003/1#", "1:3+1@1003/1#", "1:4+1@1004/1#"),
                reads(driver, 1));
        assertEquals("1004 event 2:0+1@1004/1# 1:4+1@1004/1#", cut(driver.recovered.get(25L)));
        driver.appendAndAwait(Batches.at(1005).commit(9));
        assertEquals(List.of("1:4+1@1004/1#", "1:5+1@1005/2#"), reads(driver, 1).subList(3, 5));
    }

    /** Staged in a segment that is closed, committed in another; one committed after a snapshot. */
    private static FaultyFolder writeStaged() throws StoreException {
        FaultyFolder folder = new FaultyFolder();
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1001).run(1, "first").stage(7, 1, "a", "b"));
        driver.appendAndAwait(Batches.at(1002).stage(7, 1, "c").stage(9, 1, "open"));
        for (int i = 3; i <= 21; i++) {
            driver.appendAndAwait(Batches.at(1002).run(3, "x".repeat(10_000)));
        }
        driver.appendAndAwait(Batches.at(1003).stage(8, 1, "d").commit(7));
        driver.appendAndAwait(Batches.at(1003).event("event"));
        driver.snapshot(Map.of(1L, 23L));
        driver.store().poll(driver);
        driver.store().discard((partition, first, last) -> partition == 1);
        driver.store().poll(driver);
        driver.appendAndAwait(Batches.at(1003).stage(6, 1, "aborted"));
        driver.appendAndAwait(Batches.at(1004).event("event").run(2, "e").commit(8).abort(6));
        return folder.afterKill();
    }

    @Test
    void readsAFolderWithTenuredFiles() throws IOException, StoreException {
        FaultyFolder folder = load("folder-2-tenured.txt");
        assertTrue(folder.list().contains(Tenured.name(1)), folder.list().toString());

        StoreDriver driver = start(folder);

        assertEquals(2, driver.recovered.size());
        assertEquals(
                List.of("1:0+1@1001/1#", "1:1+2@1003/1#", "1:3+1@1003/1#", "1:4+1@1004/1#"),
                reads(driver, 1));
        assertEquals(List.of("2:20+1@1002/1#"), reads(driver, 2).subList(20, 21));
        driver.appendAndAwait(Batches.at(1005).run(1, "next").run(2, "next"));
        assertEquals("1:5+1@1005/2#", reads(driver, 1).get(4));
    }

    /** Segments have retired, with records that were staged; one record is in the journal. */
    private static FaultyFolder writeTenured() throws StoreException {
        FaultyFolder folder = new FaultyFolder();
        JournalOptions eager = OPTIONS.withTenure(0, new TenuredSizes(100_000, 400_000, 3));
        StoreDriver driver =
                new StoreDriver(new JournalStore(folder, eager, Machine.callersThread(42))).start();
        driver.appendAndAwait(Batches.at(1001).run(1, "first").stage(7, 1, "a", "b"));
        for (int i = 0; i <= 20; i++) {
            driver.appendAndAwait(Batches.at(1002).run(2, "x".repeat(10_000)));
        }
        driver.appendAndAwait(Batches.at(1003).stage(7, 1, "c").commit(7));
        for (int i = 0; i <= 20; i++) {
            driver.appendAndAwait(Batches.at(1003).run(3, "y".repeat(10_000)));
        }
        driver.snapshot(Map.of(1L, driver.completed.lastKey()));
        driver.store().poll(driver);
        driver.store().discard((partition, first, last) -> partition < 3);
        driver.store().poll(driver);
        driver.appendAndAwait(Batches.at(1004).run(1, "last"));
        return folder.afterKill();
    }

    private static List<String> reads(StoreDriver driver, long partition) {
        return driver.read(partition, 0, Integer.MAX_VALUE).stream()
                .map(GoldenFolderTest::cut)
                .toList();
    }

    /** Leaves out the hashes. */
    private static String cut(String text) {
        return text.replaceAll("#[0-9a-f]+", "#");
    }

    private static StoreDriver start(FaultyFolder folder) throws StoreException {
        return new StoreDriver(new JournalStore(folder, OPTIONS, Machine.callersThread(42)))
                .start();
    }

    /**
     * A closed segment that is needed, one that was given up, a snapshot, a tail, and no clean end.
     */
    private static FaultyFolder write() throws StoreException {
        FaultyFolder folder = new FaultyFolder();
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1001).event("event1").run(1, "first"));
        for (int i = 2; i <= 20; i++) {
            driver.appendAndAwait(Batches.at(1002).run(3, "x".repeat(10_000)));
        }
        driver.appendAndAwait(Batches.at(1002).event("event21").run(1, "second"));
        driver.store().close();
        driver = start(folder);
        driver.appendAndAwait(Batches.at(1002).event("event22"));
        driver.appendAndAwait(Batches.at(1002).event("event23"));
        driver.snapshot(Map.of(1L, 23L, 2L, 22L));
        driver.store().poll(driver);
        driver.store().discard((partition, first, last) -> partition == 1);
        driver.store().poll(driver);
        driver.appendAndAwait(Batches.at(1003).event("event24").run(1, "third"));
        driver.appendAndAwait(Batches.relaxedAt(1004).event("one more").run(5, "a", "b"));
        return folder.afterKill();
    }

    static FaultyFolder load(String resource) throws IOException {
        FaultyFolder folder = new FaultyFolder();
        String text;
        try (InputStream stream = GoldenFolderTest.class.getResourceAsStream(resource)) {
            text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ");
            byte[] deflated = Base64.getDecoder().decode(words[1]);
            InputStream bytes = new InflaterInputStream(new java.io.ByteArrayInputStream(deflated));
            folder.put(words[0], bytes.readAllBytes());
        }
        return folder;
    }

    /** Writes a resource to a path; the second argument says which. */
    public static void main(String[] arguments) throws IOException, StoreException {
        FaultyFolder folder =
                switch (arguments[1]) {
                    case "staged" -> writeStaged();
                    case "tenured" -> writeTenured();
                    default -> write();
                };
        try (PrintStream out =
                new PrintStream(Files.newOutputStream(Path.of(arguments[0])), false, "UTF-8")) {
            for (String name : folder.list()) {
                ByteArrayOutputStream deflated = new ByteArrayOutputStream();
                try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
                    deflater.write(folder.content(name));
                }
                out.print(name + " " + Base64.getEncoder().encodeToString(deflated.toByteArray()));
                out.print('\n');
            }
        }
    }
}
