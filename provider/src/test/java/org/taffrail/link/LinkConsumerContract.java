// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertCode;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameReader;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a {@link FrameLink} promises over any channel to its consumers. */
abstract class LinkConsumerContract extends LinkSendContract {
    @Test
    void deliveriesAreTheListenersToKeep() throws Exception {
        open();
        attach(7);
        link.credit(7, 10, 1000, true);
        assertEquals(
                new ClientFrame.Credit(7, 10, 1000, true, 0),
                broker.expect(ClientFrame.Credit.class));
        byte[] first = Runs.record(20);
        byte[] second = Runs.record(300);
        broker.tell(
                new BrokerFrame.Deliver(7, 5, 100, 1, false, first, 0, first.length),
                new BrokerFrame.Deliver(7, 5, 101, 3, true, second, 0, second.length));

        Link.Delivery a = consumer.nextDelivery();
        Link.Delivery b = consumer.nextDelivery();
        assertEquals(100, a.offset());
        assertFalse(a.redelivered());
        assertArrayEquals(first, a.record());
        assertEquals(3, b.count());
        assertTrue(b.redelivered());
        assertArrayEquals(second, b.record());
    }

    @Test
    void drainEndsAfterItsDeliveries() throws Exception {
        open();
        attach(7);
        List<Object> order = new ArrayList<>();
        CompletableFuture<Void> drained =
                link.drain(7, 1, 500).whenComplete((ok, failure) -> order.addAll(consumer.heard));
        ClientFrame.Credit credit = broker.expect(ClientFrame.Credit.class);
        byte[] record = Runs.record(20);
        broker.tell(
                new BrokerFrame.Deliver(7, 5, 100, 1, false, record, 0, record.length),
                new BrokerFrame.Drained(7, credit.drainToken()));

        get(drained);
        assertEquals(1, order.size());
        assertFalse(credit.reset());
    }

    @Test
    void consumerThatTheBrokerEndsHearsWhy() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> drained = link.drain(7, 1, 500);
        broker.expect(ClientFrame.Credit.class);
        broker.tell(new BrokerFrame.ConsumerClosed(7, ErrorCode.NO_SUCH_DESTINATION, "gone"));

        assertFails(ErrorCode.NO_SUCH_DESTINATION, drained);
        assertCode(ErrorCode.NO_SUCH_DESTINATION, next(consumer.heard));
        assertFails(ErrorCode.NO_SUCH_CONSUMER, link.drain(7, 1, 1));
        link.credit(7, 1, 1, false);
        assertTrue(losses.isEmpty());
        get(roundTrip());
    }

    @Test
    void drainsOfAConsumerThatTheBrokerHasEndedAreAnsweredAllTheSame() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> first = link.drain(7, 1, 500);
        CompletableFuture<Void> second = link.drain(7, 1, 500);
        int firstToken = broker.expect(ClientFrame.Credit.class).drainToken();
        int secondToken = broker.expect(ClientFrame.Credit.class).drainToken();
        broker.tell(
                new BrokerFrame.ConsumerClosed(7, ErrorCode.NO_SUCH_DESTINATION, "gone"),
                new BrokerFrame.Drained(7, firstToken),
                new BrokerFrame.Drained(7, secondToken));

        assertFails(ErrorCode.NO_SUCH_DESTINATION, first);
        assertFails(ErrorCode.NO_SUCH_DESTINATION, second);
        get(roundTrip());
        assertTrue(losses.isEmpty());
    }

    @Test
    void refusedAttachmentLeavesNoConsumer() throws Exception {
        open();
        CompletableFuture<Void> attached = link.attach(spec(7), consumer);
        int id = broker.expect(ClientFrame.Attach.class).requestId();
        broker.tell(new BrokerFrame.Failed(id, ErrorCode.INVALID_SELECTOR, "at 3"));

        assertFails(ErrorCode.INVALID_SELECTOR, attached);
        assertTrue(consumer.heard.isEmpty());
        attach(7);
    }

    @Test
    void detachedConsumerIdIsFreeAndItsDrainEnds() throws Exception {
        open();
        attach(7);
        CompletableFuture<Void> drained = link.drain(7, 1, 500);
        broker.expect(ClientFrame.Credit.class);
        CompletableFuture<Void> detached = link.detach(7);
        assertThrows(IllegalArgumentException.class, () -> link.attach(spec(7), consumer));
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Detach.class).requestId()));

        get(detached);
        get(drained);
        attach(7);
    }

    @Test
    void settlesWithAndWithoutAnAnswer() throws Exception {
        open();
        assertTrue(
                link.settle(0, 7, ClientFrame.Verb.ACCEPT, 5, new long[] {1, 2}, false).isDone());
        assertEquals(0, broker.expect(ClientFrame.Settle.class).requestId());
        CompletableFuture<Void> settled =
                link.settle(4, 7, ClientFrame.Verb.ACCEPT, 5, new long[] {3, 3, 5, 9}, true);
        ClientFrame.Settle settle = broker.expect(ClientFrame.Settle.class);
        assertArrayEquals(new long[] {3, 3, 5, 9}, settle.ranges());
        assertEquals(4, settle.transactionId());
        assertFalse(settled.isDone());
        broker.tell(new BrokerFrame.Done(settle.requestId()));

        get(settled);
        get(link.settle(0, 7, ClientFrame.Verb.FAIL, 5, new long[0], true));
    }

    @Test
    void aSettlementOfVeryManyRangesGoesInSeveralFrames() throws Exception {
        open();
        long[] ranges = new long[2 * FrameReader.RANGES_MAX + 2];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = 2L * i;
        }
        CompletableFuture<Void> settled =
                link.settle(0, 7, ClientFrame.Verb.RELEASE_SEEN, 5, ranges, true);
        ClientFrame.Settle first = broker.expect(ClientFrame.Settle.class);
        ClientFrame.Settle second = broker.expect(ClientFrame.Settle.class);
        broker.tell(new BrokerFrame.Done(first.requestId()));
        get(roundTrip());
        assertFalse(settled.isDone());
        broker.tell(new BrokerFrame.Done(second.requestId()));

        get(settled);
        assertEquals(2 * FrameReader.RANGES_MAX, first.ranges().length);
        assertEquals(2, second.ranges().length);
    }

    @Test
    void aListenersDefectCostsTheLinkRatherThanAMessage() throws Exception {
        open();
        Link.ConsumerListener defective =
                new Link.ConsumerListener() {
                    @Override
                    public void delivered(Link.Delivery delivery) {
                        throw new IllegalStateException("a defect the test makes");
                    }

                    @Override
                    public void closed(Throwable cause) {
                        consumer.closed(cause);
                    }
                };
        CompletableFuture<Void> attached = link.attach(spec(7), defective);
        broker.tell(new BrokerFrame.Done(broker.expect(ClientFrame.Attach.class).requestId()));
        get(attached);
        byte[] record = Runs.record(20);
        broker.tell(new BrokerFrame.Deliver(7, 5, 100, 1, false, record, 0, record.length));

        assertEquals(IllegalStateException.class, next(losses).getClass());
        assertCode(ErrorCode.CONNECTION_LOST, next(consumer.heard));
        broker.expectEnd();
    }
}
