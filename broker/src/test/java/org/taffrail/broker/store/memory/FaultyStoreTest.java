// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.store.Batches;
import org.taffrail.broker.store.StoreDriver;
import org.taffrail.broker.store.StoreException;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

class FaultyStoreTest {
    private static final FaultyStore.Faults FAILS = new FaultyStore.Faults(3, 3, 20, 0);

    @Test
    void losesOnlyATailThatWasNotCompletedInACrash() throws StoreException {
        boolean lost = false;
        boolean kept = false;
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            FaultyStore store =
                    new FaultyStore(new MemoryLog(), FaultyStore.Faults.SLOW, random.nextLong());
            StoreDriver before = new StoreDriver(store).start();
            Map<Long, Batches> appended = new TreeMap<>();
            for (int i = 0; i < 20; i++) {
                Batches batch = random.nextInt(3) == 0 ? Batches.relaxedAt(i) : Batches.at(i);
                appended.put(before.append(batch.event("e" + i).run(1, "b" + i)), batch);
                if (random.nextBoolean()) {
                    store.poll(before);
                }
            }
            long durable = store.durableSequence();
            StoreDriver after = new StoreDriver(store.crash(random)).start();
            long last = after.recovered.isEmpty() ? 0 : after.recovered.lastKey();
            assertTrue(last >= durable, "seed " + seed);
            for (long sequence = 1; sequence <= last; sequence++) {
                assertEquals(
                        Batches.describe(appended.get(sequence).build()),
                        after.recovered.get(sequence),
                        "seed " + seed);
            }
            lost |= last < 20;
            kept |= last > durable;
            assertEquals(last + 1, after.append(Batches.at(99).event("next")));
        }
        assertTrue(lost && kept, "the seeds never lost, or never kept, what was not durable");
    }

    @Test
    void losesACompletedRelaxedBatchAtMostUntilALaterForce() throws StoreException {
        TreeSet<Integer> recovered = new TreeSet<>();
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            FaultyStore store =
                    new FaultyStore(new MemoryLog(), FaultyStore.Faults.CRASHES_ONLY, round);
            StoreDriver before = new StoreDriver(store).start();
            before.appendAndAwait(Batches.at(1).event("a"));
            before.appendAndAwait(Batches.relaxedAt(1).run(1, "b"));
            assertEquals(1, store.durableSequence());
            if (round % 2 == 0) {
                before.appendAndAwait(Batches.at(1).event("c"));
                assertEquals(3, store.durableSequence());
            }
            recovered.add(new StoreDriver(store.crash(random)).start().recovered.size());
        }
        assertEquals(new TreeSet<>(List.of(1, 2, 3)), recovered);
    }

    @Test
    void takesNothingAfterAFailureWhoseOutcomeIsUnknown() throws StoreException {
        TreeSet<Boolean> wasThere = new TreeSet<>();
        Random random = new Random(1);
        for (long seed = 0; seed < 100; seed++) {
            FaultyStore store = new FaultyStore(new MemoryLog(), FAILS, seed);
            StoreDriver before = new StoreDriver(store).start();
            while (before.failure() == null) {
                before.append(Batches.at(1).event("a"));
                store.poll(before);
            }
            long failed = before.completed.isEmpty() ? 1 : before.completed.lastKey() + 1;
            assertThrows(StoreException.class, () -> before.append(Batches.at(1).event("b")));
            assertEquals(0, store.poll(before));
            StoreDriver after = new StoreDriver(store.crash(random)).start();
            wasThere.add(after.recovered.containsKey(failed));
        }
        assertEquals(2, wasThere.size(), "the failed batch was always, or never, there");
    }

    @Test
    void goesOnAfterARefusalForWantOfRoom() throws StoreException {
        FaultyStore store = new FaultyStore(new MemoryLog(), new FaultyStore.Faults(0, 0, 0, 3), 1);
        StoreDriver driver = new StoreDriver(store).start();
        int refused = 0;
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            try {
                driver.appendAndAwait(Batches.at(1).event("a"));
                taken++;
            } catch (StoreException e) {
                assertEquals(StoreException.Kind.FULL, e.kind());
                refused++;
            }
        }
        assertTrue(refused > 10, refused + " refusals");
        assertEquals(taken, driver.completed.lastKey());
    }

    @Test
    void doesTheSameForTheSameSeed() throws StoreException {
        assertEquals(history(5), history(5));
    }

    private static String history(long seed) throws StoreException {
        FaultyStore store = new FaultyStore(new MemoryLog(), FaultyStore.Faults.SLOW, seed);
        StoreDriver driver = new StoreDriver(store).start();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            driver.append(Batches.at(1).event("a"));
            text.append(store.poll(driver)).append(' ');
        }
        return text.toString();
    }
}
