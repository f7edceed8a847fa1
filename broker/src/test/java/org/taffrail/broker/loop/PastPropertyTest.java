// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.FaultyStore;
import org.taffrail.broker.store.memory.MemoryLog;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Durable subscriptions that start with the earliest message of a topic that keeps all, made at any
 * moment, while batches are in flight, snapshots are taken, records discarded and the broker
 * killed: each gets every message that was confirmed, in order, and none again that it has settled.
 */
class PastPropertyTest {
    private static final long CONNECTION = 1;
    private static final long PRODUCER = 7;
    private static final int SUBSCRIPTIONS = 3;

    @Property(tries = 400)
    void everySubscriptionGetsAllThatTheTopicKeeps(@ForAll long seed) throws StoreException {
        new History(seed).run();
    }

    /** What one subscription was told. */
    private static final class Told {
        final Set<String> bodies = new HashSet<>();
        final Set<String> settled = new HashSet<>();
        final List<Delivery> unsettled = new ArrayList<>();
        final Map<Integer, List<Delivery>> asked = new HashMap<>();
        long lastOffset = -1;
    }

    private static final class History {
        private final Random random;
        private final Limits limits;
        private final Map<Integer, Told> told = new HashMap<>();
        private final Map<Long, String> sent = new HashMap<>();
        private final Set<String> confirmed = new HashSet<>();
        private final long snapshotBytes;
        private FaultyStore store;
        private Loop loop;
        private long nowMs = 1_000;
        private long sequence;
        private int request = 1;
        private int messages;
        private long partition;
        private long connection = CONNECTION;

        History(long seed) {
            random = new Random(seed);
            limits =
                    TestLimits.limits()
                            .all(policy().retentionMs(1L << 40))
                            .windowBytes(random.nextBoolean() ? 1 : 10_000)
                            .build();
            snapshotBytes = 200 + random.nextInt(3_000);
            store =
                    new FaultyStore(
                            new MemoryLog(), new FaultyStore.Faults(4, 4, 0, 0), random.nextLong());
            for (int i = 1; i <= SUBSCRIPTIONS; i++) {
                told.put(i, new Told());
            }
        }

        void run() throws StoreException {
            start();
            for (int i = 40 + random.nextInt(150); i > 0; i--) {
                step();
            }
            store = store.healed(random.nextLong());
            start();
            for (int id = 1; id <= SUBSCRIPTIONS; id++) {
                attach(id);
                credit(id, 10_000);
            }
            rest();
            for (int id = 1; id <= SUBSCRIPTIONS; id++) {
                Set<String> missing = new HashSet<>(confirmed);
                missing.removeAll(told.get(id).bodies);
                assertEquals(Set.of(), missing, "subscription " + id + " was not told");
            }
        }

        private void step() throws StoreException {
            int id = 1 + random.nextInt(SUBSCRIPTIONS);
            switch (random.nextInt(12)) {
                case 0:
                    attach(id);
                    break;
                case 1:
                    credit(id, 1 + random.nextInt(20));
                    break;
                case 2:
                    accept(id);
                    break;
                case 3:
                    nowMs += random.nextInt(20_000);
                    break;
                case 4:
                    if (random.nextInt(4) == 0) {
                        store = store.crash(random);
                        start();
                    }
                    break;
                case 5:
                case 6:
                    publish(1 + random.nextInt(30));
                    break;
                default:
                    loop.turn(nowMs);
                    break;
            }
        }

        private void start() throws StoreException {
            sent.clear();
            told.values()
                    .forEach(
                            each -> {
                                each.asked.clear();
                                each.unsettled.clear();
                                each.lastOffset = -1;
                            });
            connection++;
            sequence = 1;
            loop = new Loop(store, limits, snapshotBytes, this::hear, nowMs);
            loop.connect(connection, Newcomer.passing("c", PRODUCER));
            partition = 0;
            say(new ClientFrame.Resolve(request++, DestinationKind.TOPIC, "t"));
            while (partition == 0) {
                loop.turn(nowMs);
            }
        }

        /** Until nothing happens any more. */
        private void rest() {
            for (int quiet = 0; quiet < 3; quiet = store.isQuiet() ? quiet + 1 : 0) {
                while (loop.turn(nowMs)) {
                    // goes on
                }
            }
        }

        private void say(ClientFrame frame) {
            loop.decide(connection, frame, nowMs);
        }

        private void publish(int count) {
            ByteSink sink = new ByteSink(256);
            RunLayout.begin(sink, partition, PRODUCER, sequence);
            for (int i = 0; i < count; i++) {
                String body = "m" + messages++;
                sent.put(sequence++, body);
                message(body).encode(sink);
            }
            RunLayout.end(sink, 0, count);
            say(new ClientFrame.Send(0, sink.array(), 0, sink.length()));
        }

        private void attach(int id) {
            say(
                    new ClientFrame.Attach(
                            request++,
                            id,
                            Source.DURABLE,
                            DestinationKind.TOPIC,
                            "t",
                            "s" + id,
                            null,
                            false,
                            "earliest"));
        }

        private void credit(int id, int count) {
            say(new ClientFrame.Credit(id, count, 1 << 20, false, 0));
        }

        private void accept(int id) {
            Told to = told.get(id);
            if (!to.unsettled.isEmpty()) {
                List<Delivery> some = new ArrayList<>(to.unsettled);
                to.unsettled.clear();
                to.asked.put(request, some);
                long[] ranges =
                        some.stream()
                                .mapToLong(Delivery::offset)
                                .flatMap(each -> java.util.stream.LongStream.of(each, each))
                                .toArray();
                say(
                        new ClientFrame.Settle(
                                request++, 0, id, ClientFrame.Verb.ACCEPT, partition, ranges));
            }
        }

        private void hear(long to, BrokerFrame frame) {
            if (to != connection || frame == null) {
                return;
            }
            if (frame instanceof BrokerFrame.Deliver deliver) {
                delivered(Delivery.of(deliver));
            } else if (frame instanceof BrokerFrame.Confirm confirm) {
                for (long each = confirm.first(); each <= confirm.last(); each++) {
                    confirmed.add(sent.get(each));
                }
            } else if (frame instanceof BrokerFrame.Resolved resolved) {
                partition = resolved.partition();
            } else if (frame instanceof BrokerFrame.Done done) {
                told.values().forEach(each -> settled(each, each.asked.remove(done.requestId())));
            }
        }

        private void delivered(Delivery delivery) {
            Told to = told.get(delivery.consumerId());
            assertTrue(
                    delivery.offset() > to.lastOffset,
                    () -> delivery + " comes after offset " + to.lastOffset);
            assertTrue(!to.settled.contains(delivery.body()), () -> delivery + " was settled");
            to.lastOffset = delivery.offset();
            to.bodies.add(delivery.body());
            to.unsettled.add(delivery);
        }

        private static void settled(Told to, List<Delivery> some) {
            if (some != null) {
                some.forEach(each -> to.settled.add(each.body()));
            }
        }
    }
}
