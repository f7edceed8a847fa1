// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** {@link RecentRuns} finds what a {@link TreeMap} by first offsets finds. */
class RecentRunsPropertyTest {
    private final Partition partition =
            new Destination(1, 1, DestinationKind.QUEUE, "q", 0).partition;
    private final RecentRuns runs = new RecentRuns();
    private final TreeMap<Long, Window.Run> model = new TreeMap<>();
    private final SpareChunks spares = new SpareChunks(1 << 20, () -> 0);
    private final Shelf recentShelf = new Shelf(spares, false);
    private final Shelf loadedShelf = new Shelf(spares, true);
    private long end;

    private Window.Run run(long firstOffset, int count, boolean loaded) {
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, 1, 2, 3);
        for (int i = 0; i < count; i++) {
            RecordEncoder encoder = new RecordEncoder(sink);
            encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
            encoder.end();
        }
        RunLayout.end(sink, at, count);
        RunLayout.stamp(sink.array(), at, 1, firstOffset, 5, 6);
        byte[] array = sink.toByteArray();
        return (loaded ? loadedShelf : recentShelf).add(partition, array, 0);
    }

    private Window.Run inModel(long offset) {
        Map.Entry<Long, Window.Run> entry = model.floorEntry(offset);
        return entry == null || entry.getValue().lastOffset() < offset ? null : entry.getValue();
    }

    private void add(Window.Run run) {
        runs.add(run);
        model.put(run.firstOffset, run);
    }

    private void step(Random random) {
        int count = 1 + random.nextInt(4);
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> {
                add(run(end, count, false));
                end += count;
            }
            case 4 -> {
                // what comes back was there before: a place of its own, which nothing else takes
                end += random.nextInt(3);
                add(run(end, count, true));
                end += count;
            }
            case 5 -> {
                Window.Run first = runs.first();
                if (first != null && first.lastOffset() < end - 20) {
                    runs.removeFirst();
                    assertSame(first, model.remove(first.firstOffset));
                }
            }
            case 6 -> {
                Window.Run any = inModel(end == 0 ? 0 : random.nextLong(end));
                if (any != null) {
                    assertEquals(true, runs.remove(any));
                    assertEquals(false, runs.remove(any));
                    model.remove(any.firstOffset);
                }
            }
            default -> {
                if (random.nextInt(40) == 0) {
                    runs.clear();
                    model.clear();
                }
            }
        }
    }

    @Property(tries = 300)
    void findsWhatASortedMapFinds(@ForAll long seed) {
        runs.clear();
        model.clear();
        end = 0;
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            step(random);
            long probe = random.nextLong(end + 4);
            assertSame(inModel(probe), runs.find(probe));
        }
        List<Window.Run> all = new ArrayList<>();
        runs.addAllTo(all);
        assertEquals(model.size(), all.size());
        assertEquals(new HashSet<>(model.values()), new HashSet<>(all));
        for (Window.Run each : all) {
            runs.remove(each);
            assertNull(runs.find(each.firstOffset));
        }
    }
}
