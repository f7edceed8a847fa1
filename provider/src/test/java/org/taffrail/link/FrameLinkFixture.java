// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.taffrail.link.LinkHarness.get;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A link to a scripted broker, over a channel that a subclass brings. */
abstract class FrameLinkFixture {
    final ScriptedBroker broker = new ScriptedBroker();
    final BlockingQueue<Throwable> losses = new LinkedBlockingQueue<>();
    final LinkHarness.Outcomes outcomes = new LinkHarness.Outcomes();
    final LinkHarness.Consumer consumer = new LinkHarness.Consumer();
    Link link;

    /** Makes a link to {@link #broker}. */
    abstract Link makeLink(ConnectionOptions options) throws Exception;

    /** Lets go of what {@link #makeLink} made. */
    abstract void dispose() throws Exception;

    @BeforeEach
    void makeLink() throws Exception {
        link =
                makeLink(
                        ConnectionOptions.defaults()
                                .with(ConnectionOptions.SEND_TIMEOUT_MS, ScriptedBroker.WAIT_MS)
                                .with(ConnectionOptions.CLOSE_TIMEOUT_MS, 300)
                                .with(ConnectionOptions.CLIENT_ID, "client"));
    }

    @AfterEach
    void expectNothingMore() throws Exception {
        try {
            broker.verify();
        } finally {
            dispose();
        }
    }

    void open() throws Exception {
        CompletableFuture<Link.Peer> opened = link.open();
        broker.welcome();
        get(opened);
    }

    void attach(int consumerId) throws Exception {
        CompletableFuture<Void> attached = link.attach(spec(consumerId), consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);
    }

    static Link.ConsumerSpec spec(int consumerId) {
        return new Link.ConsumerSpec(
                consumerId,
                ClientFrame.Source.QUEUE,
                DestinationKind.QUEUE,
                "orders",
                null,
                "a = 1",
                false,
                null,
                true,
                false);
    }

    long expectRun(long transactionId) {
        ClientFrame.Send send = broker.expect(ClientFrame.Send.class);
        assertEquals(transactionId, send.transactionId());
        assertEquals(ScriptedBroker.PRODUCER, RunLayout.producer(send.array(), send.at()));
        assertEquals(5, RunLayout.partition(send.array(), send.at()));
        return RunLayout.sequence(send.array(), send.at());
    }

    CompletableFuture<Void> roundTrip() {
        CompletableFuture<Void> answer = link.rollback(99);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Rollback.class).requestId()));
        return answer;
    }

    Throwable sendFails(ByteSink run) {
        return assertThrows(
                WireException.class, () -> link.send(0, run, outcomes.named("refused")));
    }
}
