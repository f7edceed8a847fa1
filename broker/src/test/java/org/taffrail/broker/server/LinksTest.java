// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Link;
import org.taffrail.link.Links;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's links against the broker, over a socket and inside one JVM. */
class LinksTest {
    private static final long PATIENCE_S = 20;

    @TempDir private Path folder;
    private final List<Link> links = new ArrayList<>();
    private Broker broker;

    @BeforeEach
    void start() throws Exception {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(Map.of("port", "0", "data", folder.resolve("tcp").toString()));
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
    }

    @AfterEach
    void stop() {
        links.forEach(Link::close);
        broker.stop();
    }

    private Link open(String kind, String options) throws Exception {
        String url =
                kind.equals("tcp")
                        ? broker.address() + "?" + options
                        : "taffrail:embedded?dir=" + folder.resolve("embedded") + "&" + options;
        Link link = Links.make(ConnectionUrl.parse(url), cause -> {});
        links.add(link);
        get(link.open());
        return link;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_S, TimeUnit.SECONDS);
    }

    private static void send(Link link, long partition, String text) throws Exception {
        byte[] run = WireClient.run(partition, 0, 0, text);
        ByteSink sink = new ByteSink(run.length);
        sink.putBytes(run, 0, run.length);
        CompletableFuture<Void> sent = new CompletableFuture<>();
        link.send(
                0,
                sink,
                failure -> {
                    if (failure == null) {
                        sent.complete(null);
                    } else {
                        sent.completeExceptionally(failure);
                    }
                });
        get(sent);
    }

    private static final class Deliveries implements Link.ConsumerListener {
        final LinkedBlockingQueue<Link.Delivery> taken = new LinkedBlockingQueue<>();

        @Override
        public void delivered(Link.Delivery delivery) {
            taken.add(delivery);
        }

        @Override
        public void closed(Throwable cause) {}

        Link.Delivery next() throws InterruptedException {
            return taken.poll(PATIENCE_S, TimeUnit.SECONDS);
        }
    }

    private static Link.ConsumerSpec consumer(String queue) {
        return new Link.ConsumerSpec(
                1,
                ClientFrame.Source.QUEUE,
                DestinationKind.QUEUE,
                queue,
                null,
                null,
                false,
                null,
                false,
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "embedded"})
    void sendsReceivesAndSettles(String kind) throws Exception {
        Link sender = open(kind, "jms.clientID=sender");
        Link receiver = open(kind, "jms.clientID=receiver");
        long partition = get(sender.resolve(DestinationKind.QUEUE, "q")).partition();
        Deliveries deliveries = new Deliveries();
        get(receiver.attach(consumer("q"), deliveries));
        receiver.credit(1, 100, 1 << 20, false);

        for (int i = 0; i < 50; i++) {
            send(sender, partition, "message " + i);
        }
        for (int i = 0; i < 50; i++) {
            Link.Delivery delivery = deliveries.next();
            assertEquals(i, delivery.offset());
            get(receiver.settle(0, 1, ClientFrame.Verb.ACCEPT, partition, new long[] {i, i}, true));
        }

        get(receiver.drain(1, 0, 0));
        assertNull(deliveries.taken.poll());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "embedded"})
    void refusesAClientIdThatIsInUse(String kind) throws Exception {
        Link first = open(kind, "jms.clientID=same");

        ExecutionException refused =
                assertThrows(ExecutionException.class, () -> open(kind, "jms.clientID=same"));

        assertEquals(ErrorCode.CLIENT_ID_IN_USE, ((WireException) refused.getCause()).code());
        first.close();
        open(kind, "jms.clientID=same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "embedded"})
    void closingGivesTheClientIdBackAtOnce(String kind) throws Exception {
        Link keeper = open(kind, "jms.clientID=keeper");
        for (int i = 0; i < 20; i++) {
            open(kind, "jms.clientID=comes-and-goes").close();
        }
        keeper.close();
    }

    @Test
    void theFolderIsFreeWhenTheLastCloseReturns() throws Exception {
        for (int i = 1; i < 10; i += 2) {
            open("embedded", "jms.clientID=only").close();
            Path embedded = folder.resolve("embedded");
            try (JournalStore free =
                    new JournalStore(new DiskFolder(embedded), JournalOptions.DEFAULT)) {
                assertEquals(i + 1, free.claim());
            }
        }
    }
}
