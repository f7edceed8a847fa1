// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

class BrokerRecoveryTest {
    private final BreakableStore stores = new BreakableStore();
    private final Broker broker =
            new Broker(
                    BrokerConfig.defaults().with(Map.of("port", "0")),
                    stores,
                    true,
                    new Delays(5, 100));

    private static StoreException io() {
        return new StoreException(StoreException.Kind.IO, "the disk is on fire");
    }

    @BeforeEach
    void start() throws StoreException, IOException {
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.stop();
        assertEquals(stores.opened > 0, stores.closed > 0);
    }

    private WireClient client() {
        return SocketChannel.connect(broker.port());
    }

    /** Connects as soon as the broker lets clients in again. */
    private WireClient openEventually() {
        return Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(
                        () -> {
                            WireClient client = client();
                            client.raw(WireClient.preamble());
                            client.say(WireClient.hello(null, 0));
                            BrokerFrame first = client.hearAny();
                            return first instanceof BrokerFrame.Welcome welcome
                                    ? client.welcomed(welcome)
                                    : null;
                        },
                        client -> client != null);
    }

    @Test
    void sendsEverybodyAwayAndRecoversWhatWasConfirmed() {
        WireClient sender = client().open();
        WireClient bystander = client().open();
        long partition = sender.resolve(DestinationKind.QUEUE, "q");
        sender.sendConfirmed(partition, "confirmed");

        stores.breakNextAppend(io());
        sender.send(partition, "unknown");

        sender.hearClosing(ErrorCode.STORE_FAILED);
        bystander.hearClosing(ErrorCode.STORE_FAILED);
        WireClient next = openEventually();
        assertEquals(2, next.welcome().incarnation());
        next.attach(1, DestinationKind.QUEUE, "q");
        next.credit(1, 10);
        next.hearDelivery("confirmed");
        next.sendConfirmed(partition, "new");
        next.hearDelivery("new");
        assertEquals(1, stores.closed);
    }

    @Test
    void recoversFromADefectToo() {
        WireClient client = client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");

        stores.breakNextPoll(new IllegalStateException("defect"));
        client.send(partition, "unknown");

        client.hearClosing(ErrorCode.INTERNAL);
        assertEquals(2, openEventually().welcome().incarnation());
    }

    @Test
    void givesUpWhenNothingHelps() throws InterruptedException {
        WireClient client = client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        StoreException last = io();
        stores.breakEveryOpen(last);
        stores.breakNextAppend(io());
        client.send(partition, "unknown");
        client.hearClosing(ErrorCode.STORE_FAILED);

        assertSame(last, broker.awaitEnd());

        assertEquals(Stage.FAILED, broker.stage());
        assertEquals(7, stores.opened);
        assertThrows(UncheckedIOException.class, this::client);
    }

    @Test
    void givesUpAtOnceWhenAnotherHasTheStore() throws InterruptedException {
        WireClient client = client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        stores.breakNextAppend(new StoreException(StoreException.Kind.FENCED, "another has it"));
        client.send(partition, "unknown");

        StoreException failure = assertInstanceOf(StoreException.class, broker.awaitEnd());

        assertEquals(StoreException.Kind.FENCED, failure.kind());
        assertEquals(1, stores.opened);
    }

    @Test
    void canBeStoppedWhileItRecovers() throws InterruptedException {
        WireClient client = client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        stores.breakEveryOpen(io());
        stores.breakNextAppend(io());
        client.send(partition, "unknown");
        client.hearClosing(ErrorCode.STORE_FAILED);

        broker.stop();

        assertNull(broker.awaitEnd());
    }
}
