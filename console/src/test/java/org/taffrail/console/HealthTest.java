// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.store.memory.MemoryLog;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.console.health.Health;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What health says through a broker's life. */
class HealthTest {
    private static void assertHealth(ConsoleRig rig, String live, String ready) throws Exception {
        assertEquals(live, said(rig.get("/health/live")));
        assertEquals(ready, said(rig.get("/health/ready")));
    }

    private static String said(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }

    @Test
    void followsTheBrokerFromItsStartToItsEnd() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MemoryLog log = new MemoryLog();
        StoreFactory slow =
                () -> {
                    opened.countDown();
                    awaitUninterrupted(goOn);
                    return new MemoryStore(log);
                };
        try (ConsoleRig rig = ConsoleRig.prepared(Map.of(), slow)) {
            assertHealth(rig, "200 {\"state\":\"starting\"}", "503 {\"state\":\"starting\"}");
            Thread starting = new Thread(() -> startQuietly(rig.broker));
            starting.start();
            opened.await();
            assertHealth(rig, "200 {\"state\":\"starting\"}", "503 {\"state\":\"starting\"}");
            goOn.countDown();
            starting.join();
            assertHealth(rig, "200 {\"state\":\"live\"}", "200 {\"state\":\"ready\"}");
            rig.broker.stop();
            assertHealth(rig, "503 {\"state\":\"ended\"}", "503 {\"state\":\"ended\"}");
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startQuietly(Broker broker) {
        try {
            broker.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isNotReadyWhileTheDiskIsFull() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        MemoryLog log = new MemoryLog();
        try (ConsoleRig rig = ConsoleRig.prepared(Map.of(), () -> capped(log, full))) {
            rig.broker.start();
            assertHealth(rig, "200 {\"state\":\"live\"}", "200 {\"state\":\"ready\"}");

            full.set(true);
            awaitReady(rig, "503 {\"state\":\"short of room\"}");
            assertEquals(200, rig.get("/health/live").statusCode());
            assertEquals(1, rig.scrape().get("taffrail_disk_short"));

            full.set(false);
            awaitReady(rig, "200 {\"state\":\"ready\"}");
        }
    }

    private static void awaitReady(ConsoleRig rig, String expected) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertEquals(expected, said(rig.get("/health/ready"))));
    }

    /** A store in memory that has room, or has none, as it is told, and says so as disks do. */
    private static Store capped(MemoryLog log, AtomicBoolean full) {
        MemoryStore store = new MemoryStore(log);
        AtomicBoolean told = new AtomicBoolean();
        InvocationHandler calls =
                (proxy, method, arguments) -> {
                    if (method.getName().equals("poll") && told.get() != full.get()) {
                        told.set(full.get());
                        ((Store.Listener) arguments[0])
                                .noticed(new StoreNotice.Room(told.get(), 1000, 2000));
                    }
                    return method.invoke(store, arguments);
                };
        Class<?>[] type = {Store.class};
        return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), type, calls);
    }

    @Test
    void aBrokerWhoseThreadDoesNotAnswerForLongHangs() throws Exception {
        BrokerConfig config = BrokerConfig.defaults();
        AtomicLong nowNs = new AtomicLong();
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Broker broker = new Broker(config, StoreFactory.of(config), false)) {
            broker.start();
            Health health = new Health(broker, 30_000, nowNs::get);
            assertEquals("live", health.live().state());
            broker.ask(
                    view -> {
                        hanging.countDown();
                        awaitUninterrupted(goOn);
                        return null;
                    });
            hanging.await();

            assertEquals("live", health.live().state());
            assertEquals("busy", health.ready().state());
            nowNs.addAndGet(31_000_000_000L);
            assertEquals("hangs", health.live().state());

            goOn.countDown();
            await().untilAsserted(() -> assertEquals("ready", health.ready().state()));
            assertEquals("live", health.live().state());
        }
    }
}
