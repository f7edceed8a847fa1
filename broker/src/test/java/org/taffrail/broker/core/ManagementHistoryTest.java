// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random histories of clients and managers with crashes in between, each from a seed. A persistent
 * message that was sent is in one queue and in no other, until it is accepted or may have been
 * purged; accepted it never comes again.
 */
class ManagementHistoryTest {
    private static final int SEEDS =
            "full".equals(System.getProperty("taffrail.tests")) ? 2000 : 150;
    private static final int ROUNDS = 12;
    private static final String[] QUEUES = {"a", "b", "c"};

    /** What has become of a message, as far as clients were told. */
    private enum Fate {
        SENT,
        MAY_BE_PURGED,
        ACCEPTED
    }

    /** One history. */
    private static final class History {
        private final Random random;
        private final CoreRig rig;
        private final Map<String, Fate> letters = new LinkedHashMap<>();
        private final List<String> red = new ArrayList<>();

        History(long seed, Supplier<BatchFault> fault) {
            random = new Random(seed);
            rig =
                    new CoreRig(
                            TestLimits.limits()
                                    .recordBytesMax(400)
                                    .deliveriesMax(2)
                                    .windowBytes(random.nextBoolean() ? 1 : 64 << 20));
            rig.plant(fault.get());
        }

        private String queue() {
            String queue = QUEUES[random.nextInt(QUEUES.length)];
            return random.nextInt(6) == 0 ? "DLQ." + queue : queue;
        }

        void run() {
            for (int round = 0; round < ROUNDS; round++) {
                send();
                manage();
                rig.assertRecoversToTheSameState();
                if (random.nextInt(4) == 0) {
                    rig.snapshot();
                }
            }
            rig.crash();
            rig.run();
            check();
        }

        private void send() {
            TestClient client = rig.connect();
            for (int i = random.nextInt(20); i > 0; i--) {
                String body = "m" + letters.size();
                boolean isRed = random.nextInt(4) == 0;
                if (random.nextInt(8) == 0) {
                    body += " is large".repeat(10 + random.nextInt(60));
                    Message large = message(body).property("red", isRed);
                    client.sendLarge(queue(), 150, large);
                } else {
                    client.send(queue(), message(body).property("red", isRed));
                }
                letters.put(body, Fate.SENT);
                if (isRed) {
                    red.add(body);
                }
            }
            client.disconnect();
        }

        /**
         * Managers and consumers at the same time, which ends orderly, by a hang-up, or a crash.
         */
        private void manage() {
            TestClient client = rig.connect();
            List<TestClient> managers = new ArrayList<>();
            List<TestConsumer> consumers = new ArrayList<>();
            Map<TestConsumer, List<String>> held = new HashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                TestConsumer consumer = client.queue(queue());
                List<String> bodies = new ArrayList<>();
                consumer.listen(delivery -> bodies.add(delivery.body()));
                consumers.add(consumer);
                held.put(consumer, bodies);
            }
            rig.hold();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                TestClient manager = rig.connect();
                managers.add(manager);
                manager.manage(operation());
                steps();
                consumers.forEach(each -> each.credit(random.nextInt(10)));
                steps();
            }
            switch (random.nextInt(4)) {
                case 0:
                    rig.crash();
                    rig.run();
                    return;
                case 1:
                    managers.get(0).disconnect();
                    break;
                default:
                    break;
            }
            rig.run();
            consumers.forEach(each -> settle(each, held.get(each)));
            client.disconnect();
        }

        private void steps() {
            for (int i = random.nextInt(12); i > 0; i--) {
                rig.step();
            }
        }

        private Operation operation() {
            String from = queue();
            switch (random.nextInt(5)) {
                case 0:
                    red.forEach(each -> letters.replace(each, Fate.SENT, Fate.MAY_BE_PURGED));
                    return new Operation.Purge(
                            TestOperation.queue(from, "red", 1 + random.nextInt(20)));
                case 1:
                    return new Operation.Retry(TestOperation.queue("DLQ.a"), null);
                case 2:
                    return new Operation.Delete(DestinationKind.QUEUE, from, false);
                default:
                    return new Operation.Move(TestOperation.queue(from), queue());
            }
        }

        private void settle(TestConsumer consumer, List<String> held) {
            List<String> free = new ArrayList<>(held);
            if (free.isEmpty()) {
                return;
            }
            String[] accepted = take(free);
            consumer.accept(accepted);
            for (String each : accepted) {
                letters.put(each, Fate.ACCEPTED);
            }
            consumer.fail(take(free));
            consumer.releaseUnseen(take(free));
        }

        private String[] take(List<String> free) {
            String[] taken = new String[random.nextInt(free.size() + 1)];
            for (int i = 0; i < taken.length; i++) {
                taken[i] = free.remove(0);
            }
            return taken;
        }

        private void check() {
            Map<String, Integer> found = new HashMap<>();
            TestClient client = rig.connect();
            for (String queue : QUEUES) {
                for (String name : new String[] {queue, "DLQ." + queue}) {
                    TestConsumer consumer = client.queue(name);
                    consumer.listen(delivery -> found.merge(delivery.body(), 1, Integer::sum));
                    consumer.credit(10_000, Integer.MAX_VALUE);
                }
            }
            letters.forEach(
                    (body, fate) -> {
                        int times = found.getOrDefault(body, 0);
                        String what = body + " " + fate + " was found " + times + " times";
                        switch (fate) {
                            case SENT -> assertEquals(1, times, what);
                            case ACCEPTED -> assertEquals(0, times, what);
                            case MAY_BE_PURGED -> assertTrue(times <= 1, what);
                        }
                    });
            found.keySet().forEach(body -> assertNotNull(letters.get(body), body));
        }
    }

    private static void run(long seed, Supplier<BatchFault> fault) {
        try {
            new History(seed, fault).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void noMessageIsLostOrDoubledByManagers() {
        long first = new Random().nextInt(1_000_000);
        for (long seed = first; seed < first + SEEDS; seed++) {
            run(seed, () -> BatchFault.NONE);
        }
    }

    private static void assertNoticed(Supplier<BatchFault> fault) {
        for (long seed = 1; seed <= 100; seed++) {
            try {
                run(seed, fault);
            } catch (AssertionError noticed) {
                return;
            }
        }
        throw new AssertionError("a hundred histories did not notice the defect");
    }

    @Test
    void aMoveThatSettlesWithoutACopyIsNoticed() {
        assertNoticed(BatchFault::losesCopies);
    }

    @Test
    void aMoveWhoseCopyComesABatchLaterIsNoticed() {
        assertNoticed(BatchFault::copiesLate);
    }

    @Test
    void aMoveThatCopiesWithoutSettlingIsNoticed() {
        assertNoticed(BatchFault::losesMoves);
    }
}
