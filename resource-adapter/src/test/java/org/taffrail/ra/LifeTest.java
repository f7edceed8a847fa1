// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Activations from their beginning to their end, with a broker that comes and goes. */
class LifeTest extends AdapterFixture {
    private static final Duration PROMPT = Duration.ofSeconds(5);

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Broker broker(Path folder, int port) throws Exception {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "port", String.valueOf(port),
                                        "durability", "page-cache",
                                        "data", folder.toString()));
        Broker made = new Broker(config, StoreFactory.of(config), true);
        made.start();
        return made;
    }

    private static void sendOver(int port, String... texts) {
        try (var other =
                new TaffrailConnectionFactory("taffrail://127.0.0.1:" + port).createContext()) {
            for (String text : texts) {
                other.createProducer().send(other.createQueue("orders"), text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"taffrail://127.0.0.1:%d", "failover:(taffrail://127.0.0.1:%d)"})
    void deliversWhenTheBrokerIsThereAtLastAndAfterEachOfItsEnds(
            String address, @TempDir Path folder) throws Exception {
        int port = freePort();
        TaffrailActivationSpec spec = queue("orders");
        spec.setBrokerUrl(address.replace("%d", String.valueOf(port)));
        spec.setInitialReconnectDelayMs(10L);
        spec.setMaxReconnectDelayMs(50L);
        FakeBeans beans = hearing(true);
        adapter.endpointActivation(beans, spec);
        assertEquals(List.of(), heard);

        for (String life : List.of("1", "2", "3")) {
            Broker living = broker(folder, port);
            sendOver(port, life);
            await().atMost(Duration.ofSeconds(30)).until(() -> heard.contains(life));
            living.close();
        }

        assertEquals(List.of("1", "2", "3"), heard);
        assertTimeoutPreemptively(PROMPT, () -> adapter.endpointDeactivation(beans, spec));
        assertEquals(0, beans.living.get());
    }

    @Test
    void aBranchThatLosesItsConnectionIsRolledBackAndTheMessageComesAgain(@TempDir Path folder)
            throws Exception {
        int port = freePort();
        Broker first = broker(folder, port);
        CountDownLatch received = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FakeBeans beans =
                new FakeBeans(
                        true,
                        message -> {
                            heard.add(text(message));
                            received.countDown();
                            try {
                                assertTrue(goOn.await(30, TimeUnit.SECONDS));
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
        TaffrailActivationSpec spec = queue("orders");
        spec.setBrokerUrl("failover:(taffrail://127.0.0.1:" + port + ")");
        adapter.endpointActivation(beans, spec);
        sendOver(port, "1");
        assertTrue(received.await(30, TimeUnit.SECONDS));

        first.close();
        Broker second = broker(folder, port);
        goOn.countDown();

        await().atMost(Duration.ofSeconds(30)).until(() -> beans.ends.contains("commit"));
        assertEquals(List.of("1", "1"), heard);
        adapter.endpointDeactivation(beans, spec);
        second.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taffrail://127.0.0.1:1",
                "failover:(taffrail://127.0.0.1:1)?failover.startupTimeoutMs=600000"
            })
    void endsAtOnceWhileItTriesToConnect(String dead) throws Exception {
        TaffrailActivationSpec spec = queue("orders");
        spec.setBrokerUrl(dead);
        spec.setInitialReconnectDelayMs(3_600_000L);
        FakeBeans beans = hearing(true);
        adapter.endpointActivation(beans, spec);
        await().until(() -> server.busy() == 1);

        assertTimeoutPreemptively(PROMPT, () -> adapter.endpointDeactivation(beans, spec));

        server.awaitIdle();
    }

    @Test
    void endsAtOnceWhileNothingComes() throws Exception {
        FakeBeans beans = hearing(true);
        TaffrailActivationSpec spec = queue("orders");
        adapter.endpointActivation(beans, spec);
        send(context.createQueue("orders"), "1");
        awaitHeard("1");

        assertTimeoutPreemptively(PROMPT, () -> adapter.endpointDeactivation(beans, spec));

        send(context.createQueue("orders"), "2");
        assertEquals(1, waiting("orders"));
        assertEquals(0, beans.living.get());
        assertEquals(List.of("1"), heard);
    }

    @Test
    void endsWhenTheRunningDeliveryHasCommitted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FakeBeans beans =
                new FakeBeans(
                        true,
                        message -> {
                            running.countDown();
                            try {
                                assertTrue(goOn.await(20, TimeUnit.SECONDS));
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
        TaffrailActivationSpec spec = queue("orders");
        adapter.endpointActivation(beans, spec);
        send(context.createQueue("orders"), "1");
        assertTrue(running.await(20, TimeUnit.SECONDS));

        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread ending =
                new Thread(
                        () -> {
                            adapter.endpointDeactivation(beans, spec);
                            end.complete(null);
                        });
        ending.start();
        await().until(() -> ending.getState() == Thread.State.TIMED_WAITING);
        assertFalse(end.isDone());
        goOn.countDown();
        end.get(20, TimeUnit.SECONDS);

        assertEquals(List.of("commit"), beans.ends);
        assertEquals(0, waiting("orders"));
    }

    @Test
    void waitsForAServerThatHasNoEndpointsYet() throws Exception {
        FakeBeans beans = hearing(true);
        beans.unavailable = true;
        TaffrailActivationSpec spec = queue("orders");
        spec.setInitialReconnectDelayMs(10L);
        spec.setMaxReconnectDelayMs(20L);
        adapter.endpointActivation(beans, spec);
        send(context.createQueue("orders"), "1");
        assertEquals(1, waiting("orders"));

        beans.unavailable = false;

        awaitHeard("1");
    }

    @Test
    void refusesWhatItCanNotActivate() throws Exception {
        FakeBeans beans = hearing(true);
        assertThrows(
                NotSupportedException.class,
                () -> adapter.endpointActivation(beans, new OtherSpec()));
        assertThrows(
                ResourceException.class,
                () -> adapter.endpointActivation(beans, new TaffrailActivationSpec()));
        TaffrailActivationSpec spec = queue("orders");
        adapter.endpointActivation(beans, spec);
        assertThrows(ResourceException.class, () -> adapter.endpointActivation(beans, spec));
        TaffrailResourceAdapter stopped = new TaffrailResourceAdapter();
        assertThrows(ResourceException.class, () -> stopped.endpointActivation(beans, spec));
        stopped.setBrokerUrl("taffrail://somewhere?prefetsch=1");
        assertThrows(ResourceException.class, () -> stopped.start(server));
    }

    /** Another adapter's. */
    private static final class OtherSpec implements ActivationSpec {
        @Override
        public void validate() {
            // nothing to check
        }

        @Override
        public ResourceAdapter getResourceAdapter() {
            return null;
        }

        @Override
        public void setResourceAdapter(ResourceAdapter adapter) {
            throw new UnsupportedOperationException();
        }
    }
}
