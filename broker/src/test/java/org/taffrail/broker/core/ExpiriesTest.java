// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.carrotsearch.hppc.LongObjectHashMap;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Which messages expire when. */
class ExpiriesTest {
    private static final long WEEK_MS = 7 * 24 * 3_600_000L;

    private final Expiries expiries = new Expiries();

    @Test
    void isExactToTheSecondWhereFewSecondsAreConcerned() {
        for (int i = 0; i < Expiries.BITMAPS_MAX; i++) {
            expiries.add(i * 1_000L, i);
        }

        assertEquals(0, expiries.pollDue(1_000));
        assertEquals(-1, expiries.pollDue(1_999));
        assertEquals(1, expiries.pollDue(2_000));
    }

    @Test
    void needsAFewBitmapsHoweverManySecondsAreConcerned() {
        Random random = new Random(1);
        int count = 200_000;
        long[] expirationMs = new long[count];
        for (int i = 0; i < count; i++) {
            expirationMs[i] = (long) (random.nextDouble() * WEEK_MS);
            expiries.add(expirationMs[i], i);
            assertTrue(expiries.bySecond().size() <= Expiries.BITMAPS_MAX);
        }

        boolean[] found = new boolean[count];
        long latestMs = 0;
        while (!expiries.isEmpty()) {
            long nowMs = expiries.nextDueMs();
            for (long offset = expiries.pollDue(nowMs);
                    offset >= 0;
                    offset = expiries.pollDue(nowMs)) {
                assertFalse(found[(int) offset]);
                found[(int) offset] = true;
                assertTrue(expirationMs[(int) offset] < nowMs, "swept before its time");
                latestMs = Math.max(latestMs, nowMs - expirationMs[(int) offset]);
            }
        }
        for (boolean each : found) {
            assertTrue(each);
        }
        assertTrue(latestMs <= WEEK_MS / (Expiries.BITMAPS_MAX / 4), latestMs + " ms late");
    }

    @Test
    void isExactAgainWhenFewAreLeft() {
        for (int i = 0; i < 4 * Expiries.BITMAPS_MAX; i++) {
            expiries.add(i * 1_000L, i);
        }
        while (expiries.pollDue(4_090_000) >= 0) {}
        for (int i = 0; i < 20; i++) {
            expiries.add(9_999_000 + i, 10_000 + i);
        }

        expiries.add(5_001_500, 5_000);

        while (expiries.firstDue(5_001_999) >= 0) {
            expiries.removeFirst(expiries.firstDue(5_001_999));
        }
        assertEquals(5_000, expiries.firstDue(5_002_000));
    }

    @Test
    void goesOnAfterAStartAsItWas() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            expiries.add((long) (random.nextDouble() * WEEK_MS), i);
        }
        Map<Long, OffsetSet> taken = new TreeMap<>();
        expiries.takeDown(taken, new LongObjectHashMap<>());
        Expiries restored = new Expiries();
        restored.restore(copyOf(taken));

        for (int i = 0; i < 1_000; i++) {
            long expirationMs = (long) (random.nextDouble() * WEEK_MS);
            expiries.add(expirationMs, 100_000 + i);
            restored.add(expirationMs, 100_000 + i);
        }

        assertEquals(expiries.bySecond(), restored.bySecond());
    }

    @Test
    void isExactAfterAStartWithFew() {
        Expiries restored = new Expiries();
        OffsetSet one = new OffsetSet();
        one.add(1);
        restored.restore(Map.of(1_024L, one));

        restored.add(1_001_000, 2);

        assertEquals(2, restored.firstDue(1_002_000));
    }

    private static Map<Long, OffsetSet> copyOf(Map<Long, OffsetSet> sets) {
        Map<Long, OffsetSet> copy = new TreeMap<>();
        sets.forEach((second, offsets) -> copy.put(second, offsets.copy()));
        return copy;
    }
}
