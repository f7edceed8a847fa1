// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.Bytes;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/** What recovery makes of damaged, cut, missing, foreign and stale bytes. */
class JournalDamageTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE).withSizes(1 << 16, 1 << 14);

    private static final String SEGMENT = Names.segment(1);

    /** Three batches, of which the last one says that the second one is durable; then a kill. */
    private FaultyFolder folder;

    private long[] starts;
    private Map<Long, String> written;

    @BeforeEach
    void writeThreeBatches() throws StoreException {
        folder = new FaultyFolder();
        StoreDriver driver = start(folder);
        driver.appendAndAwait(Batches.at(1).event("one").run(1, "a", "b"));
        driver.appendAndAwait(Batches.at(2).event("two").run(2, "c".repeat(3000)));
        driver.appendAndAwait(Batches.at(3).event("three").run(1, "d".repeat(700)));
        written = driver.completed;
        folder = folder.afterKill();
        starts = new long[] {4096, 8192, 12288, 16384};
        for (int i = 0; i < 3; i++) {
            int at = (int) starts[i];
            assertEquals(i + 1, Bytes.getLong(folder.content(SEGMENT), at + EntryLayout.SEQUENCE));
        }
    }

    private static StoreDriver start(FaultyFolder folder) throws StoreException {
        return new StoreDriver(new JournalStore(folder, OPTIONS, Machine.callersThread(42)))
                .start();
    }

    private static RecoveryReport report(StoreDriver driver) {
        return ((JournalStore) driver.store()).recoveryReport();
    }

    private int entryBytes(int entry) {
        return Bytes.getInt(folder.content(SEGMENT), (int) starts[entry]);
    }

    @Test
    void cutsALastEntryThatIsTornAtAnyByte() throws StoreException {
        int start = (int) starts[2];
        int length = entryBytes(2);
        for (int kept = 0; kept < length; kept++) {
            FaultyFolder torn = folder.afterKill();
            byte[] content = torn.content(SEGMENT);
            if (content[start + length - 1] == 0 && kept == length - 1) {
                continue;
            }
            Arrays.fill(content, start + kept, start + length, (byte) 0);
            StoreDriver driver = start(torn);
            assertEquals(2, driver.recovered.size(), "kept " + kept);
            assertTrue(kept == 0 || report(driver).cutAt().endsWith(":" + start), "kept " + kept);
            assertEquals(3, driver.appendAndAwait(Batches.at(4).run(1, "e")));
            driver = start(torn.afterPowerLoss(new Random(kept)));
            assertEquals(3, driver.recovered.size(), "kept " + kept);
            assertTrue(driver.recovered.get(3L).startsWith("4 "), driver.recovered.get(3L));
        }
    }

    @Test
    void refusesAnyFlippedBitThatWasDurable() throws StoreException {
        for (int entry = 0; entry < 2; entry++) {
            for (int i = 0; i < entryBytes(entry); i++) {
                FaultyFolder flipped = folder.afterKill();
                flipped.content(SEGMENT)[(int) starts[entry] + i] ^= (byte) (1 << i % 8);
                StoreException thrown =
                        assertThrows(StoreException.class, () -> start(flipped), "byte " + i);
                assertEquals(StoreException.Kind.CORRUPT, thrown.kind(), "byte " + i);
                String place = SEGMENT + " is damaged at position " + starts[entry];
                assertTrue(thrown.getMessage().contains(place), thrown.getMessage());
                assertTrue(thrown.getMessage().contains("taffrail log verify"));
            }
        }
    }

    @Test
    void cutsAtAnyFlippedBitThatWasNotKnownToBeDurable() throws StoreException {
        for (int i = 0; i < entryBytes(2); i++) {
            FaultyFolder flipped = folder.afterKill();
            flipped.content(SEGMENT)[(int) starts[2] + i] ^= (byte) (1 << i % 8);
            StoreDriver driver = start(flipped);
            assertEquals(2, driver.recovered.size(), "byte " + i);
            assertEquals(2, report(driver).lastSequence());
            assertTrue(report(driver).cutBytes() > 0);
        }
    }

    @Test
    void cutsTheLastOfTheEntriesOfOneWriteAndSaysSo() throws StoreException {
        FaultyFolder together = writeThreeAtOnce(sequence -> 0);
        byte[] whole = together.content(SEGMENT);
        int third = next(whole, next(whole, 4096));
        assertEquals(3, Bytes.getLong(whole, third + EntryLayout.SEQUENCE));
        for (int i = 0; i < Bytes.getInt(whole, third); i++) {
            FaultyFolder flipped = together.afterKill();
            flipped.content(SEGMENT)[third + i] ^= (byte) (1 << i % 8);

            StoreDriver after = start(flipped);

            assertEquals(2, after.recovered.size(), "byte " + i);
            assertTrue(
                    report(after).cutAt().endsWith(SEGMENT + ":" + third), report(after).cutAt());
            byte[] left = flipped.content(SEGMENT);
            assertTrue(isZero(left, third, 8192), "what was cut is overwritten");
            assertEquals(3, after.appendAndAwait(Batches.at(4).run(1, "e")));
            assertEquals(3, start(flipped.afterPowerLoss(new Random(i))).recovered.size());
        }
    }

    private static FaultyFolder writeThreeAtOnce(LongUnaryOperator durableOf)
            throws StoreException {
        FaultyFolder folder = new FaultyFolder();
        EntryForger forger = new EntryForger(folder, durableOf);
        JournalStore store = new JournalStore(forger, OPTIONS, Machine.callersThread(42));
        StoreDriver driver = new StoreDriver(store).start();
        driver.append(Batches.at(1).event("one"));
        driver.append(Batches.at(2).event("two"));
        driver.awaitCompleted(driver.append(Batches.at(3).event("three")));
        return folder.afterKill();
    }

    private static int next(byte[] content, int at) {
        return at + EntryLayout.align(Bytes.getInt(content, at));
    }

    private static boolean isZero(byte[] content, int from, int to) {
        return Arrays.equals(content, from, to, new byte[to - from], 0, to - from);
    }

    @Test
    void refusesToCutAnEntryThatALaterOneOfItsPageSaysWasDurable() throws StoreException {
        FaultyFolder flipped = writeThreeAtOnce(sequence -> sequence == 3 ? 2 : 0);
        byte[] content = flipped.content(SEGMENT);
        int second = next(content, 4096);
        content[second + EntryLayout.CRC] ^= 1;

        StoreException thrown = assertThrows(StoreException.class, () -> start(flipped));

        assertEquals(StoreException.Kind.CORRUPT, thrown.kind());
        String place = SEGMENT + " is damaged at position " + second;
        assertTrue(thrown.getMessage().contains(place), thrown.getMessage());
    }

    @Test
    void overlooksFlippedBitsBetweenEntries() throws StoreException {
        int end = (int) starts[0] + entryBytes(0) + 64 & -64;
        for (int at = end; at < starts[1]; at += 97) {
            FaultyFolder flipped = folder.afterKill();
            flipped.content(SEGMENT)[at] ^= 1;
            assertEquals(written, start(flipped).recovered, "position " + at);
        }
    }

    @Test
    void refusesADamagedHeaderOfASegmentWithDurableBatches() {
        for (int i = 0; i < 64; i++) {
            FaultyFolder flipped = folder.afterKill();
            flipped.content(SEGMENT)[i] ^= 4;
            StoreException thrown =
                    assertThrows(StoreException.class, () -> start(flipped), "byte " + i);
            assertEquals(StoreException.Kind.CORRUPT, thrown.kind(), "byte " + i);
            assertTrue(thrown.getMessage().contains(SEGMENT), thrown.getMessage());
        }
    }

    @Test
    void namesTheSegmentWhoseHeaderIsDamagedNotTheOneBefore() throws StoreException {
        StoreDriver driver = start(folder);
        String second = Names.segment(2);
        while (driver.completed.size() < 12) {
            driver.appendAndAwait(Batches.at(4).run(1, "e".repeat(9_000)));
        }
        folder = folder.afterKill();
        for (int i = 0; i < 64; i++) {
            FaultyFolder flipped = folder.afterKill();
            flipped.content(second)[i] ^= 4;
            StoreException thrown =
                    assertThrows(StoreException.class, () -> start(flipped), "byte " + i);
            assertEquals(StoreException.Kind.CORRUPT, thrown.kind(), "byte " + i);
            String place = second + " is damaged at position 0";
            assertTrue(thrown.getMessage().contains(place), thrown.getMessage());
        }
    }

    @Test
    void refusesAFlippedBitInManifestAndEpoch() {
        for (String name : new String[] {Names.MANIFEST, Names.EPOCH}) {
            for (int i = 0; i < folder.content(name).length; i++) {
                FaultyFolder flipped = folder.afterKill();
                flipped.content(name)[i] ^= 16;
                StoreException thrown =
                        assertThrows(StoreException.class, () -> start(flipped), "byte " + i);
                assertEquals(StoreException.Kind.CORRUPT, thrown.kind(), "byte " + i);
                assertTrue(thrown.getMessage().contains(name), thrown.getMessage());
            }
        }
    }

    @Test
    void refusesAFlippedBitInASnapshot() throws StoreException {
        StoreDriver driver = start(folder);
        driver.snapshot(Map.of(1L, 3L, 2L, 2L));
        driver.store().close();
        String name = Names.snapshot(1);
        for (int i = 0; i < folder.content(name).length; i++) {
            FaultyFolder flipped = folder.afterKill();
            flipped.content(name)[i] ^= 32;
            StoreException thrown =
                    assertThrows(StoreException.class, () -> start(flipped), "byte " + i);
            assertEquals(StoreException.Kind.CORRUPT, thrown.kind(), "byte " + i);
            assertTrue(thrown.getMessage().contains(name), thrown.getMessage());
        }
        folder.remove(name);
        StoreException thrown = assertThrows(StoreException.class, () -> start(folder));
        assertEquals(StoreException.Kind.CORRUPT, thrown.kind());
    }

    @Test
    void makesAnIndexAgainThatIsMissingOrDamaged() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 20; i++) {
            driver.appendAndAwait(Batches.at(9).run(1, "x".repeat(10_000)));
        }
        driver.snapshot(Map.of(1L, 23L));
        driver.store().close();
        String name = Names.index(1);
        int length = folder.content(name).length;
        for (int i = -1; i < length; i += 7) {
            FaultyFolder damaged = folder.afterKill();
            if (i < 0) {
                damaged.remove(name);
            } else {
                damaged.content(name)[i] ^= 8;
            }
            StoreDriver next = start(damaged);
            assertEquals(1, report(next).indexesRebuilt(), "byte " + i);
            assertEquals(22, next.readRuns(1, 0, Integer.MAX_VALUE).size(), "byte " + i);
            assertEquals(0, report(start(damaged.afterKill())).indexesRebuilt());
        }
    }

    @Test
    void refusesAFlippedBitAfterACleanEnd() throws StoreException {
        start(folder).store().close();
        FaultyFolder flipped = folder.afterKill();
        flipped.content(SEGMENT)[(int) starts[2] + 100] ^= 1;
        StoreException thrown = assertThrows(StoreException.class, () -> start(flipped));
        assertEquals(StoreException.Kind.CORRUPT, thrown.kind());
        assertTrue(report(start(folder)).clean());
    }

    @Test
    void tellsNewerAndOlderVersionsFromDamage() {
        for (String name : new String[] {Names.MANIFEST, Names.EPOCH, SEGMENT}) {
            int known = Bytes.getUnsignedShort(folder.content(name), 8);
            for (int version : new int[] {0, known + 1, 77}) {
                FaultyFolder other = folder.afterKill();
                byte[] content = other.content(name);
                Bytes.putShort(content, 8, version);
                Bytes.putInt(content, 16, Bytes.crc32c(content, 0, 16));
                StoreException thrown = assertThrows(StoreException.class, () -> start(other));
                assertEquals(
                        version == 0 ? StoreException.Kind.TOO_OLD : StoreException.Kind.TOO_NEW,
                        thrown.kind());
                assertTrue(thrown.getMessage().contains(name), thrown.getMessage());
                assertTrue(thrown.getMessage().contains("version " + version));
            }
        }
    }

    @Test
    void refusesAnEntryWithAFlagItMustKnowAndOverlooksOthers() throws StoreException {
        for (int flag : new int[] {0x80, 0x8000}) {
            FaultyFolder other = folder.afterKill();
            byte[] content = other.content(SEGMENT);
            int at = (int) starts[1];
            Bytes.putShort(content, at + EntryLayout.FLAGS, flag);
            int length = Bytes.getInt(content, at) - EntryLayout.SEQUENCE;
            Bytes.putInt(
                    content,
                    at + EntryLayout.CRC,
                    Bytes.crc32c(content, at + EntryLayout.SEQUENCE, length));
            if (flag == 0x80) {
                StoreException thrown = assertThrows(StoreException.class, () -> start(other));
                assertEquals(StoreException.Kind.TOO_NEW, thrown.kind());
            } else {
                assertEquals(3, start(other).recovered.size());
            }
        }
    }

    @Test
    void refusesAFolderThatLacksAFile() {
        for (String name : new String[] {Names.MANIFEST, Names.EPOCH, SEGMENT}) {
            FaultyFolder without = folder.afterKill();
            without.remove(name);
            StoreException thrown = assertThrows(StoreException.class, () -> start(without));
            assertEquals(StoreException.Kind.CORRUPT, thrown.kind(), name);
        }
    }

    @Test
    void refusesASegmentThatIsMissingInTheMiddle() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 30; i++) {
            driver.appendAndAwait(Batches.at(9).event("x".repeat(10_000)));
        }
        FaultyFolder killed = folder.afterKill();
        for (long missing = 1; missing <= 3; missing++) {
            FaultyFolder without = killed.afterKill();
            without.remove(Names.segment(missing));
            StoreException thrown = assertThrows(StoreException.class, () -> start(without));
            assertEquals(StoreException.Kind.CORRUPT, thrown.kind());
        }
    }

    @Test
    void neverTakesAnEntryOfAnotherPlaceOrTimeForItsOwn() throws StoreException {
        // the second entry once more behind the third one, as a stale page would leave it
        byte[] content = folder.content(SEGMENT);
        System.arraycopy(content, (int) starts[1], content, (int) starts[3], entryBytes(1));
        assertEquals(written, start(folder.afterKill()).recovered);
        // an entry of another folder with the right sequence
        FaultyFolder other = new FaultyFolder();
        StoreDriver stranger =
                new StoreDriver(new JournalStore(other, OPTIONS, Machine.callersThread(43)))
                        .start();
        for (int i = 0; i < 4; i++) {
            stranger.appendAndAwait(Batches.at(9).event("foreign"));
        }
        System.arraycopy(other.content(SEGMENT), (int) starts[3], content, (int) starts[3], 4096);
        StoreDriver driver = start(folder.afterKill());
        assertEquals(written, driver.recovered);
        assertTrue(report(driver).cutBytes() > 0);
    }

    @Test
    void cutsAWholeEntryBehindATornOne() throws StoreException {
        StoreDriver driver = start(folder);
        driver.append(Batches.at(4).event("four"));
        driver.append(Batches.at(5).event("five".repeat(2000)));
        driver.append(Batches.at(6).event("six"));
        driver.store().poll(driver);
        FaultyFolder torn = folder.afterKill();
        byte[] content = torn.content(SEGMENT);
        content[(int) starts[3] + 66] ^= 1;
        StoreDriver next = start(torn);
        assertEquals(3, next.recovered.size());
        assertEquals(2, report(next).cutEntries());
        assertEquals(4, next.appendAndAwait(Batches.at(7).event("seven")));
        byte[] after = torn.content(SEGMENT);
        assertArrayEquals(new byte[8192], Arrays.copyOfRange(after, 20480, 28672));
    }

    @Test
    void answersGarbageWithATypedError() throws StoreException {
        StoreDriver driver = start(folder);
        for (int i = 0; i < 20; i++) {
            driver.appendAndAwait(Batches.at(9).event("x".repeat(10_000)).run(i, "y"));
        }
        driver.snapshot(Map.of(1L, 20L));
        driver.store().poll(driver);
        driver.appendAndAwait(Batches.at(9).event("z"));
        FaultyFolder killed = folder.afterKill();
        int refused = 0;
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            FaultyFolder garbage = killed.afterKill();
            damage(garbage, random);
            try {
                start(garbage).store().close();
            } catch (StoreException e) {
                refused++;
                assertTrue(
                        e.kind() == StoreException.Kind.CORRUPT
                                || e.kind() == StoreException.Kind.TOO_NEW
                                || e.kind() == StoreException.Kind.TOO_OLD,
                        "seed " + seed + ": " + e);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused > 100, refused + " refused");
    }

    private static void damage(FaultyFolder garbage, Random random) {
        java.util.List<String> names = garbage.list();
        String name = names.get(random.nextInt(names.size()));
        byte[] content = garbage.content(name);
        switch (random.nextInt(3)) {
            case 0:
                byte[] noise = new byte[random.nextInt(Math.max(1, content.length))];
                random.nextBytes(noise);
                garbage.put(name, noise);
                break;
            case 1:
                garbage.put(
                        name, Arrays.copyOf(content, random.nextInt(Math.max(1, content.length))));
                break;
            default:
                for (int i = 0; i < 20 && content.length > 0; i++) {
                    content[random.nextInt(Math.min(content.length, 20_000))] ^=
                            (byte) (1 + random.nextInt(255));
                    i += random.nextInt(10);
                }
        }
    }
}
