// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the outside of a store knows: all that was appended, and what it was promised. */
final class StoreModel {
    private final int partitions;

    /** The batches by their sequences. */
    final TreeMap<Long, Batch> appended = new TreeMap<>();

    /** Who appended them. */
    final Map<Long, Integer> owners = new HashMap<>();

    /** From which offset on a partition's records are needed. */
    final Map<Long, Long> needed = new HashMap<>();

    long nextStaging = 1;

    /** The last batch of which somebody was told that it is durable. */
    long promised;

    /** The highest sequence from which a snapshot may let recovery begin. */
    long planned;

    StoreModel(int partitions) {
        this.partitions = partitions;
    }

    /** Holds a store that has just recovered against it, and forgets what it may have lost. */
    void check(StoreDriver driver) {
        long last = ((JournalStore) driver.store()).recoveryReport().lastSequence();
        assertTrue(last >= promised, "promised " + promised + ", found " + last);
        checkBatches(driver, last);
        appended.tailMap(last, false).clear();
        promised = last;
        checkReads(driver);
        checkStagings(driver);
    }

    private void checkBatches(StoreDriver driver, long last) {
        long lowest = driver.recovered.isEmpty() ? last + 1 : driver.recovered.firstKey();
        assertTrue(lowest <= planned + 1 || lowest <= 1, "begins at " + lowest);
        for (long sequence = lowest; sequence <= last; sequence++) {
            Batch batch = appended.get(sequence);
            String recovered = driver.recovered.get(sequence);
            if (batch.steps().isEmpty()) {
                assertEquals(Batches.describe(batch), recovered, "batch " + sequence);
            } else {
                String events = new String(batch.events().toByteArray(), StandardCharsets.UTF_8);
                assertTrue(recovered.startsWith("1 " + events), "batch " + sequence);
                assertEquals(
                        StagedModel.of(appended.headMap(sequence, true), owners)
                                .arrivedWith(sequence),
                        StagedModel.runsIn(recovered),
                        "batch " + sequence);
            }
        }
    }

    /** One that has ended may come again once nothing is kept of its end; none is forgotten. */
    private void checkStagings(StoreDriver driver) {
        StagedModel staged = StagedModel.of(appended, owners);
        assertTrue(
                driver.stagings.containsAll(staged.open().keySet()),
                driver.stagings + " without some of " + staged.open().keySet());
        for (long staging : driver.stagings) {
            assertTrue(
                    staged.open().containsKey(staging) || staged.ended().contains(staging),
                    "nobody has staged " + staging);
        }
    }

    /** What is needed is there, once, and in its order. */
    private void checkReads(StoreDriver driver) {
        Map<Long, List<String>> expected = new HashMap<>();
        StagedModel staged = StagedModel.of(appended, owners);
        for (long sequence : appended.keySet()) {
            for (byte[] run : staged.runs(sequence)) {
                long partition = RunLayout.partition(run, 0);
                long end = RunLayout.offset(run, 0) + RunLayout.count(run, 0);
                if (end > needed.getOrDefault(partition, 0L)) {
                    expected.computeIfAbsent(partition, key -> new ArrayList<>())
                            .add(Batches.describe(run));
                }
            }
        }
        for (long partition = 0; partition < partitions; partition++) {
            assertEquals(
                    expected.getOrDefault(partition, List.of()),
                    driver.read(partition, needed.getOrDefault(partition, 0L), Integer.MAX_VALUE),
                    "partition " + partition);
        }
    }
}
