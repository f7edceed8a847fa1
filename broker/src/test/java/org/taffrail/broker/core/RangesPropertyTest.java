// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.TreeSet;

/** {@link Ranges} stand for the offsets in them, whatever their order and overlap. */
class RangesPropertyTest {
    @Property(tries = 1000)
    void standForTheSetOfTheirOffsets(@ForAll long seed) {
        Random random = new Random(seed);
        long[] bounds = new long[2 * random.nextInt(8)];
        TreeSet<Long> model = new TreeSet<>();
        for (int i = 0; i < bounds.length; i += 2) {
            bounds[i] = random.nextInt(60);
            bounds[i + 1] = bounds[i] + random.nextInt(10);
            for (long offset = bounds[i]; offset <= bounds[i + 1]; offset++) {
                model.add(offset);
            }
        }

        Ranges ranges = Ranges.of(bounds);

        long width = 0;
        for (int range = 0; range < ranges.count(); range++) {
            width += ranges.last(range) - ranges.first(range) + 1;
            assertTrue(range == 0 || ranges.first(range) > ranges.last(range - 1));
        }
        assertEquals(model.size(), width, "disjoint and whole");
        for (long offset = -1; offset < 80; offset++) {
            assertEquals(model.contains(offset), ranges.contains(offset));
        }
        for (long offsets = 0; offsets < 80; offsets++) {
            assertEquals(width > offsets, ranges.isWiderThan(offsets));
        }
    }

    @Test
    void theWidestRangeIsWiderThanAnything() {
        assertTrue(Ranges.of(new long[] {0, Long.MAX_VALUE}).isWiderThan(Long.MAX_VALUE - 1));
    }
}
