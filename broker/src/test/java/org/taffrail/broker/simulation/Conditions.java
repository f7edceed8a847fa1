// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.core.TestPolicy;
import org.taffrail.broker.session.SessionSettings;
import org.taffrail.broker.store.memory.FaultyStore;

import java.util.Random;

/**
 * What a seed has decided before its history begins.
 *
 * @param faults what goes wrong in the store
 * @param snapshotBytes after how many bytes a snapshot is taken
 * @param limits the core's limits
 * @param settings what sessions are granted
 * @param heartbeatMs within what the broker wants to hear its clients; 0 for never
 * @param clientHeartbeatMs within what clients want to hear the broker; 0 for never
 * @param weather what the network does
 */
record Conditions(
        FaultyStore.Faults faults,
        long snapshotBytes,
        Limits limits,
        SessionSettings settings,
        int heartbeatMs,
        int clientHeartbeatMs,
        Weather weather) {
    private static final long ALL_BYTES = 1L << 40;

    /** How much destinations keep that nobody needs. */
    enum Keeps {
        ALL,
        SOME,
        NOTHING
    }

    /**
     * Decides.
     *
     * @param keeps how much destinations keep that nobody needs
     */
    static Conditions of(Random random, Keeps keeps) {
        return new Conditions(
                faults(random),
                new long[] {300, 3_000, 1 << 20}[random.nextInt(3)],
                limits(random, keeps),
                settings(random),
                new int[] {0, 20, 1_000}[random.nextInt(3)],
                random.nextBoolean() ? 0 : 100,
                Weather.of(random));
    }

    private static FaultyStore.Faults faults(Random random) {
        switch (random.nextInt(4)) {
            case 0:
                return FaultyStore.Faults.CRASHES_ONLY;
            case 1:
                return FaultyStore.Faults.SLOW;
            default:
                return new FaultyStore.Faults(
                        random.nextInt(8), random.nextInt(6), 40 + random.nextInt(300), 200);
        }
    }

    private static Limits limits(Random random, Keeps keeps) {
        return TestLimits.limits()
                .all(policy(random))
                .queues("q2", policy(random))
                .topics("t2", policy(random))
                .queues(Orders.MOVED + "#", policy(random).deliveriesMax(0).expiryQueue("none"))
                .queues("q1", retention(random, keeps))
                .topics("t1", retention(random, keeps))
                .destinations("#", retention(random, keeps))
                .windowBytes(new long[] {1, 1_500, 64 << 20}[random.nextInt(3)])
                .transactionBytesMax(random.nextBoolean() ? 1_500 : 1 << 20)
                .transactionMemoryBytes(new int[] {1, 400, 1 << 20}[random.nextInt(3)])
                .stagedBytesMax(random.nextInt(4) == 0 ? 2_000 : 1 << 20)
                .recordBytesMax(random.nextBoolean() ? Outbox.MESSAGE_BYTES_MAX : 1_000)
                .keysMax(random.nextBoolean() ? 1 : 1_000)
                .releasesMax(new int[] {1, 3, Limits.RELEASES_MAX}[random.nextInt(3)])
                .build();
    }

    private static TestPolicy retention(Random random, Keeps keeps) {
        switch (keeps) {
            case NOTHING:
                return TestPolicy.policy();
            case ALL:
                return TestPolicy.policy().retentionBytes(ALL_BYTES);
            default:
                long bytes = new long[] {0, 1_000, 4_000}[random.nextInt(3)];
                long ms = new long[] {0, 300, 2_500, 30_000}[random.nextInt(4)];
                return TestPolicy.policy().retentionBytes(bytes).retentionMs(ms);
        }
    }

    private static TestPolicy policy(Random random) {
        return TestPolicy.policy()
                .deliveriesMax(new int[] {0, 2, 4}[random.nextInt(3)])
                .delayMs(new long[] {0, 0, 30}[random.nextInt(3)])
                .delayFactor(random.nextBoolean() ? 1 : 2.5)
                .delayMaxMs(random.nextBoolean() ? 100 : 3_600_000)
                .expiryQueue(random.nextBoolean() ? "none" : "EXP.{name}");
    }

    private static SessionSettings settings(Random random) {
        return new SessionSettings(
                100,
                900_000,
                random.nextBoolean() ? 8 : 2_000,
                random.nextBoolean() ? 2_500 : 1 << 20,
                random.nextInt(3) == 0 ? 60 : 100_000,
                random.nextInt(4) == 0 ? 300 : 1 << 20,
                "simulated");
    }
}
