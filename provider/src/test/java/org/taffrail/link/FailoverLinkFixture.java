// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.AfterEach;
import org.taffrail.link.LinkHarness.Outcomes;
import org.taffrail.link.failover.Brokers;
import org.taffrail.link.failover.FailoverLink;
import org.taffrail.link.failover.ReconnectPolicy;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A link that goes on, and the brokers that it reaches, each of which the test plays. */
abstract class FailoverLinkFixture {
    static final long PRODUCER = 77;

    final BlockingQueue<ScriptedBroker> reached = new LinkedBlockingQueue<>();
    final List<MemoryWire> wires = new CopyOnWriteArrayList<>();
    final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    final Outcomes outcomes = new Outcomes();
    volatile boolean reachable = true;
    FailoverLink link;

    final Link.Listener listener =
            new Link.Listener() {
                @Override
                public void interrupted(Throwable cause) {
                    heard.add("interrupted");
                }

                @Override
                public void restored(Link.Peer peer) {
                    heard.add("restored");
                }

                @Override
                public void lost(Throwable cause) {
                    heard.add(cause);
                }
            };

    final class Reached implements Brokers {
        @Override
        public int count() {
            return 2;
        }

        @Override
        public FrameLink make(int index, Link.Listener ofRoute, Continuity continuity) {
            ScriptedBroker broker = new ScriptedBroker();
            MemoryWire wire = new MemoryWire(broker, 1000);
            wires.add(wire);
            if (reachable) {
                reached.add(broker);
            } else {
                wire.refuse();
            }
            ConnectionOptions options =
                    ConnectionOptions.defaults().with(ConnectionOptions.CLOSE_TIMEOUT_MS, 20);
            return new FrameLink(wire, options, false, ofRoute, continuity);
        }

        @Override
        public String address() {
            return "failover:(a,b)";
        }
    }

    @AfterEach
    void end() {
        if (link != null) {
            link.close();
        }
        wires.forEach(MemoryWire::close);
    }

    static ReconnectPolicy policy(long timeoutMs) {
        return new ReconnectPolicy(1, 5, 2, -1, -1, timeoutMs, 20_000, false, 20_000, 100);
    }

    ScriptedBroker open() throws Exception {
        return open(policy(20_000));
    }

    ScriptedBroker open(ReconnectPolicy policy) throws Exception {
        link = new FailoverLink(new Reached(), policy, listener);
        CompletableFuture<Link.Peer> opened = link.open();
        ScriptedBroker broker = next(reached);
        ClientFrame.Hello hello = broker.welcome(Recognition.NONE, PRODUCER, 4);
        assertEquals(0, hello.producerId());
        get(opened);
        return broker;
    }

    /** Loses the connection and lets the client go on. */
    ScriptedBroker lose(ScriptedBroker broker, Recognition recognition) throws Exception {
        broker.hangUp();
        ScriptedBroker other = next(reached);
        long producer = recognition == Recognition.KNOWN ? PRODUCER : PRODUCER + 1;
        ClientFrame.Hello hello = other.welcome(recognition, producer, 4);
        assertEquals(PRODUCER, hello.producerId());
        return other;
    }

    void expectRestored() throws Exception {
        assertEquals("interrupted", next(heard));
        assertEquals("restored", next(heard));
    }

    void send(String name) {
        link.send(0, Runs.run(1, name.length()), outcomes.named(name));
    }

    static long expectSend(ScriptedBroker broker, long transaction, String name) {
        ClientFrame.Send send = broker.expect(ClientFrame.Send.class);
        assertEquals(transaction, send.transactionId());
        assertEquals(Runs.run(1, name.length()).length(), send.length());
        return RunLayout.sequence(send.array(), send.at());
    }

    static Link.ConsumerSpec spec(int consumerId) {
        return new Link.ConsumerSpec(
                consumerId,
                ClientFrame.Source.QUEUE,
                DestinationKind.QUEUE,
                "q",
                null,
                null,
                false,
                null,
                false,
                false);
    }
}
