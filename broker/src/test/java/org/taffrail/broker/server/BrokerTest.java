// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

class BrokerTest {
    private final BrokerConfig config =
            BrokerConfig.defaults().with(Map.of("port", "0", "connections.max", "20"));
    private Broker broker;

    @BeforeEach
    void start() throws StoreException, IOException {
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    private WireClient client() {
        return SocketChannel.connect(broker.port());
    }

    @Test
    void deliversFromOneConnectionToAnother() {
        WireClient sender = client().open();
        WireClient receiver = client().open();
        long partition = sender.resolve(DestinationKind.QUEUE, "orders");
        receiver.attach(1, DestinationKind.QUEUE, "orders");
        receiver.credit(1, 10);

        sender.sendConfirmed(partition, "one", "two");
        sender.sendConfirmed(partition, "three");

        BrokerFrame.Deliver one = receiver.hearDelivery("one");
        assertEquals(1, one.count());
        assertFalse(one.redelivered());
        receiver.hearDelivery("two");
        receiver.hearDelivery("three");
    }

    @Test
    void grantsEachConnectionAProducerOfItsOwn() {
        WireClient one = client().open();
        WireClient two = client().open();

        assertEquals(1, one.welcome().producerId() >> 32);
        assertEquals(one.welcome().producerId() + 1, two.welcome().producerId());
    }

    @Test
    void deliversAgainWhatALostConnectionHeld() {
        WireClient first = client().open();
        long partition = first.resolve(DestinationKind.QUEUE, "orders");
        first.sendConfirmed(partition, "one", "two");
        first.attach(1, DestinationKind.QUEUE, "orders");
        first.credit(1, 10);
        BrokerFrame.Deliver one = first.hearDelivery("one");
        first.hearDelivery("two");
        first.accept(one);
        first.channel().close();

        WireClient second = client().open();
        second.attach(1, DestinationKind.QUEUE, "orders");
        second.credit(1, 10);

        BrokerFrame.Deliver two = second.hearDelivery("two");
        assertTrue(two.redelivered());
        assertEquals(2, two.count());
    }

    @Test
    void answersADrainThatFindsNothing() {
        WireClient client = client().open();
        client.attach(1, DestinationKind.QUEUE, "empty");

        client.say(new ClientFrame.Credit(1, 1, 1 << 20, false, 77));

        assertEquals(77, client.hear(BrokerFrame.Drained.class).token());
    }

    @Test
    void refusesAClientIdThatIsInUse() {
        WireClient first = client().open("accounts");
        WireClient second = client();
        second.raw(WireClient.preamble());
        second.say(WireClient.hello("accounts", 0));
        second.hearClosing(ErrorCode.CLIENT_ID_IN_USE);

        first.goodbye();

        client().open("accounts");
    }

    @Test
    void temporaryDestinationsDieWithTheirConnection() {
        WireClient owner = client().open();
        owner.say(
                new ClientFrame.CreateTemporary(
                        owner.nextRequest(), DestinationKind.TEMPORARY_QUEUE));
        BrokerFrame.Resolved replies = owner.hear(BrokerFrame.Resolved.class);
        WireClient other = client().open();
        other.sendConfirmed(
                other.resolve(DestinationKind.TEMPORARY_QUEUE, replies.name()), "reply");

        owner.goodbye();

        other.say(
                new ClientFrame.Resolve(
                        other.nextRequest(), DestinationKind.TEMPORARY_QUEUE, replies.name()));
        assertEquals(ErrorCode.NO_SUCH_DESTINATION, other.hear(BrokerFrame.Failed.class).code());
    }

    @Test
    void saysWhyWhenItStops() {
        WireClient client = client().open();
        WireClient embedded = new WireClient();
        embedded.on(broker.connect(embedded)).open();

        broker.stop();

        client.hearClosing(ErrorCode.STOPPING);
        embedded.hearClosing(ErrorCode.STOPPING);
        assertNull(embedded.cause());
        assertEquals(Stage.STOPPED, broker.stage());
        assertThrows(UncheckedIOException.class, this::client);
    }

    @Test
    void whatWasConfirmedUntilItStoppedIsThereAfterwards(@TempDir Path folder) throws Exception {
        BrokerConfig durable =
                config.with(
                        Map.of(
                                "data", folder.toString(),
                                "durability", "page-cache",
                                "journal.snapshotBytes", "1MiB"));
        long confirmed = 0;
        for (int start = 1; start <= 3; start++) {
            try (Broker busy = new Broker(durable, StoreFactory.of(durable), true)) {
                busy.start();
                WireClient sender = SocketChannel.connect(busy.port()).open();
                assertEquals(start, sender.welcome().incarnation());
                long partition = sender.resolve(DestinationKind.QUEUE, "q");
                CountDownLatch going = new CountDownLatch(100);
                Thread stopper =
                        new Thread(
                                () -> {
                                    try {
                                        going.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    busy.stop();
                                });
                stopper.start();
                confirmed += sendUntilClosed(sender, partition, going);
                stopper.join();
                assertEquals(Stage.STOPPED, busy.stage());
            }
        }
        try (Broker last = new Broker(durable, StoreFactory.of(durable), true)) {
            last.start();
            WireClient receiver = SocketChannel.connect(last.port()).open();
            receiver.attach(1, DestinationKind.QUEUE, "q");
            receiver.say(new ClientFrame.Credit(1, 1 << 20, 1 << 30, false, 1));
            long there = 0;
            while (receiver.hearAny() instanceof BrokerFrame.Deliver deliver) {
                assertEquals(there++, deliver.offset());
                assertFalse(deliver.redelivered());
            }
            assertEquals(confirmed, there);
        }
    }

    /** Keeps some sends under way, and returns how many were confirmed. */
    private static long sendUntilClosed(WireClient sender, long partition, CountDownLatch going) {
        String body = "x".repeat(2000);
        long sent = 0;
        long done = 0;
        while (true) {
            while (sent < done + 20) {
                try {
                    sender.send(partition, body);
                } catch (UncheckedIOException e) {
                    // closed by the broker; what it said before is still to be heard
                    sent = Long.MAX_VALUE / 2;
                    break;
                }
                sent++;
            }
            BrokerFrame frame = sender.hearAny();
            if (!(frame instanceof BrokerFrame.Confirm confirm)) {
                assertEquals(
                        ErrorCode.STOPPING,
                        assertInstanceOf(BrokerFrame.Closing.class, frame).code());
                return done;
            }
            done = confirm.last();
            going.countDown();
        }
    }

    @Test
    void stoppingTwiceIsNothing() throws InterruptedException {
        broker.stop();
        broker.stop();

        assertNull(broker.awaitEnd());
    }

    @Test
    void refusesAPortThatIsTaken() {
        BrokerConfig same = config.with(BrokerKeys.PORT, (long) broker.port());
        Broker second = new Broker(same, StoreFactory.of(same), true);

        IOException refused = assertThrows(IOException.class, second::start);

        assertTrue(refused.getMessage().contains(String.valueOf(broker.port())));
        assertEquals(Stage.FAILED, second.stage());
    }
}
