// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** What managers can read. */
class OverviewTest {
    private static final DestinationKind QUEUE = DestinationKind.QUEUE;
    private static final DestinationKind TOPIC = DestinationKind.TOPIC;

    private final CoreRig rig = new CoreRig();

    private Overview overview() {
        return rig.core().overview();
    }

    private List<String> names(DestinationKind kind, String pattern, int rowsMax) {
        DestinationPattern parsed =
                pattern == null ? null : DestinationPattern.of(Scope.ANY, pattern);
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            Page<DestinationStatus> page = overview().destinations(kind, parsed, after, rowsMax);
            assertTrue(page.rows().size() <= rowsMax);
            page.rows().forEach(row -> names.add(row.name()));
            after = page.next();
        } while (after != null);
        return names;
    }

    @Test
    void countsWhereAQueuesMessagesAre() {
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c", "d");
        client.send("q", message("later").notBefore(rig.nowMs + 1000));
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");
        consumer.accept("a");
        consumer.releaseSeen("b");

        DestinationStatus status = overview().destination(QUEUE, "q");

        assertEquals(4, status.depth());
        assertEquals(0, status.held());
        assertEquals(1, status.waiting());
        assertEquals(1, status.failed());
        assertEquals(1, status.consumers());
        assertEquals(1, status.firstNeeded());
        assertEquals(5, status.end());
        assertFalse(status.collects());
        assertEquals("DLQ.q", status.policy().deadLetterQueue());
        consumer.credit(2).expect("b", "c");
        assertEquals(2, overview().destination(QUEUE, "q").held());
    }

    @Test
    void listsByNameInPagesAndByPattern() {
        TestClient client = rig.connect();
        for (String name :
                new String[] {"orders.eu", "a", "orders", "z", "orders.us", "q:x", "t"}) {
            client.partition(QUEUE, name);
        }
        client.partition(TOPIC, "orders");
        String temporary = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();

        List<String> all =
                List.of(temporary, "a", "orders", "orders.eu", "orders.us", "q:x", "t", "z");
        for (int rows = 1; rows < 10; rows++) {
            assertEquals(all, names(QUEUE, null, rows));
            assertEquals(List.of("orders.eu", "orders.us"), names(QUEUE, "orders.*", rows));
        }
        assertEquals(List.of("orders"), names(TOPIC, null, 2));
    }

    @Test
    void onePageLooksAtSoManyAndNoMore() {
        TestClient client = rig.connect();
        for (int i = 0; i < 3000; i++) {
            client.partition(QUEUE, "q" + i);
        }
        DestinationPattern pattern = DestinationPattern.of(Scope.ANY, "q999");

        Page<DestinationStatus> first = overview().destinations(QUEUE, null, null, 10_000);
        assertTrue(first.rows().size() < 2048, "rows " + first.rows().size());
        Page<DestinationStatus> none = overview().destinations(QUEUE, pattern, null, 10);
        assertEquals(0, none.rows().size());
        assertTrue(none.next() != null);
        assertEquals(List.of("q999"), names(QUEUE, "q999", 10));
        assertEquals(3000, names(QUEUE, null, 10_000).size());
    }

    @Test
    void showsGroupsAndConsumersInPages() {
        TestClient client = rig.connect("c");
        TestConsumer durable = client.durable("t", "sub").credit(3);
        client.subscribe(Source.SHARED, "t", "shared").credit(1);
        client.attach(Source.SHARED_DURABLE, TOPIC, "t", "picky", "x = 1", false);
        client.publish("t", "a", "b");
        durable.expect("a", "b").accept("a");

        List<GroupStatus> groups = new ArrayList<>();
        String after = null;
        do {
            Page<GroupStatus> page = overview().groups(TOPIC, "t", after, 2);
            groups.addAll(page.rows());
            after = page.next();
        } while (after != null);

        assertEquals(3, groups.size());
        GroupStatus sub = groups.get(0);
        assertEquals("sub", sub.name());
        assertEquals("c", sub.clientId());
        assertEquals(Source.DURABLE, sub.source());
        assertTrue(sub.durable());
        assertEquals(1, sub.depth());
        assertEquals(1, sub.held());
        assertEquals(1, sub.firstUnsettled());
        assertEquals(2, sub.end());
        assertNull(sub.selector());
        assertFalse(groups.get(1).durable());
        assertEquals("x = 1", groups.get(2).selector());

        ConsumerStatus consumer =
                overview()
                        .holders()
                        .consumers(new Holders.Place(TOPIC, "t", sub.id()), null, 10)
                        .rows()
                        .get(0);
        assertEquals(client.connection, consumer.connection());
        assertEquals(1, consumer.held());
        assertEquals(1, consumer.credit());
        assertNull(
                overview()
                        .holders()
                        .consumers(new Holders.Place(TOPIC, "t", sub.id()), null, 1)
                        .next());
    }

    @Test
    void deadLetterAndExpiryQueuesAreKnownByTheirNames() {
        rig.connect().partition(QUEUE, "DLQ.anything");
        assertTrue(overview().destination(QUEUE, "DLQ.anything").collects());
        assertNull(overview().destination(QUEUE, "DLQ.anything").policy().deadLetterQueue());
    }

    @Test
    void whatIsNotThereIsRefused() {
        rig.connect().partition(TOPIC, "t");
        assertRefused(ErrorCode.NO_SUCH_DESTINATION, () -> overview().destination(QUEUE, "t"));
        assertRefused(
                ErrorCode.NO_SUCH_SUBSCRIPTION,
                () -> overview().holders().consumers(new Holders.Place(TOPIC, "t", 0), null, 1));
        assertRefused(ErrorCode.INVALID_OPTION, () -> overview().groups(TOPIC, "t", "page two", 1));
        for (String place : new String[] {"-1", "4294967295", ""}) {
            assertRefused(ErrorCode.INVALID_OPTION, () -> overview().groups(TOPIC, "t", place, 1));
        }
        assertEquals(new Page<>(List.of(), null), overview().groups(TOPIC, "t", "2147483647", 5));
    }

    private static void assertRefused(ErrorCode code, Runnable asked) {
        assertEquals(code, assertThrows(WireException.class, asked::run).code());
    }
}
