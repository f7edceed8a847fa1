// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

class DeclaredTest {
    @TempDir private Path folder;

    private Broker start(Map<String, String> more) throws StoreException, IOException {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "data", folder.toString(),
                                        "port", "0",
                                        "durability", "page-cache",
                                        "journal.segmentBytes", "32MiB",
                                        "destination.#.destinations.createOnUse", "false"))
                        .with(more);
        Broker broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        return broker;
    }

    @Test
    void makesWhatIsMissingAndLeavesTheRestAlone() throws StoreException, IOException {
        long partition;
        try (Broker broker = start(Map.of("destinations.queues", "orders"))) {
            WireClient client = SocketChannel.connect(broker.port()).open();
            partition = client.resolve(DestinationKind.QUEUE, "orders");
            client.sendConfirmed(partition, "one");
        }

        try (Broker broker =
                start(
                        Map.of(
                                "destinations.queues", "invoices, orders",
                                "destinations.topics", "prices"))) {
            WireClient client = SocketChannel.connect(broker.port()).open();

            assertEquals(partition, client.resolve(DestinationKind.QUEUE, "orders"));
            client.resolve(DestinationKind.QUEUE, "invoices");
            client.resolve(DestinationKind.TOPIC, "prices");
            client.attach(1, DestinationKind.QUEUE, "orders");
            client.credit(1, 1);
            client.hearDelivery("one");
            client.say(new ClientFrame.Resolve(99, DestinationKind.QUEUE, "ordres"));
            assertEquals(
                    ErrorCode.NO_SUCH_DESTINATION, client.hear(BrokerFrame.Failed.class).code());
        }

        try (Broker broker = start(Map.of())) {
            WireClient client = SocketChannel.connect(broker.port()).open();
            assertEquals(partition, client.resolve(DestinationKind.QUEUE, "orders"));
            client.resolve(DestinationKind.TOPIC, "prices");
        }
    }

    @Test
    void refusesToStartWhereOneCantBeMade() throws StoreException, IOException {
        start(Map.of("destinations.queues", "a,b")).close();

        WireException refused =
                assertThrows(
                        WireException.class,
                        () ->
                                start(
                                        Map.of(
                                                "destinations.queues", "c",
                                                "destinations.max", "2")));

        assertTrue(
                refused.getMessage().startsWith("destinations.queues: c: there are 2 destinations"),
                refused.getMessage());
    }
}
