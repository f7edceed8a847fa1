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
    private final OffsetSet unsettled = new OffsetSet();

    private void add(Expiries to, long expirationMs, long offset) {
        unsettled.add(offset);
        to.add(expirationMs, offset, unsettled);
    }

    @Test
    void forgetsWhatIsSettledSoon() {
        for (int i = 0; i < 4_000; i++) {
            add(expiries, i % 7 * 1_000_000L, i);
            unsettled.remove(i - 5);
        }

        long left = expiries.bySecond().values().stream().mapToLong(OffsetSet::size).sum();

        assertTrue(left < 500, left + " are left");
    }

    @Test
    void forgetsWhatIsSettledLongBeforeItsTimeWhenItIsMost() {
        for (int i = 0; i < 100_000; i++) {
            add(expiries, 1_000_000_000L + i * 1_000L, i);
        }
        unsettled.removeRange(0, 99_900);

        for (int i = 100_000; i < 210_000; i++) {
            add(expiries, 1_000_000_000L + i * 1_000L, i);
            unsettled.remove(i);
        }

        long left = expiries.bySecond().values().stream().mapToLong(OffsetSet::size).sum();
        assertTrue(left < 110_000, left + " are left");
    }

    @Test
    void isDueThoughItWasJustAdded() {
        add(expiries, 5_000_000, 1);
        add(expiries, 1_500, 2);

        assertEquals(2_000, expiries.nextDueMs());
        assertEquals(-1, expiries.firstDue(1_999));
        assertEquals(2, expiries.pollDue(2_000));
        assertEquals(-1, expiries.pollDue(2_000));
        assertEquals(5_001_000, expiries.nextDueMs());
    }

    @Test
    void takesTheLatestTimes() {
        add(expiries, Long.MAX_VALUE, 1);

        assertEquals(-1, expiries.firstDue(Long.MAX_VALUE / 4_100));
        assertFalse(expiries.isEmpty());
    }

    @Test
    void isExactToTheSecondWhereFewSecondsAreConcerned() {
        for (int i = 0; i < Expiries.BITMAPS_MAX; i++) {
            add(expiries, i * 1_000L, i);
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
            add(expiries, expirationMs[i], i);
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
            add(expiries, i * 1_000L, i);
        }
        while (expiries.pollDue(4_090_000) >= 0) {}
        for (int i = 0; i < 20; i++) {
            add(expiries, 9_999_000 + i, 10_000 + i);
        }

        add(expiries, 5_001_500, 5_000);

        while (expiries.firstDue(5_001_999) >= 0) {
            expiries.removeFirst(expiries.firstDue(5_001_999));
        }
        assertEquals(5_000, expiries.firstDue(5_002_000));
    }

    @Test
    void goesOnAfterAStartAsItWas() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            add(expiries, (long) (random.nextDouble() * WEEK_MS), i);
        }
        Map<Long, OffsetSet> taken = new TreeMap<>();
        expiries.takeDown(taken, new LongObjectHashMap<>());
        Expiries restored = new Expiries();
        restored.restore(copyOf(taken));

        for (int i = 0; i < 1_000; i++) {
            long expirationMs = (long) (random.nextDouble() * WEEK_MS);
            add(expiries, expirationMs, 100_000 + i);
            add(restored, expirationMs, 100_000 + i);
        }

        assertEquals(expiries.bySecond(), restored.bySecond());
    }

    @Test
    void isExactAfterAStartWithFew() {
        Expiries restored = new Expiries();
        OffsetSet one = new OffsetSet();
        one.add(1);
        restored.restore(Map.of(1_024L, one));

        add(restored, 1_001_000, 2);

        assertEquals(2, restored.firstDue(1_002_000));
    }

    private static Map<Long, OffsetSet> copyOf(Map<Long, OffsetSet> sets) {
        Map<Long, OffsetSet> copy = new TreeMap<>();
        sets.forEach((second, offsets) -> copy.put(second, offsets.copy()));
        return copy;
    }
}
