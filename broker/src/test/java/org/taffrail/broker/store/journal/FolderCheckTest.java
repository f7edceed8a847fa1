// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredSizes;
import org.taffrail.wire.Bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is found in a folder: every flipped bit, and what is cut, missing or does not belong. */
class FolderCheckTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT
                    .with(JournalOptions.ForceWay.INLINE)
                    .withSizes(1 << 16, 1 << 14)
                    .withTenure(120_000, new TenuredSizes(1 << 20, 1 << 20, 3));

    private final List<Findings.Finding> found = new ArrayList<>();

    private static StoreDriver start(FaultyFolder folder) throws StoreException {
        return new StoreDriver(new JournalStore(folder, OPTIONS, Machine.callersThread(42)))
                .start();
    }

    /** Bodies of zeros keep the test short: between other bytes they are flipped now and then. */
    private static String zeros(int bytes) {
        return "\0".repeat(bytes);
    }

    /** A snapshot, a tenured file, segments with and without an index, staged runs, a tail. */
    private static FaultyFolder write() throws StoreException {
        FaultyFolder folder = new FaultyFolder();
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1001).event("event").run(1, "first", "second"));
        driver.appendAndAwait(Batches.at(1002).run(2, "one").stage(7, 1, "staged"));
        for (int i = 0; i < 9; i++) {
            driver.appendAndAwait(Batches.at(1003).run(3, zeros(15_000)));
        }
        driver.appendAndAwait(Batches.at(1004).run(1, "third").commit(7));
        for (int i = 0; i < 8; i++) {
            driver.appendAndAwait(Batches.at(1005).run(4, zeros(15_000)));
        }
        for (int i = 0; i < 2; i++) {
            long last = driver.completed.lastKey();
            driver.snapshot(Map.of(1L, last, 2L, last));
            polls(driver);
        }
        driver.store().discard((partition, first, last) -> partition != 3);
        polls(driver);
        driver.appendAndAwait(Batches.at(1006).event("event").run(1, "tail").stage(8, 2, "open"));
        driver.appendAndAwait(Batches.at(1007).event("last"));
        return folder;
    }

    /** Has all jobs done that are done with a poll each. */
    private static void polls(StoreDriver driver) {
        for (int i = 0; i < 5; i++) {
            driver.store().poll(driver);
        }
    }

    static FaultyFolder killed() throws StoreException {
        return write().afterKill();
    }

    private FolderCheck.Summary check(FaultyFolder folder) throws IOException, StoreException {
        found.clear();
        return new FolderCheck(folder, new Findings(100, found::add)).run();
    }

    private boolean anyIn(String file, Harm... harms) {
        return found.stream()
                .anyMatch(
                        each ->
                                each.file().equals("faulty/" + file)
                                        && Arrays.asList(harms).contains(each.harm()));
    }

    private void assertDamaged(String file) {
        assertTrue(anyIn(file, Harm.DAMAGE), file + ": " + found);
    }

    @Test
    void findsNothingInAFolderThatIsSound() throws IOException, StoreException {
        FaultyFolder folder = killed();
        List<String> names = folder.list();

        FolderCheck.Summary summary = check(folder);

        assertEquals(List.of(), found);
        assertTrue(names.contains(Tenured.name(1)), names.toString());
        assertTrue(names.stream().anyMatch(name -> name.endsWith(".index")), names.toString());
        assertTrue(names.contains(Names.snapshot(2)), names.toString());
        assertEquals(2, summary.snapshotParts());
        assertEquals(8, summary.tenuredRecords());
        assertEquals(22, summary.lastSequence());
        assertEquals(folder.usedBytes(), summary.bytes());
        assertEquals(names, folder.list());
    }

    /** All files but the one that was being prepared, in which anything may stand. */
    private static List<String> counting(FaultyFolder folder) throws IOException {
        return folder.list().stream().filter(name -> !name.endsWith(".tmp")).toList();
    }

    @Test
    void findsEveryFlippedBit() throws IOException, StoreException {
        findsEveryFlippedBit(killed());
    }

    @Test
    void findsEveryFlippedBitAfterACleanEnd() throws IOException, StoreException {
        FaultyFolder folder = new FaultyFolder();
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1).event("one").run(1, "a", "b"));
        driver.appendAndAwait(Batches.at(2).run(1, zeros(15_000)));
        driver.appendAndAwait(Batches.at(2).run(1, zeros(15_000)));
        driver.appendAndAwait(Batches.at(3).event("two").stage(5, 1, "b"));
        driver.store().close();
        FaultyFolder closed = folder.afterKill();
        assertEquals(2, closed.list().stream().filter(name -> Names.segmentId(name) > 0).count());

        findsEveryFlippedBit(closed);
    }

    private void findsEveryFlippedBit(FaultyFolder folder) throws IOException, StoreException {
        check(folder);
        assertEquals(List.of(), found);
        for (String name : counting(folder)) {
            byte[] content = folder.content(name);
            for (int at = 0; at < content.length; at = next(content, at)) {
                content[at] ^= (byte) (1 << at % 8);
                check(folder);
                assertTrue(
                        anyIn(name, Harm.values()), name + " at " + at + " of " + content.length);
                content[at] ^= (byte) (1 << at % 8);
            }
        }
    }

    /** The next byte, but long rows of zeros are passed in larger steps. */
    private static int next(byte[] content, int at) {
        int end = Math.min(content.length, at + 160);
        for (int i = Math.max(0, at - 80); i < end; i++) {
            if (content[i] != 0) {
                return at + 1;
            }
        }
        return Math.min(at + 151, content.length - 1 == at ? content.length : content.length - 1);
    }

    @Test
    void saysWhichFlippedBitsDoNoHarm() throws IOException, StoreException {
        FaultyFolder folder = killed();
        String segment = segments(folder).get(0);
        byte[] content = folder.content(segment);
        content[100] ^= 1;
        content[content.length - 1] ^= 1;

        check(folder);

        assertEquals(List.of(Harm.NONE, Harm.NONE), found.stream().map(f -> f.harm()).toList());
        assertEquals(100, found.get(0).position());
        assertEquals(content.length - 1, found.get(1).position());
        start(folder);
    }

    @Test
    void tellsDamageFromATailThatIsCut() throws IOException, StoreException {
        FaultyFolder folder = killed();
        String last = lastBegun(folder);
        List<Integer> entries = entriesIn(folder, last);
        byte[] content = folder.content(last);
        int lastEntry = entries.get(entries.size() - 1);
        content[lastEntry + 66] ^= 1;
        check(folder);
        assertEquals(List.of(Harm.CUT), found.stream().map(f -> f.harm()).toList());
        assertEquals(lastEntry, found.get(0).position() / 4096 * 4096);
        start(folder.afterKill());
        content[lastEntry + 66] ^= 1;

        content[entries.get(0) + 66] ^= 1;
        check(folder);

        assertDamaged(last);
        assertEquals((long) entries.get(0), found.get(0).position());
        assertThrows(StoreException.class, () -> start(folder));
    }

    private static List<String> segments(FaultyFolder folder) {
        return folder.list().stream().filter(name -> Names.segmentId(name) > 0).toList();
    }

    private static String lastBegun(FaultyFolder folder) {
        return segments(folder).stream()
                .filter(name -> !entriesIn(folder, name).isEmpty())
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    /** Where the entries of a segment begin; each was a write of its own. */
    private static List<Integer> entriesIn(FaultyFolder folder, String segment) {
        List<Integer> entries = new ArrayList<>();
        byte[] content = folder.content(segment);
        long tag = SegmentHeader.tag(42, Names.segmentId(segment));
        for (int at = 4096; at < content.length; at += 4096) {
            if (Bytes.getLong(content, at + EntryLayout.TAG) == tag) {
                entries.add(at);
            }
        }
        return entries;
    }

    @Test
    void goesOnBehindWhatIsDamaged() throws IOException, StoreException {
        FaultyFolder folder = killed();
        for (String name : List.of(Tenured.name(1), Names.snapshot(2))) {
            folder.content(name)[120] ^= 1;
        }
        List<String> damaged = List.of(segments(folder).get(0), lastBegun(folder));
        for (String segment : damaged) {
            folder.content(segment)[entriesIn(folder, segment).get(0) + 70] ^= 1;
        }

        check(folder);

        assertDamaged(Tenured.name(1));
        assertDamaged(Names.snapshot(2));
        damaged.forEach(this::assertDamaged);
        assertEquals(4, found.size(), found.toString());
        assertTrue(
                found.stream().anyMatch(f -> f.what().contains("is missing or not whole")),
                found.toString());
    }

    @Test
    void namesFilesThatAreMissingOrCut() throws IOException, StoreException {
        FaultyFolder folder = killed();
        for (String name : counting(folder)) {
            FaultyFolder without = folder.afterKill();
            without.remove(name);
            check(without);
            if (segments(folder).indexOf(name) < segments(folder).size() - 1) {
                boolean index = name.endsWith(".index");
                assertTrue(anyIn(name, index ? Harm.NONE : Harm.DAMAGE), name + ": " + found);
            }
            byte[] content = folder.content(name);
            for (int kept : new int[] {0, 20, 50, content.length / 2 - 1, content.length - 1}) {
                FaultyFolder cut = folder.afterKill();
                cut.put(name, Arrays.copyOf(content, kept));
                check(cut);
                assertTrue(anyIn(name, Harm.values()), name + " cut at " + kept + ": " + found);
            }
        }
    }

    @Test
    void namesFilesThatDoNotCount() throws IOException, StoreException {
        FaultyFolder folder = killed();
        folder.put(Names.snapshot(99), new byte[10]);
        folder.put(Tenured.name(99), new byte[10]);
        folder.put("notes.txt", new byte[10]);

        check(folder);

        assertTrue(
                folder.list().stream().anyMatch(name -> name.endsWith(".journal.tmp")),
                "a segment is being prepared");
        assertEquals(3, found.size(), found.toString());
        assertTrue(anyIn(Names.snapshot(99), Harm.NONE));
        assertTrue(anyIn(Tenured.name(99), Harm.NONE));
        assertTrue(anyIn("notes.txt", Harm.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder-1.txt", "folder-1-staged.txt", "folder-2-tenured.txt"})
    void findsTheGoldenFoldersSound(String resource) throws IOException, StoreException {
        FaultyFolder folder = GoldenFolderTest.load(resource);

        FolderCheck.Summary summary = check(folder);

        assertTrue(found.stream().allMatch(f -> f.harm() == Harm.NONE), found.toString());
        assertTrue(summary.batches() > 0);
    }

    @Test
    void knowsAFolderThatABrokerHasNeverUsed() {
        FaultyFolder folder = new FaultyFolder();
        folder.put("notes.txt", new byte[1]);

        StoreException refused = assertThrows(StoreException.class, () -> check(folder));

        assertTrue(refused.getMessage().contains("nothing that a broker has written"));
    }

    @Test
    void countsWhatItDoesNotTell() throws IOException, StoreException {
        FaultyFolder folder = killed();
        for (int i = 0; i < 20; i++) {
            folder.put("note" + i, new byte[1]);
        }
        Findings findings = new Findings(5, found::add);

        new FolderCheck(folder, findings).run();

        assertEquals(5, found.size());
        assertEquals(15, findings.untold());
        assertFalse(findings.count(Harm.DAMAGE) > 0);
    }
}
