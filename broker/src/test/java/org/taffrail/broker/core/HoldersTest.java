// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Holders.Holder;
import org.taffrail.broker.core.Holders.Place;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** Who holds what, as managers can read it. */
class HoldersTest {
    private static final Place QUEUE_Q = new Place(DestinationKind.QUEUE, "q", 0);
    private static final Producer.Identity ALICE = new Producer.Identity("alice", 1, 2);

    private CoreRig rig = new CoreRig();

    private Holders holders() {
        return rig.core().overview().holders();
    }

    private List<ConsumerStatus> consumers() {
        return holders().consumers(QUEUE_Q, null, 10).rows();
    }

    private List<HeldStatus> held(ConsumerStatus of) {
        return holders().held(QUEUE_Q, new Holder(of.connection(), of.id()), null, 10).rows();
    }

    private List<Long> offsets(ConsumerStatus of, int rowsMax) {
        List<Long> offsets = new ArrayList<>();
        String after = null;
        do {
            Page<HeldStatus> page =
                    holders().held(QUEUE_Q, new Holder(of.connection(), of.id()), after, rowsMax);
            assertTrue(page.rows().size() <= rowsMax);
            page.rows().forEach(row -> offsets.add(row.offset()));
            after = page.next();
        } while (after != null);
        return offsets;
    }

    @Test
    void listsWhatAConsumerHoldsFromWhatItHasHeldForLongestOn() {
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c", "d");
        TestConsumer consumer = client.queue("q");
        long began = rig.nowMs;
        consumer.credit(1).expect("a");
        rig.advance(1000);
        consumer.credit(2).expect("b", "c");
        rig.advance(1000);

        ConsumerStatus status = consumers().get(0);
        assertEquals(3, status.held());
        assertEquals(began, status.oldestHeldMs());
        assertFalse(status.ended());
        List<HeldStatus> rows = held(status);
        assertEquals(List.of(0L, 1L, 2L), rows.stream().map(HeldStatus::offset).toList());
        assertEquals(began, rows.get(0).sinceMs());
        assertEquals(began + 1000, rows.get(2).sinceMs());
        assertEquals(1, rows.get(0).delivery());
        assertFalse(rows.get(0).redelivered());

        for (int rowsMax = 1; rowsMax < 5; rowsMax++) {
            assertEquals(List.of(0L, 1L, 2L), offsets(status, rowsMax));
        }
        consumer.accept("b");
        assertEquals(List.of(0L, 2L), offsets(status, 10));
        consumer.accept("a");
        assertEquals(began + 1000, consumers().get(0).oldestHeldMs());
        consumer.accept("c");
        assertEquals(0, consumers().get(0).oldestHeldMs());
        assertEquals(List.of(), offsets(status, 10));
    }

    @Test
    void countsDeliveriesAndBeginsAnewWithEach() {
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.releaseSeen("a");
        rig.advance(500);
        consumer.credit(1).expectRedelivered(true, 2);

        HeldStatus row = held(consumers().get(0)).get(0);
        assertEquals(2, row.delivery());
        assertTrue(row.redelivered());
        assertEquals(rig.nowMs, row.sinceMs());
    }

    @Test
    void namesTheMessageAsLongAsItsRecordIsInMemory() {
        rig = new CoreRig(TestLimits.limits().windowBytes(100_000));
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).expect("a");

        assertNotNull(held(consumers().get(0)).get(0).messageId());

        for (int i = 0; i < 300; i++) {
            client.send("elsewhere", "x".repeat(1000));
        }
        assertNull(held(consumers().get(0)).get(0).messageId());
    }

    @Test
    void whoHasEndedIsListedUntilNothingIsHeld() {
        TestClient client = rig.connect();
        client.send("q", "a", "b");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.acceptIn(1, "a");
        consumer.close();

        ConsumerStatus ended = consumers().get(0);
        assertTrue(ended.ended());
        assertTrue(held(ended).get(0).settling());
        assertEquals(List.of(new Holders.Open(1, 0, 1)), transactions(client));
        assertEquals(1, holders().attached(client.connection, null, 10).rows().size());

        client.commit(1);
        assertEquals(List.of(), consumers());
        assertEquals(List.of(), transactions(client));
        assertEquals(List.of(), holders().attached(client.connection, null, 10).rows());
        assertRefused(ErrorCode.NO_SUCH_CONSUMER, () -> held(ended));
    }

    private List<Holders.Open> transactions(TestClient client) {
        return holders().transactions(client.connection, 10);
    }

    @Test
    void whatAPreparedBranchHoldsIsListedOverACrashAndGoesWithIt() {
        TestClient client = rig.connect(ALICE);
        client.send("q", "a", "b");
        TestConsumer taker = client.queue("q").credit(1).expect("a");
        taker.acceptIn(1, "a");
        Xid xid = new Xid(7, new byte[] {1}, new byte[] {1});
        client.prepare(1, xid);
        long prepared = rig.nowMs;
        rig.advance(5000);
        rig.leave(client);
        assertEquals(1, consumers().size());
        assertTrue(consumers().get(0).ended());

        rig.crash();
        ConsumerStatus keeper = consumers().get(0);
        assertEquals(0, keeper.connection());
        assertEquals(1, keeper.held());
        assertEquals(prepared, keeper.oldestHeldMs());
        assertEquals(keeper.id(), rig.core().overview().branches(null, 10).rows().get(0).id());
        assertTrue(held(keeper).get(0).settling());

        rig.connect(ALICE).endBranch(xid, false);
        assertEquals(List.of(), consumers());
    }

    @Test
    void listsWhatAConnectionConsumesAndLooksWith() {
        TestClient client = rig.connect("c");
        client.send("q", "a", "b");
        client.queue("q").credit(1).expect("a");
        client.browser("q");
        client.durable("t", "sub");

        List<Holders.Attached> rows = new ArrayList<>();
        String after = null;
        do {
            Page<Holders.Attached> page = holders().attached(client.connection, after, 2);
            rows.addAll(page.rows());
            after = page.next();
        } while (after != null);

        assertEquals(
                List.of(Source.QUEUE, Source.BROWSER, Source.DURABLE),
                rows.stream().map(Holders.Attached::source).toList());
        assertEquals("q", rows.get(0).of().name());
        assertEquals(1, rows.get(0).status().held());
        assertEquals("sub", rows.get(2).subscription());
        assertTrue(holders().producer(client.connection) > 0);
        assertEquals(0, holders().producer(4711));
        assertEquals(List.of(), holders().attached(4711, null, 2).rows());
    }

    @Test
    void onePageLooksAtSoManyAndNoMore() {
        TestClient client = rig.connect();
        for (int i = 0; i < 3000; i++) {
            client.send("q", "m" + i);
        }
        client.queue("q").credit(3000, 100_000_000);

        ConsumerStatus status = consumers().get(0);
        assertEquals(3000, status.held());
        assertEquals(2048, offsets(status, 100).size());
    }

    @Test
    void whatIsNotThereIsRefused() {
        TestClient client = rig.connect();
        client.send("q", "a");
        client.send("other", "a");
        client.queue("q").credit(1).expect("a");
        ConsumerStatus known = consumers().get(0);
        Holder holder = new Holder(known.connection(), known.id());
        Place other = new Place(DestinationKind.QUEUE, "other", 0);
        Place none = new Place(DestinationKind.QUEUE, "none", 0);

        assertRefused(ErrorCode.NO_SUCH_CONSUMER, () -> holders().held(other, holder, null, 10));
        assertRefused(ErrorCode.NO_SUCH_DESTINATION, () -> holders().held(none, holder, null, 10));
        assertRefused(
                ErrorCode.NO_SUCH_CONSUMER,
                () -> holders().held(QUEUE_Q, new Holder(known.connection(), 99), null, 10));
        assertRefused(ErrorCode.INVALID_OPTION, () -> holders().held(QUEUE_Q, holder, "two", 10));
        assertRefused(ErrorCode.NO_SUCH_DESTINATION, () -> holders().consumers(none, null, 10));
    }

    private static void assertRefused(ErrorCode code, Runnable asked) {
        assertEquals(code, assertThrows(WireException.class, asked::run).code());
    }
}
