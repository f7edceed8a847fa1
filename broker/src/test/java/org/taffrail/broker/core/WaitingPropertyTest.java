// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** {@link Waiting} does what a priority queue of objects does. */
class WaitingPropertyTest {
    private record Entry(long dueMs, long offset, int priority) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::dueMs).thenComparingLong(Entry::offset);

    @Property(tries = 300)
    void givesOutTheEarliestFirst(@ForAll long seed) {
        Random random = new Random(seed);
        Waiting waiting = new Waiting();
        PriorityQueue<Entry> model = new PriorityQueue<>(ORDER);
        for (int step = 0; step < 300; step++) {
            if (model.isEmpty() || random.nextInt(5) > 1) {
                Entry entry = new Entry(random.nextInt(20), step, random.nextInt(10));
                model.add(entry);
                waiting.add(entry.dueMs, entry.offset, entry.priority);
            } else {
                Entry first = model.poll();
                Entry actual =
                        new Entry(
                                waiting.firstDueMs(),
                                waiting.firstOffset(),
                                waiting.firstPriority());
                waiting.removeFirst();
                assertEquals(first, actual);
            }
            assertEquals(model.size(), waiting.size());
            assertEquals(model.isEmpty(), waiting.isEmpty());
        }
        long[] sum = {0};
        waiting.forEach((due, offset, priority) -> sum[0] += offset);
        assertEquals(model.stream().mapToLong(Entry::offset).sum(), sum[0]);
    }
}
