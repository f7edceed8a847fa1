// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionFactory;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.compat.load.Ledger;
import org.taffrail.compat.load.Load;
import org.taffrail.compat.process.BrokerProcess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Applications at work over two networks that fail again and again, to a broker that is killed now
 * and then. Whatever they were told must have been true: see {@link Ledger}.
 *
 * <p>{@code -Dtaffrail.faults=N} lets each network fail that often; {@code -Dtaffrail.seed=N}
 * repeats the faults and the choices of the applications (not the timing).
 */
class NetworkStormIT {
    private static final int FAULTS_SHORT = 3;
    private static final int FAULTS_FULL = 400;
    private static final int FAULTS_PER_KILL = 4;
    private static final int OPERATIONS_MAX = 200;
    private static final int HEARTBEAT_MS = 1000;
    private static final long QUIET_MS = 800;
    private static final String QUERY =
            "transport.connectTimeoutMs=2000&heartbeatMs=" + HEARTBEAT_MS;

    /** How an application connects. */
    enum Client {
        /** It connects again itself; what was under way is in doubt then. */
        PLAIN,
        /** Its connections go on by themselves, and nothing is ever in doubt. */
        RECONNECTING
    }

    @TempDir private Path folder;
    private final AtomicInteger connections = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    void whatClientsWereToldIsTrueWhateverTheNetworkDoes(Client client) throws Exception {
        long seed = Long.getLong("taffrail.seed", System.nanoTime());
        Random random = new Random(seed);
        Ledger ledger = new Ledger();
        FaultSchedule schedule = new FaultSchedule(seed, HEARTBEAT_MS);
        try (BrokerProcess broker =
                new BrokerProcess(
                        folder,
                        "page-cache",
                        "--set",
                        "connections.heartbeatMs=" + HEARTBEAT_MS / 2)) {
            broker.start();
            try (FaultyProxy one = new FaultyProxy(broker.port());
                    FaultyProxy other = new FaultyProxy(broker.port())) {
                List<FaultyProxy> networks = List.of(one, other);
                Load load =
                        new Load(
                                () -> factory(client, networks),
                                () -> awaitServing(broker, networks),
                                ledger,
                                seed);
                load.subscribe();
                load.start();
                for (int fault = 1; fault <= faults(); fault++) {
                    load.awaitProgress(1 + random.nextInt(OPERATIONS_MAX));
                    CompletableFuture<Void> first = one.inflict(schedule.next());
                    CompletableFuture<Void> second = other.inflict(schedule.next());
                    if (fault % FAULTS_PER_KILL == 0) {
                        broker.kill();
                        broker.start();
                    }
                    CompletableFuture.allOf(first, second).get(1, TimeUnit.MINUTES);
                    assertEquals(
                            List.of(),
                            ledger.violationsSoFar(),
                            () -> schedule + ", " + ledger.summary() + "\n" + broker.log());
                }
                load.awaitProgress(OPERATIONS_MAX);
                load.stop();
                // what clients have given up the broker may not know of
                networks.forEach(network -> network.cut(Ending.RESET));
                load.drain(QUIET_MS);
                assertEquals(
                        List.of(),
                        ledger.violations(),
                        () -> schedule + ", " + ledger.summary() + "\n" + broker.log());
                if (client == Client.RECONNECTING) {
                    assertEquals(0, ledger.inDoubt(), () -> schedule + ", " + ledger.summary());
                }
                long connected = one.accepted() + other.accepted();
                assertTrue(connected > 2 * faults(), connected + " connections: nothing failed");
                System.out.println(
                        client
                                + ": "
                                + faults()
                                + " faults of each network, "
                                + connected
                                + " connections: "
                                + ledger.summary());
            }
        }
    }

    private ConnectionFactory factory(Client client, List<FaultyProxy> networks) {
        int first = connections.getAndIncrement() % networks.size();
        if (client == Client.PLAIN) {
            return BrokerProcess.connectionFactoryFor(url(networks.get(first)) + "?" + QUERY);
        }
        FaultyProxy other = networks.get(1 - first);
        return BrokerProcess.connectionFactoryFor(
                "failover:(" + url(networks.get(first)) + "," + url(other) + ")?" + QUERY);
    }

    private static String url(FaultyProxy network) {
        return "taffrail://127.0.0.1:" + network.port();
    }

    private static void awaitServing(BrokerProcess broker, List<FaultyProxy> networks) {
        broker.awaitServing();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> networks.stream().anyMatch(network -> !network.isRefusing()));
    }

    private static int faults() {
        boolean full = "full".equals(System.getProperty("taffrail.tests"));
        return Integer.getInteger("taffrail.faults", full ? FAULTS_FULL : FAULTS_SHORT);
    }
}
