// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** A manager looks at who is connected, and ends connections: in order, and no others. */
class EndConnectionTest {
    private static final SessionSettings SETTINGS =
            new SessionSettings(200, 900_000, 100, 1 << 20, 1000, 1 << 20, "test broker");

    private final Harness harness = new Harness(new MemoryStore(), SETTINGS);
    private final WireClient manager = client("manager");

    private WireClient client(String clientId) {
        return harness.client()
                .open(
                        new ClientFrame.Hello(
                                FrameLayout.MANAGEMENT | FrameLayout.XA,
                                FrameLayout.FRAME_BYTES_MAX,
                                0,
                                1,
                                2,
                                0,
                                clientId,
                                "ANONYMOUS",
                                null,
                                "test"));
    }

    private static void ask(WireClient client, ManageOperation operation, Fields fields) {
        client.say(new ClientFrame.Manage(client.nextRequest(), operation.number(), fields));
    }

    private BrokerFrame.Managed list(String after, int rows) {
        ask(
                manager,
                ManageOperation.CONNECTIONS,
                new Fields.Builder().put("after", after).put("rows", rows).build());
        return manager.hear(BrokerFrame.Managed.class);
    }

    private Fields row(String clientId) {
        return list(null, 64).rows().stream()
                .filter(each -> clientId.equals(each.text("clientId")))
                .findFirst()
                .orElseThrow();
    }

    private Fields end(long id, String reason) {
        Fields about = new Fields.Builder().put("id", id).put("reason", reason).build();
        ask(manager, ManageOperation.END_CONNECTION, about);
        return manager.hear(BrokerFrame.Managed.class).rows().get(0);
    }

    private static BrokerFrame.Closing hearClosing(WireClient client) {
        BrokerFrame.Closing closing = client.hear(BrokerFrame.Closing.class);
        client.awaitClosed();
        return closing;
    }

    @Test
    void listsWhoWasLetInInPagesWithWhatEachHas() {
        WireClient stuck = client("stuck");
        stuck.sendConfirmed(stuck.resolve(DestinationKind.QUEUE, "q"), "a", "b");
        stuck.attach(1, DestinationKind.QUEUE, "q");
        stuck.credit(1, 5);
        harness.client(); // has not said who it is
        for (int i = 0; i < 68; i++) {
            client("c" + i);
        }

        Fields row = row("stuck");
        assertEquals(2, row.number("id", -1));
        assertEquals("test", row.text("peer"));
        assertEquals("test", row.text("product"));
        assertEquals(1, row.number("consumers", -1));
        assertEquals(2, row.number("held", -1));
        assertEquals(0, row.number("transactions", -1));
        assertFalse(row.flag("paused"));

        List<String> listed = new ArrayList<>();
        String after = null;
        int pages = 0;
        do {
            BrokerFrame.Managed page = list(after, 1000);
            page.rows().forEach(each -> listed.add(each.text("clientId")));
            after = page.next();
            pages++;
        } while (after != null);
        assertEquals(2, pages);
        assertEquals(70, listed.size());
        assertEquals(List.of("manager", "stuck", "c0"), listed.subList(0, 3));

        ask(
                manager,
                ManageOperation.CONNECTIONS,
                new Fields.Builder().put("after", "soon").build());
        assertEquals(ErrorCode.INVALID_OPTION, manager.hear(BrokerFrame.Failed.class).code());
    }

    @Test
    void whatAnEndedConnectionHeldGoesToOthersAndWhatItHadBegunIsRolledBack() {
        WireClient stuck = client("stuck");
        long q = stuck.resolve(DestinationKind.QUEUE, "q");
        long r = stuck.resolve(DestinationKind.QUEUE, "r");
        stuck.sendConfirmed(q, "held");
        stuck.attach(1, DestinationKind.QUEUE, "q");
        stuck.credit(1, 5);
        stuck.hearDelivery("held");
        byte[] begun = WireClient.run(r, stuck.welcome().producerId(), 2, "begun");
        stuck.say(new ClientFrame.Send(7, begun, 0, begun.length));
        stuck.hear(BrokerFrame.Confirm.class);
        byte[] prepared = WireClient.run(r, stuck.welcome().producerId(), 3, "prepared");
        stuck.say(new ClientFrame.Send(8, prepared, 0, prepared.length));
        stuck.hear(BrokerFrame.Confirm.class);
        Xid xid = new Xid(1, new byte[] {1}, new byte[] {2});
        stuck.say(new BranchFrame.Prepare(stuck.nextRequest(), 8, xid));
        stuck.hear(BrokerFrame.Done.class);
        assertEquals(1, row("stuck").number("transactions", -1));
        WireClient other = client("other");
        other.attach(1, DestinationKind.QUEUE, "q");
        other.credit(1, 5);
        assertFalse(other.hasHeard());

        Fields ended = end(2, "it does not get on");

        assertEquals(1, ended.number("done", -1));
        assertEquals("stuck", ended.text("clientId"));
        assertEquals("test", ended.text("peer"));
        BrokerFrame.Closing closing = hearClosing(stuck);
        assertEquals(ErrorCode.CONNECTION_LOST, closing.code());
        assertEquals("a manager has ended the connection: it does not get on", closing.detail());
        BrokerFrame.Deliver again = other.hearDelivery("held");
        assertTrue(again.redelivered());
        assertEquals(2, list(null, 64).rows().size());
        assertEquals(0, harness.loop.core().overview().depth(DestinationKind.QUEUE, "r"));
        ask(manager, ManageOperation.BRANCHES, Fields.NONE);
        Fields branch = manager.hear(BrokerFrame.Managed.class).rows().get(0);
        assertEquals(1, branch.number("sends", -1));
        assertTrue(harness.events.contains("managing 1 END_CONNECTION 2"));
        assertTrue(harness.events.contains("ended 2 CONNECTION_LOST"), harness.events.toString());
    }

    @Test
    void whoEndsItsOwnConnectionIsAnsweredBeforeItEnds() {
        assertEquals(1, end(1, null).number("done", -1));

        assertEquals("a manager has ended the connection", hearClosing(manager).detail());
        client("another");
    }

    @Test
    void oneThatHasGoneOrWasNeverLetInIsNoneAndCostsNothing() {
        client("gone").goodbye();
        Harness.Wire unknown = (Harness.Wire) harness.client().channel();

        for (long id : new long[] {2, unknown.session.id(), 4711, -1, Long.MIN_VALUE}) {
            Fields ended = end(id, "");
            assertEquals(0, ended.number("done", -1));
            assertEquals(List.of("done", "held", "left"), List.copyOf(ended.values().keySet()));
        }
        assertFalse(unknown.ended);
        assertTrue(harness.events.contains("managing 1 END_CONNECTION"));
        assertEquals(1, list(null, 64).rows().size());
    }

    @Test
    void fieldsThatMakeNoSenseAreRefusedAndEndNobody() {
        client("other");
        Fields[] wrong = {
            Fields.NONE,
            new Fields.Builder().put("id", 0).build(),
            new Fields.Builder().put("id", "2").build(),
            new Fields.Builder().put("id", 2).put("reason", 1).build(),
            new Fields.Builder().put("id", 2).put("reason", "x".repeat(201)).build()
        };
        for (Fields each : wrong) {
            ask(manager, ManageOperation.END_CONNECTION, each);
            assertEquals(ErrorCode.INVALID_OPTION, manager.hear(BrokerFrame.Failed.class).code());
        }
        assertEquals(2, list(null, 64).rows().size());
        assertEquals(1, end(2, "x".repeat(200)).number("done", -1));
    }
}
