// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.FrameLayout;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Branches of global transactions on a link, with brokers that know them and others. */
class BranchesTest {
    static final Xid XID = new Xid(7, new byte[] {1, 2}, new byte[] {3});
    private static final Xid OTHER = new Xid(7, new byte[] {1, 2}, new byte[] {4});

    private final ScriptedBroker broker = new ScriptedBroker();
    private final BlockingQueue<Throwable> losses = new LinkedBlockingQueue<>();
    private FrameLink link;

    private Branches open(long features) throws Exception {
        MemoryWire wire = new MemoryWire(broker, 1 << 20);
        ConnectionOptions options =
                ConnectionOptions.defaults().with(ConnectionOptions.CLOSE_TIMEOUT_MS, 300);
        link = new FrameLink(wire, options, true, losses::add, Continuity.single(), wire::nowNs);
        CompletableFuture<Link.Peer> opened = link.open();
        broker.welcome(features);
        get(opened);
        return link.branches();
    }

    @AfterEach
    void close() {
        link.close();
    }

    private static Fields row(Xid xid) {
        return new Fields.Builder().put("xid", xid.toString()).build();
    }

    @Test
    void prepareEndAndForgetAreAnswered() throws Exception {
        Branches branches = open(FrameLayout.XA);
        CompletableFuture<Void> prepared = branches.prepare(5, XID);
        CompletableFuture<Void> ended = branches.end(XID, true);
        CompletableFuture<Void> forgotten = branches.forget(OTHER);

        BranchFrame.Prepare prepare = broker.expect(BranchFrame.Prepare.class);
        BranchFrame.EndBranch end = broker.expect(BranchFrame.EndBranch.class);
        BranchFrame.ForgetBranch forget = broker.expect(BranchFrame.ForgetBranch.class);
        broker.tell(
                new BrokerFrame.Done(prepare.requestId()),
                new BrokerFrame.Failed(end.requestId(), ErrorCode.HEURISTIC_ROLLBACK, ""),
                new BrokerFrame.Failed(forget.requestId(), ErrorCode.NO_SUCH_TRANSACTION, ""));

        assertEquals(new BranchFrame.Prepare(prepare.requestId(), 5, XID), prepare);
        assertEquals(new BranchFrame.EndBranch(end.requestId(), XID, true), end);
        assertEquals(OTHER, forget.xid());
        get(prepared);
        assertFails(ErrorCode.HEURISTIC_ROLLBACK, ended);
        assertFails(ErrorCode.NO_SUCH_TRANSACTION, forgotten);
    }

    @Test
    void listsAllPages() throws Exception {
        CompletableFuture<List<Xid>> listed = open(FrameLayout.XA).list();

        BranchFrame.ListBranches first = broker.expect(BranchFrame.ListBranches.class);
        assertNull(first.after());
        broker.tell(new BrokerFrame.Managed(first.requestId(), List.of(row(XID)), "more"));
        BranchFrame.ListBranches second = broker.expect(BranchFrame.ListBranches.class);
        assertEquals("more", second.after());
        broker.tell(new BrokerFrame.Managed(second.requestId(), List.of(row(OTHER)), null));

        assertEquals(List.of(XID, OTHER), get(listed));
    }

    @Test
    void refusesPagesThatLeadNowhere() throws Exception {
        Branches branches = open(FrameLayout.XA);
        CompletableFuture<List<Xid>> listed = branches.list();
        int request = broker.expect(BranchFrame.ListBranches.class).requestId();
        broker.tell(new BrokerFrame.Managed(request, List.of(), "more"));
        request = broker.expect(BranchFrame.ListBranches.class).requestId();
        broker.tell(new BrokerFrame.Managed(request, List.of(row(XID)), "more"));

        assertFails(ErrorCode.PROTOCOL_VIOLATION, listed);
        CompletableFuture<List<Xid>> nameless = branches.list();
        request = broker.expect(BranchFrame.ListBranches.class).requestId();
        broker.tell(new BrokerFrame.Managed(request, List.of(Fields.NONE), null));
        assertFails(ErrorCode.MALFORMED, nameless);
    }

    @Test
    void anOlderBrokerIsNamedAndNeverAsked() throws Exception {
        WireException refused =
                assertThrows(WireException.class, () -> open(FrameLayout.MANAGEMENT));

        assertEquals(ErrorCode.NOT_SUPPORTED, refused.code());
        assertTrue(refused.getMessage().contains("scripted"), refused.getMessage());
        assertFails(ErrorCode.NOT_SUPPORTED, new FrameBranches(link).prepare(1, XID));
        link.unsubscribe("next");
        broker.expect(ClientFrame.Unsubscribe.class);
    }

    @Test
    void failsWithTheLink() throws Exception {
        Branches branches = open(FrameLayout.XA);
        CompletableFuture<Void> ended = branches.end(XID, false);
        broker.expect(BranchFrame.EndBranch.class);

        broker.tell(new BrokerFrame.Closing(ErrorCode.STOPPING, "bye"));

        assertFails(ErrorCode.CONNECTION_LOST, ended);
        assertFails(ErrorCode.CONNECTION_LOST, branches.prepare(1, XID));
    }
}
