// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;

import java.util.Random;

/** Whether messages are settled or released by ranges or one by one makes no difference. */
class PositionRangesPropertyTest {
    private static final int OFFSETS = 60;
    private static final long NOW_MS = 1_000_000;

    /** A position with its consumer. */
    private static final class Subject {
        final Consumer consumer;
        final Position position;

        Subject(Random random) {
            Destination destination = new Destination(1, 1, DestinationKind.QUEUE, "q", 0);
            Group group =
                    new Group(
                            destination,
                            new Event.GroupCreated(
                                    1, 2, ClientFrame.Source.QUEUE, null, null, null, false, 0),
                            0,
                            Selector.ALL,
                            new Dispatcher(null));
            position = group.position;
            consumer =
                    new Consumer(
                            new Client(
                                    1,
                                    null,
                                    null,
                                    false,
                                    new UserHoldings(each -> {}).ofNobody(),
                                    1),
                            1,
                            group,
                            Selector.ALL,
                            false);
            for (long offset = 0; offset < OFFSETS; offset++) {
                if (random.nextInt(6) > 0) {
                    arrive(offset, random);
                }
            }
        }

        private void arrive(long offset, Random random) {
            int priority = random.nextInt(3) == 0 ? random.nextInt(10) : 4;
            boolean persistent = random.nextInt(4) > 0;
            long expirationMs = random.nextInt(4) == 0 ? NOW_MS + random.nextInt(5_000) : 0;
            long dueMs = random.nextInt(5) == 0 ? NOW_MS + 1 + random.nextInt(5_000) : 0;
            position.arrive(offset, priority, persistent, dueMs, expirationMs);
            if (dueMs == 0 && random.nextInt(3) > 0) {
                position.hold(consumer, offset, priority, expirationMs, 0);
            }
        }

        private String text() {
            return consumer.heldCount()
                    + " of "
                    + position.heldCount()
                    + " held, highest ready "
                    + position.highestReady()
                    + ", depth "
                    + position.depth()
                    + position.durable(NOW_MS);
        }
    }

    @Property(tries = 1000)
    void rangesAreAsGoodAsSingleOffsets(@ForAll long seed) {
        Subject byRange = new Subject(new Random(seed));
        Subject oneByOne = new Subject(new Random(seed));
        Random random = new Random(seed + 1);
        for (int i = 0; i < 6; i++) {
            long first = random.nextInt(OFFSETS);
            long last = first + random.nextInt(random.nextBoolean() ? 5 : 200);
            boolean settles = random.nextBoolean();
            int count = random.nextInt(3);
            long dueMs = random.nextBoolean() ? 0 : NOW_MS + random.nextInt(100);
            if (settles) {
                byRange.position.settle(first, last);
            } else {
                byRange.position.releaseSeen(first, last, count, dueMs);
            }
            for (long offset = first; offset <= last; offset++) {
                if (settles) {
                    oneByOne.position.settle(offset);
                } else {
                    oneByOne.position.releaseSeen(offset, offset, count, dueMs);
                }
            }
            assertEquals(oneByOne.text(), byRange.text());
        }
    }
}
