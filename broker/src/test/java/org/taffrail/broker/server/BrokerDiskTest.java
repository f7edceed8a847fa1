// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.file.FaultyFolder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker on a disk that fails, that nothing can be written to, or that is full to the last. */
class BrokerDiskTest {
    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE).withSizes(1 << 20, 1 << 18);

    /** So that the tries that are counted here take no time. */
    private static final Delays QUICK = new Delays(1, 20);

    private final FaultyFolder folder = new FaultyFolder();
    private final AtomicInteger opened = new AtomicInteger();
    private Broker broker = broker();

    private Broker broker() {
        StoreFactory stores =
                () -> {
                    opened.incrementAndGet();
                    return new JournalStore(folder, OPTIONS, Machine.callersThread(42));
                };
        BrokerConfig config = BrokerConfig.defaults().with(Map.of("port", "0"));
        return new Broker(config, stores, true, QUICK);
    }

    @BeforeEach
    void start() throws StoreException, IOException {
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    private WireClient client() {
        return SocketChannel.connect(broker.port());
    }

    /** Connects as soon as the broker lets clients in again. */
    private WireClient openEventually() {
        return Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .ignoreException(UncheckedIOException.class) // it was sent away as it came
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

    private static void hearsWhatWasConfirmed(WireClient client) {
        client.attach(1, DestinationKind.QUEUE, "q");
        client.credit(1, 10);
        client.hearDelivery("confirmed");
    }

    @Test
    void aForceThatFailsCostsNothingThatWasConfirmed() {
        WireClient client = client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        client.sendConfirmed(partition, "confirmed");
        folder.failForceAfter(0);

        client.send(partition, "unknown");

        client.hearClosing(ErrorCode.STORE_FAILED);
        hearsWhatWasConfirmed(openEventually());
    }

    @Test
    void aDiskThatBecomesReadOnlyEndsTheBrokerAndLosesNothing()
            throws InterruptedException, StoreException, IOException {
        WireClient client = client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        client.sendConfirmed(partition, "confirmed");
        folder.readOnly(true);

        client.send(partition, "unknown");

        client.hearClosing(ErrorCode.STORE_FAILED);
        StoreException failure = assertInstanceOf(StoreException.class, broker.awaitEnd());
        assertEquals(StoreException.Kind.IO, failure.kind());
        assertTrue(failure.getMessage().contains("Read-only file system"), failure.getMessage());
        assertEquals(Stage.FAILED, broker.stage());

        folder.readOnly(false);
        broker = broker();
        broker.start();
        hearsWhatWasConfirmed(client().open());
    }

    @Test
    void aDiskThatIsFullToTheLastIsWaitedForAsLongAsItTakes() throws InterruptedException {
        WireClient client = client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        client.sendConfirmed(partition, "confirmed");
        folder.full(true);

        client.send(partition, "unknown");

        client.hearClosing(ErrorCode.NO_ROOM);
        client().hearClosing(ErrorCode.NO_ROOM);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> opened.get() > 8); // a disk that fails is given up by then
        folder.full(false);
        hearsWhatWasConfirmed(openEventually());
        broker.stop();
        assertNull(broker.awaitEnd());
    }
}
