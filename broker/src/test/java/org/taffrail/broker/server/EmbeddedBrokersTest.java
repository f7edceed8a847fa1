// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.local.LocalBrokers;
import org.taffrail.wire.record.DestinationKind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

class EmbeddedBrokersTest {
    private static final JournalOptions OPTIONS = JournalOptions.DEFAULT;

    private final LocalBrokers brokers =
            ServiceLoader.load(LocalBrokers.class).findFirst().orElseThrow();

    private WireClient connect(String... options) {
        WireClient client = new WireClient();
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return client.on(brokers.connect(map, client));
    }

    @Test
    void isFoundAsAService() {
        assertInstanceOf(EmbeddedBrokers.class, brokers);
    }

    @Test
    void connectionsOfOneNameShareABroker() {
        WireClient sender = connect("name", "shared").open();
        WireClient receiver = connect("name", "shared").open();
        receiver.attach(1, DestinationKind.QUEUE, "q");
        receiver.credit(1, 1);

        sender.sendConfirmed(sender.resolve(DestinationKind.QUEUE, "q"), "hello");

        receiver.hearDelivery("hello");
        sender.goodbye();
        receiver.goodbye();
    }

    @Test
    void brokersOfTwoNamesKnowNothingOfEachOther() {
        WireClient one = connect("name", "one").open("same");
        WireClient two = connect("name", "two").open("same");

        one.goodbye();
        two.goodbye();
    }

    @Test
    void stopsWithItsLastConnection() {
        WireClient first = connect("name", "brief").open();
        WireClient second = connect("name", "brief").open();
        long partition = first.resolve(DestinationKind.QUEUE, "q");
        first.sendConfirmed(partition, "gone with the broker");
        first.goodbye();
        second.goodbye();

        WireClient third = connect("name", "brief").open();
        third.attach(1, DestinationKind.QUEUE, "q");
        third.say(new ClientFrame.Credit(1, 1, 1 << 20, false, 5));

        assertEquals(5, third.hear(BrokerFrame.Drained.class).token());
        third.goodbye();
    }

    @Test
    void theFolderIsFreeWhenTheLastConnectionHearsOfItsEnd(@TempDir Path folder) throws Exception {
        WireClient first = connect("dir", folder.toString()).open();
        first.sendConfirmed(first.resolve(DestinationKind.QUEUE, "q"), "kept");
        assertThrows(
                StoreException.class,
                () -> new JournalStore(new DiskFolder(folder), OPTIONS).claim());

        first.goodbye();

        try (JournalStore free = new JournalStore(new DiskFolder(folder), OPTIONS)) {
            assertEquals(2, free.claim());
        }
        WireClient next = connect("dir", folder.resolve("..").resolve(folder).toString()).open();
        assertEquals(3, next.welcome().incarnation());
        next.attach(1, DestinationKind.QUEUE, "q");
        next.credit(1, 1);
        next.hearDelivery("kept");
        next.goodbye();
    }

    @Test
    void stopsOnRequestUnderItsConnections(@TempDir Path folder) throws Exception {
        WireClient first = connect("dir", folder.toString()).open();
        WireClient second = connect("dir", folder.toString()).open();
        first.sendConfirmed(first.resolve(DestinationKind.QUEUE, "q"), "kept");

        assertTrue(brokers.stop(Map.of("dir", folder.toString())));

        try (JournalStore free = new JournalStore(new DiskFolder(folder), OPTIONS)) {
            assertEquals(2, free.claim());
        }
        first.hearClosing(ErrorCode.STOPPING);
        second.hearClosing(ErrorCode.STOPPING);
        WireClient next = connect("dir", folder.toString()).open();
        next.attach(1, DestinationKind.QUEUE, "q");
        next.credit(1, 1);
        next.hearDelivery("kept");
        next.goodbye();
        assertFalse(brokers.stop(Map.of("dir", folder.toString())), "it has stopped already");
    }

    @Test
    void whoeverConnectsWhileItIsStoppedOnRequestFindsAnother(@TempDir Path folder)
            throws Exception {
        Map<String, String> options = Map.of("dir", folder.toString());
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> stops =
                    pool.submit(
                            () -> {
                                int done = 0;
                                while (!ended.get()) {
                                    done += brokers.stop(options) ? 1 : 0;
                                }
                                return done;
                            });
            int met = 0;
            for (int i = 0; i < 30; i++) {
                WireClient client = new WireClient();
                try {
                    client.on(brokers.connect(options, client)).channel().close();
                } catch (WireException e) {
                    assertEquals(ErrorCode.STOPPING, e.code());
                    continue;
                }
                client.awaitClosed();
                met++;
            }
            ended.set(true);
            int stopped = stops.get();
            assertTrue(met > 0, "no connection was made");
            assertTrue(stopped > 0, "it was never stopped");
        } finally {
            ended.set(true);
            pool.shutdownNow();
        }
    }

    @Test
    void pathsToOneFolderAreOneBroker(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        WireClient one = connect("dir", folder.resolve("real").toString()).open("id");
        WireClient two = connect("dir", link.toString());
        two.raw(WireClient.preamble());
        two.say(WireClient.hello("id", 0));

        two.hearClosing(ErrorCode.CLIENT_ID_IN_USE);
        one.goodbye();
    }

    @Test
    void comingAndGoingNeverFindsTheFolderHeld(@TempDir Path folder) throws Exception {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                done.add(
                        pool.submit(
                                () -> {
                                    for (int round = 0; round < 10; round++) {
                                        connect("dir", folder.toString()).open().goodbye();
                                    }
                                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aFolderThatIsHeldIsRefusedByNameAndCanBeHadLater(@TempDir Path folder) throws Exception {
        try (JournalStore holder = new JournalStore(new DiskFolder(folder), OPTIONS)) {
            holder.claim();

            WireException refused =
                    assertThrows(WireException.class, () -> connect("dir", folder.toString()));

            assertEquals(ErrorCode.STORE_FAILED, refused.code());
            assertTrue(refused.getMessage().contains("is held by"), refused.getMessage());
        }
        connect("dir", folder.toString()).open().goodbye();
    }

    @Test
    void aConnectionThatIsClosedWithoutGoodbyeCounts() {
        WireClient rude = connect("name", "rude").open("id");
        rude.channel().close();
        rude.awaitClosed();

        WireClient next = connect("name", "rude").open("id");
        next.goodbye();
    }

    @Test
    void namesTheNearestOfAnUnknownOption() {
        WireException refused =
                assertThrows(WireException.class, () -> connect("durabilty", "force"));

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertTrue(
                refused.getMessage().contains("did you mean \"durability\""), refused.getMessage());
    }

    @Test
    void refusesOptionsOfAServer() {
        WireException refused = assertThrows(WireException.class, () -> connect("port", "0"));

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
    }

    @Test
    void refusesToShareABrokerThatIsOtherwise() {
        WireClient first = connect("name", "strict", "redelivery.deliveriesMax", "3").open();
        WireClient same = connect("name", "strict").open();

        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> connect("name", "strict", "redelivery.deliveriesMax", "4"));

        assertTrue(
                refused.getMessage().contains("redelivery.deliveriesMax=3"), refused.getMessage());
        first.goodbye();
        same.goodbye();
    }
}
