// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** {@link OffsetSet} does what a {@link TreeSet} does, also beyond 32 bits. */
class OffsetSetPropertyTest {
    /** Offsets around the places where the representation changes. */
    private static long offset(Random random) {
        long[] bases = {0, 1L << 16, (1L << 31) - 40, (1L << 32) - 40, (5L << 32) - 40, 1L << 40};
        return bases[random.nextInt(bases.length)] + random.nextInt(80);
    }

    @Property(tries = 500)
    void behavesAsASortedSet(@ForAll long seed) {
        Random random = new Random(seed);
        OffsetSet set = new OffsetSet();
        TreeSet<Long> model = new TreeSet<>();
        for (int step = 0; step < 300; step++) {
            long offset = offset(random);
            switch (random.nextInt(5)) {
                case 0:
                    assertEquals(model.remove(offset), set.remove(offset));
                    break;
                case 1:
                    long end = random.nextInt(8) == 0 ? offset(random) : offset + 50;
                    set.removeRange(offset, end);
                    model.removeIf(each -> offset <= each && each <= end);
                    break;
                case 2:
                    long last = offset + random.nextInt(100);
                    set.addRange(offset, last);
                    for (long each = offset; each <= last; each++) {
                        model.add(each);
                    }
                    break;
                default:
                    set.add(offset);
                    model.add(offset);
            }
            long probe = offset(random);
            long until = probe + random.nextInt(100);
            Long next = model.ceiling(probe);
            assertEquals(model.contains(probe), set.contains(probe));
            assertEquals(next == null ? -1 : next, set.next(probe));
            assertEquals(next != null && next <= until, set.intersects(probe, until));
            assertEquals(model.isEmpty() ? -1 : model.first(), set.first());
            assertEquals(model.size(), set.size());
            assertEquals(model.isEmpty(), set.isEmpty());
        }
        assertEquals(new ArrayList<>(model), list(set));
    }

    @Property(tries = 300)
    void combinesAsSortedSetsDo(@ForAll long seed) {
        Random random = new Random(seed);
        TreeSet<Long> one = new TreeSet<>();
        TreeSet<Long> two = new TreeSet<>();
        for (int i = random.nextInt(200); i > 0; i--) {
            (random.nextBoolean() ? one : two).add(offset(random));
        }

        OffsetSet sum = set(one);
        // the lowest is remembered: what is added below it has to be found nevertheless
        assertEquals(one.isEmpty() ? -1 : one.first(), sum.first());
        OffsetSet within = sum.copy();
        within.first();
        within.addAllWithin(set(two), 0, Long.MAX_VALUE);
        OffsetSet taken = sum.copy();
        taken.first();
        taken.take(set(two));
        sum.addAll(set(two));
        OffsetSet difference = set(one);
        difference.removeAll(set(two));
        OffsetSet common = set(one);
        common.retainAll(set(two));

        TreeSet<Long> all = new TreeSet<>(one);
        all.addAll(two);
        TreeSet<Long> left = new TreeSet<>(one);
        left.removeAll(two);
        TreeSet<Long> both = new TreeSet<>(one);
        both.retainAll(two);
        assertEquals(new ArrayList<>(all), list(sum));
        assertEquals(sum, within);
        assertEquals(sum, taken);
        for (OffsetSet each : List.of(sum, within, taken)) {
            assertEquals(all.isEmpty() ? -1 : all.first(), each.first());
        }
        assertEquals(new ArrayList<>(left), list(difference));
        assertEquals(new ArrayList<>(both), list(common));
        assertEquals(left.isEmpty(), difference.isEmpty());
        assertEquals(set(left), difference);
    }

    @Property(tries = 300)
    void isWhatWasWritten(@ForAll long seed) {
        Random random = new Random(seed);
        OffsetSet set = new OffsetSet();
        for (int i = random.nextInt(50); i > 0; i--) {
            long offset = offset(random);
            set.addRange(offset, offset + random.nextInt(3000));
            set.remove(offset(random));
        }
        ByteSink sink = new ByteSink(16);
        set.write(sink);

        ByteSource source = new ByteSource(sink.toByteArray());
        OffsetSet read = OffsetSet.read(source);

        source.expectEnd();
        assertEquals(set, read);
    }

    @Property(tries = 2000)
    void refusesWhatIsDamaged(@ForAll long seed) {
        Random random = new Random(seed);
        OffsetSet set = new OffsetSet();
        for (int i = random.nextInt(20); i >= 0; i--) {
            long first = offset(random);
            set.addRange(first, first + random.nextInt(100));
            set.add(offset(random));
        }
        ByteSink sink = new ByteSink(16);
        set.write(sink);
        byte[] bytes = sink.toByteArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(Math.min(40, bytes.length))] = (byte) random.nextInt(256);
        }

        try {
            OffsetSet read = OffsetSet.read(new ByteSource(bytes));
            read.contains(offset(random));
        } catch (WireException expected) {
            assertEquals(ErrorCode.MALFORMED, expected.code());
        }
    }

    @Test
    void refusesWhatIsCut() {
        OffsetSet set = new OffsetSet();
        set.addRange(5, 100);
        set.add(1L << 33);
        ByteSink sink = new ByteSink(16);
        set.write(sink);
        byte[] bytes = sink.toByteArray();

        for (int length = 0; length < bytes.length; length++) {
            ByteSource cut = new ByteSource(bytes, 0, length);
            assertThrows(WireException.class, () -> OffsetSet.read(cut), "cut at " + length);
        }
    }

    @Test
    void refusesMoreContainersThanThereIsRoomFor() {
        for (int containers : new int[] {2, 0x4000_0001, Integer.MAX_VALUE, -1}) {
            OffsetSet set = new OffsetSet();
            set.add(7);
            ByteSink sink = new ByteSink(16);
            set.write(sink);
            byte[] bytes = sink.toByteArray();
            int countAt = 3 * Integer.BYTES + Integer.BYTES; // behind the set's header and a cookie
            assertEquals(1, bytes[countAt]);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(countAt, containers);

            WireException refusal =
                    assertThrows(WireException.class, () -> OffsetSet.read(new ByteSource(bytes)));

            assertEquals(ErrorCode.MALFORMED, refusal.code());
        }
    }

    private static OffsetSet set(TreeSet<Long> offsets) {
        OffsetSet set = new OffsetSet();
        offsets.forEach(set::add);
        return set;
    }

    private static List<Long> list(OffsetSet set) {
        List<Long> list = new ArrayList<>();
        set.forEach(list::add);
        return list;
    }
}
