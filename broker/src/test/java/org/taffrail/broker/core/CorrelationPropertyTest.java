// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Finding who waits for a correlation id by its hash gives what looking at all messages gives. */
class CorrelationPropertyTest {
    private static final int HISTORIES = 150;
    private static final int STEPS = 120;
    private static final int IDS = 6;

    /** The same history on two brokers, whose consumers say the same in two ways. */
    private static final class Pair {
        final Random random;
        final List<CoreRig> rigs = new ArrayList<>();
        final List<TestClient> clients = new ArrayList<>();
        final Map<Integer, List<TestConsumer>> waiting = new HashMap<>();
        final Map<Integer, List<String>> held = new HashMap<>();
        final List<String> ends = List.of("", " AND JMSPriority >= 0");
        final Map<List<TestConsumer>, Integer> counted = new HashMap<>();
        int sent;

        Pair(long seed, long windowBytes) {
            random = new Random(seed);
            for (int i = 0; i < 2; i++) {
                CoreRig rig = new CoreRig(TestLimits.limits().windowBytes(windowBytes));
                rigs.add(rig);
                clients.add(rig.connect());
            }
        }

        void step() {
            int id = random.nextInt(IDS);
            List<TestConsumer> those = waiting.get(id);
            switch (random.nextInt(9)) {
                case 0, 1, 2, 3 -> {
                    Message message =
                            Message.message("m" + sent++)
                                    .priority(random.nextInt(3) + 3)
                                    .correlation(random.nextInt(5) == 0 ? null : "id" + id);
                    clients.forEach(client -> client.send("q", message));
                }
                case 4 -> {
                    if (those == null) {
                        waiting.put(id, attach(id));
                        held.put(id, new ArrayList<>());
                    }
                }
                case 5 -> {
                    if (those != null) {
                        int credit = 1 + random.nextInt(4);
                        those.forEach(each -> each.credit(credit));
                    }
                }
                case 6 -> {
                    if (those != null && random.nextInt(2) == 0) {
                        those.forEach(TestConsumer::close);
                        waiting.remove(id);
                    }
                }
                case 7 -> {
                    if (those != null) {
                        those.forEach(each -> each.drain(2));
                    }
                }
                default -> settleSome(those, held.get(id));
            }
            compare();
        }

        private List<TestConsumer> attach(int id) {
            List<TestConsumer> those = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                String selector = "JMSCorrelationID = 'id" + id + "'" + ends.get(i);
                those.add(clients.get(i).queue("q", selector));
            }
            return those;
        }

        private void settleSome(List<TestConsumer> those, List<String> theirs) {
            if (those != null && !theirs.isEmpty()) {
                String body = theirs.remove(random.nextInt(theirs.size()));
                int how = random.nextInt(3);
                for (TestConsumer each : those) {
                    if (how == 0) {
                        each.releaseSeen(body);
                    } else if (how == 1) {
                        each.releaseUnseen(body);
                    } else {
                        each.accept(body);
                    }
                }
            }
        }

        private void seen(List<TestConsumer> those, List<String> theirs) {
            List<String> bodies = those.get(0).bodies();
            theirs.addAll(bodies.subList(counted.merge(those, 0, Integer::sum), bodies.size()));
            counted.put(those, bodies.size());
        }

        private void compare() {
            waiting.forEach(
                    (id, those) -> {
                        assertEquals(those.get(1).bodies(), those.get(0).bodies());
                        seen(those, held.get(id));
                    });
            assertEquals(rigs.get(1).depth("q"), rigs.get(0).depth("q"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {64 << 20, 1})
    void givesTheSameAsLookingAtEachMessage(long windowBytes) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                Pair pair = new Pair(seed, windowBytes);
                for (int step = 0; step < STEPS; step++) {
                    pair.step();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void theIndexForgetsNothingThatIsReady() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                fillIndex(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void fillIndex(Random random) {
        Position position = position();
        CorrelationIndex index = new CorrelationIndex(position, 128);
        Map<Long, Set<Long>> ready = new HashMap<>();
        for (long offset = 0; offset < 1_000; offset++) {
            long hash = random.nextInt(20);
            position.arrive(offset, (int) (offset % 10), true, 0, 0);
            index.add(hash, offset, (int) (offset % 10));
            ready.computeIfAbsent(hash, key -> new HashSet<>()).add(offset);
            if (random.nextInt(3) > 0) {
                long settled = random.nextInt((int) offset + 1);
                position.settle(settled);
                ready.values().forEach(offsets -> offsets.remove(settled));
            }
        }
        ready.forEach(
                (hash, offsets) -> {
                    Looked looked = new Looked(index.older());
                    index.tell(hash, looked);
                    Set<Long> found = new HashSet<>();
                    for (int p = 0; p < Position.PRIORITIES; p++) {
                        long next = looked.next(position.ready(p), p);
                        while (next >= 0) {
                            found.add(next);
                            looked.looked(next, p);
                            next = looked.next(position.ready(p), p);
                        }
                    }
                    offsets.removeAll(found);
                    assertEquals(Set.of(), offsets, "not found");
                });
        boolean allInTable = true;
        for (OffsetSet older : index.older()) {
            allInTable &= older.isEmpty();
        }
        assertFalse(allInTable && position.depth() > 128, index.toString());
    }

    private static Position position() {
        Destination destination = new Destination(1, 1, DestinationKind.QUEUE, "q", 0);
        return new Group(
                        destination,
                        new Event.GroupCreated(
                                1, 2, ClientFrame.Source.QUEUE, null, null, null, false, 0),
                        0,
                        Selector.ALL,
                        new Dispatcher(null))
                .position;
    }
}
