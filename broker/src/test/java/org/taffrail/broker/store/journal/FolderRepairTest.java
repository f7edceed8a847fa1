// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings.Harm;
import org.taffrail.wire.Bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a store finds in a folder that was made of a damaged one. */
class FolderRepairTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE).withSizes(1 << 16, 1 << 14);

    private static final long PARTITIONS = 6;

    private final List<Findings.Finding> found = new ArrayList<>();
    private FolderRepair.Result result;

    private static StoreDriver start(FaultyFolder folder) throws StoreException {
        return new StoreDriver(new JournalStore(folder, OPTIONS, Machine.callersThread(42)))
                .start();
    }

    private FaultyFolder repair(FaultyFolder folder) throws IOException, StoreException {
        found.clear();
        FaultyFolder to = new FaultyFolder();
        result = new FolderRepair(folder, to, 77, new Findings(1000, found::add)).run();
        Findings after = new Findings(10, finding -> {});
        new FolderCheck(to, after).run();
        assertEquals(0, after.count(Harm.DAMAGE) + after.count(Harm.NONE));
        return to;
    }

    /** For each partition what can be read of it. */
    private static Map<Long, List<String>> reads(StoreDriver driver) {
        Map<Long, List<String>> reads = new TreeMap<>();
        for (long partition = 1; partition < PARTITIONS; partition++) {
            reads.put(partition, driver.read(partition, 0, Integer.MAX_VALUE));
        }
        return reads;
    }

    @Test
    void keepsEverythingOfASoundFolder() throws IOException, StoreException {
        assertKeepsEverything(FolderCheckTest.killed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder-1.txt", "folder-1-staged.txt", "folder-2-tenured.txt"})
    void keepsEverythingOfTheGoldenFolders(String resource) throws IOException, StoreException {
        assertKeepsEverything(GoldenFolderTest.load(resource));
    }

    private void assertKeepsEverything(FaultyFolder folder) throws IOException, StoreException {
        StoreDriver before = start(folder.afterKill());

        StoreDriver after = start(repair(folder));

        assertTrue(found.stream().allMatch(f -> f.harm() == Harm.NONE), found.toString());
        assertEquals(0, result.lostBatches());
        assertEquals(before.incarnation(), after.incarnation());
        assertEquals(before.parts, after.parts);
        assertEquals(before.recovered.keySet(), after.recovered.keySet());
        before.recovered.forEach(
                (sequence, text) ->
                        assertEquals(text.replace(" +", ""), after.recovered.get(sequence), text));
        assertEquals(List.of(), after.stagings);
        assertEquals(reads(before), reads(after));
        long sequence = after.appendAndAwait(Batches.at(2000).run(1, "new").run(5, "new"));
        assertEquals(before.appendAndAwait(Batches.at(2000).run(1, "new").run(5, "new")), sequence);
        assertEquals(before.completed.get(sequence), after.completed.get(sequence));
    }

    @Test
    void startsAfterAnyFlippedBitAndKeepsAlmostAll() throws IOException, StoreException {
        FaultyFolder folder = FolderCheckTest.killed();
        StoreDriver before = start(folder.afterKill());
        Map<Long, List<String>> all = reads(before);
        int repairs = 0;
        for (String name : folder.list()) {
            byte[] content = folder.content(name);
            int step = Math.max(1, content.length / 30);
            for (int at = name.hashCode() & 7; at < content.length; at += step) {
                content[at] ^= (byte) (1 << at % 8);
                String place = name + " at " + at;
                FaultyFolder repaired = repair(folder);
                content[at] ^= (byte) (1 << at % 8);

                StoreDriver after = start(repaired);

                repairs++;
                Map<Long, List<String>> rest = reads(after);
                rest.forEach((id, runs) -> assertTrue(all.get(id).containsAll(runs), place));
                long lost = count(all) - count(rest);
                assertTrue(lost <= 2, place + ": " + lost + " lost, " + found);
                assertTrue(lost == 0 || !found.isEmpty(), place);
                long sequence = after.appendAndAwait(Batches.at(2000).run(1, "new"));
                assertTrue(sequence >= 22, place + ": " + sequence);
            }
        }
        assertTrue(repairs > 150, "repairs " + repairs);
    }

    private static long count(Map<Long, List<String>> reads) {
        return reads.values().stream().mapToLong(List::size).sum();
    }

    /** Three batches that are staged, or stage and commit, and two that are durable after them. */
    private static FaultyFolder writeStaged() throws StoreException {
        FaultyFolder folder = new FaultyFolder();
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1).event("one").stage(7, 1, "a").stage(7, 2, "b"));
        driver.appendAndAwait(Batches.at(2).event("two").stage(7, 1, "c"));
        driver.appendAndAwait(Batches.at(3).event("three").run(1, "d").commit(7));
        driver.appendAndAwait(Batches.at(4).event("four").run(1, "e"));
        driver.appendAndAwait(Batches.at(5).event("five"));
        return folder.afterKill();
    }

    @Test
    void keepsOfATransactionWhatHasOffsetsForSure() throws IOException, StoreException {
        FaultyFolder folder = writeStaged();
        byte[] content = folder.content(Names.segment(1));
        assertEquals(2, Bytes.getLong(content, 8192 + EntryLayout.SEQUENCE));
        content[8192 + 100] ^= 1;

        StoreDriver after = start(repair(folder));

        assertEquals(1, result.lostBatches());
        assertEquals(2, found.size(), found.toString());
        assertTrue(found.get(0).what().contains("commits 2 records of partition 1, from offset 1"));
        assertTrue(found.get(1).what().contains("batch 2 is missing or not whole"));
        assertEquals(List.of("0", "3"), offsets(after, 1));
        assertEquals(List.of("0"), offsets(after, 2));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), List.copyOf(after.recovered.keySet()));
        assertTrue(after.recovered.get(2L).isBlank() || after.recovered.get(2L).equals("1 "));
        assertTrue(after.recovered.get(4L).startsWith("4 four 1:3+1"));
        assertTrue(result.kept().has(1, 0) && result.kept().has(1, 3));
        assertTrue(!result.kept().has(1, 1) && !result.kept().has(1, 4));
    }

    private static List<String> offsets(StoreDriver driver, long partition) {
        return driver.read(partition, 0, Integer.MAX_VALUE).stream()
                .map(text -> text.replaceAll(".*:(\\d+)\\+.*", "$1"))
                .toList();
    }

    @Test
    void givesNoSequenceAgainThatWasDurable() throws IOException, StoreException {
        FaultyFolder folder = writeStaged();
        byte[] content = folder.content(Names.segment(1));
        content[4 * 4096 + 66] ^= 1; // the fourth of five, the fifth says that it was durable

        StoreDriver after = start(repair(folder));

        assertEquals(6, after.appendAndAwait(Batches.at(9).event("next")));
    }

    @Test
    void keepsOffsetsThatOnlyTheCoreKnows() throws IOException, StoreException {
        FaultyFolder to = repair(writeStaged());

        FolderRepair.keepOffsets(to, Map.of(1L, 10L, 5L, 7L));

        StoreDriver after = start(to);
        assertEquals(4, offsets(after, 1).size());
        long sequence = after.appendAndAwait(Batches.at(9).run(1, "x").run(5, "y").run(2, "z"));
        assertTrue(after.completed.get(sequence).matches("9  1:10\\+.* 5:7\\+.* 2:1\\+.*"));
    }

    @Test
    void writesIntoAnEmptyFolderOnly() throws StoreException {
        FaultyFolder to = new FaultyFolder();
        to.put("notes", new byte[1]);
        FaultyFolder from = writeStaged();

        StoreException refused =
                assertThrows(
                        StoreException.class,
                        () -> new FolderRepair(from, to, 1, new Findings(0, f -> {})).run());

        assertTrue(refused.getMessage().contains("name a new folder"), refused.getMessage());
    }
}
