// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.taffrail.broker.core.policy.Retention;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Marks along a partition, against a list of all that was appended. */
class TimelinePropertyTest {
    private record Appended(long offset, long timeMs, int bytes) {}

    private static List<Appended> append(Timeline timeline, Random random, int count) {
        List<Appended> all = new ArrayList<>();
        long offset = random.nextInt(100);
        long timeMs = 1_000_000;
        for (int i = 0; i < count; i++) {
            int bytes = 64 + random.nextInt(40_000);
            timeline.arrived(offset, timeMs, bytes);
            all.add(new Appended(offset, timeMs, bytes));
            offset += 1 + random.nextInt(5);
            timeMs += random.nextInt(5) == 0 ? random.nextInt(5_000) : 0;
        }
        return all;
    }

    @Property(tries = 300)
    void whatIsWithinTheBoundsIsKept(@ForAll long seed) {
        Random random = new Random(seed);
        Timeline timeline = new Timeline();
        List<Appended> all = append(timeline, random, 1 + random.nextInt(4000));
        long end = all.get(all.size() - 1).offset + 10;
        long now = all.get(all.size() - 1).timeMs + random.nextInt(10_000);
        Retention retention =
                new Retention(
                        random.nextBoolean() ? 1 + random.nextInt(1_000_000) : 0,
                        random.nextBoolean() ? 1 + random.nextInt(10_000_000) : 0,
                        false);

        long keptFrom = timeline.keptFrom(retention, now, end);

        long since = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            Appended each = all.get(i);
            boolean within = retention.keeps() && !retention.isOver(now - each.timeMs, since);
            if (within) {
                assertTrue(keptFrom <= each.offset, "gave up " + each + " of " + retention);
            }
            since += each.bytes;
        }
        assertTrue(retention.keeps() || keptFrom == end);
    }

    @Property(tries = 300)
    void aTimeIsFoundBetweenTheMarksAroundIt(@ForAll long seed) {
        Random random = new Random(seed);
        Timeline timeline = new Timeline();
        List<Appended> all = append(timeline, random, 1 + random.nextInt(4000));
        long time = 1_000_000 + random.nextInt(3_000_000);

        long before = timeline.lastBefore(time);

        for (Appended each : all) {
            assertTrue(each.timeMs < time || before <= each.offset, each + " is passed over");
        }
    }

    @Property(tries = 100)
    void comesBackFromASnapshotAsItWas(@ForAll long seed) {
        Random random = new Random(seed);
        Timeline timeline = new Timeline();
        append(timeline, random, random.nextInt(4000));
        ByteSink sink = new ByteSink(64);
        timeline.write(sink);

        Timeline read = Timeline.read(new ByteSource(sink.toByteArray()));

        ByteSink again = new ByteSink(64);
        read.write(again);
        assertEquals(
                java.util.Arrays.toString(sink.toByteArray()),
                java.util.Arrays.toString(again.toByteArray()));
    }
}
