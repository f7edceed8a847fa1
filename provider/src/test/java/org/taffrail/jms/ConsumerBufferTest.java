// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

class ConsumerBufferTest {
    private static Held held(long offset, int priority) {
        return Held.of(
                RecordingLink.delivery(1, offset, priority, 0, "x"), ClientFrame.Source.QUEUE);
    }

    @Test
    void putsBackBeforeThoseOfItsPriority() {
        ConsumerBuffer buffer = new ConsumerBuffer();
        buffer.add(held(1, 4));
        buffer.add(held(2, 4));
        Held first = buffer.poll();
        buffer.add(held(3, 9));

        buffer.putBack(first);

        assertEquals(3, buffer.poll().delivery().offset());
        assertSame(first, buffer.poll());
        assertEquals(2, buffer.poll().delivery().offset());
        assertNull(buffer.poll());
    }

    @Property
    void handsOutByPriorityAndThenInOrder(
            @ForAll List<@IntRange(min = 0, max = 9) Integer> priorities) {
        ConsumerBuffer buffer = new ConsumerBuffer();
        List<Held> expected = new ArrayList<>();
        for (int i = 0; i < priorities.size(); i++) {
            Held held = held(i, priorities.get(i));
            buffer.add(held);
            expected.add(held);
        }
        expected.sort(Comparator.comparingInt(held -> -held.priority()));
        assertEquals(expected.size(), buffer.size());
        assertEquals(expected.stream().mapToInt(Held::bytes).sum(), buffer.bytes());

        List<Held> polled = new ArrayList<>();
        buffer.drainTo(polled::add);

        assertEquals(expected, polled);
        assertTrue(buffer.isEmpty());
        assertEquals(0, buffer.bytes());
    }

    @Test
    void keepsTheOrderOfTheLogWhereThatIsWhatComes() {
        ConsumerBuffer buffer = new ConsumerBuffer();
        buffer.add(Held.of(RecordingLink.delivery(1, 1, 1, 0, "x"), ClientFrame.Source.SIDE));
        buffer.add(Held.of(RecordingLink.delivery(1, 2, 9, 0, "x"), ClientFrame.Source.SIDE));

        assertEquals(1, buffer.poll().delivery().offset());
        assertEquals(2, buffer.poll().delivery().offset());
    }
}
