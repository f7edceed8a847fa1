// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.link.LinkHarness.Consumer;
import org.taffrail.link.failover.FailoverLink;
import org.taffrail.link.failover.ReconnectPolicy;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** When a link connects, waits, gives up and ends, with brokers that the test plays. */
@Timeout(60)
class FailoverLinkLifeTest extends FailoverLinkFixture {
    @Test
    void aSendWaitsForAConnectionAndNotForEver() throws Exception {
        ReconnectPolicy impatient =
                new ReconnectPolicy(1, 5, 2, -1, -1, 20_000, 20_000, false, 50, 100);
        ScriptedBroker broker = open(impatient);
        reachable = false;
        broker.hangUp();
        assertEquals("interrupted", next(heard));

        WireException failure = assertThrows(WireException.class, () -> send("a"));

        assertEquals(ErrorCode.TIMEOUT, failure.code());
        assertTrue(failure.getMessage().contains("failover:(a,b) for 50 ms"), failure::getMessage);
    }

    @Test
    void givesUpWhenNoBrokerComesBackInTime() throws Exception {
        ScriptedBroker broker = open(policy(50));
        Consumer consumer = new Consumer();
        CompletableFuture<Void> attached = link.attach(spec(9), consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);
        send("a");
        reachable = false;
        broker.hangUp();

        assertEquals("interrupted", next(heard));
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        LinkHarness.assertCode(ErrorCode.CONNECTION_LOST, next(consumer.heard));
        assertInstanceOf(WireException.class, next(heard));
        assertFails(ErrorCode.CONNECTION_LOST, link.resolve(DestinationKind.QUEUE, "q"));
        assertThrows(WireException.class, () -> send("b"));
    }

    @Test
    void closesWhileItReconnects() throws Exception {
        ScriptedBroker broker = open();
        send("a");
        reachable = false;
        broker.hangUp();
        assertEquals("interrupted", next(heard));
        CompletableFuture<Link.Target> waiting = link.resolve(DestinationKind.QUEUE, "q");

        link.close();

        assertFails(ErrorCode.CONNECTION_LOST, waiting);
        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
        assertTrue(heard.isEmpty());
    }

    @Test
    void aCloseThatIsToComeEndsReconnecting() throws Exception {
        ScriptedBroker broker = open();
        send("a");
        reachable = false;
        broker.hangUp();

        link.closing();

        outcomes.expectFailed("a", ErrorCode.CONNECTION_LOST);
    }

    @Test
    void aRefusalAtTheBeginningIsFinal() throws Exception {
        link = new FailoverLink(new Reached(), policy(20_000), listener);
        CompletableFuture<Link.Peer> opened = link.open();
        ScriptedBroker broker = next(reached);
        broker.expectHello();
        broker.sendPreamble();
        broker.tell(new BrokerFrame.Closing(ErrorCode.AUTHENTICATION_FAILED, "no"));

        assertFails(ErrorCode.AUTHENTICATION_FAILED, opened);
        assertTrue(reached.isEmpty());
    }

    @Test
    void triesTheNextBrokerWhereOneIsNotReached() throws Exception {
        reachable = false;
        link = new FailoverLink(new Reached(), policy(20_000), listener);
        CompletableFuture<Link.Peer> opened = link.open();
        while (wires.size() < 3) {
            Thread.onSpinWait();
        }
        assertFalse(opened.isDone());
        reachable = true;

        next(reached).welcome(Recognition.NONE, PRODUCER, 4);
        get(opened);
    }

    @Test
    void aLossWhileAllIsRestoredIsOneInterruption() throws Exception {
        ScriptedBroker broker = open();
        Consumer consumer = new Consumer();
        CompletableFuture<Void> attached = link.attach(spec(9), consumer);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        other.expect(ClientFrame.Attach.class);
        ScriptedBroker third = lose(other, Recognition.KNOWN);
        third.tell(new BrokerFrame.Done(third.expect(ClientFrame.Attach.class).requestId()));

        expectRestored();
        assertTrue(heard.isEmpty());
        List<Object> rest = new ArrayList<>(consumer.heard);
        assertEquals(List.of(), rest);
    }
}
