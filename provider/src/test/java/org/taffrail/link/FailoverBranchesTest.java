// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.BranchesTest.XID;
import static org.taffrail.link.LinkHarness.assertCode;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.link.failover.FailoverLink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What becomes of branches when the connection is lost, with brokers that the test plays. */
@Timeout(60)
class FailoverBranchesTest extends FailoverLinkFixture {
    private long work(ScriptedBroker broker) {
        long transaction = link.newTransaction();
        link.send(transaction, Runs.run(1, 1), outcomes.named("a"));
        expectSend(broker, transaction, "a");
        return transaction;
    }

    @Test
    void asksAgainForAPrepareWhoseAnswerWasLost() throws Exception {
        ScriptedBroker broker = open();
        long first = work(broker);
        long second = work(broker);
        CompletableFuture<Void> prepared = link.branches().prepare(first, XID);
        CompletableFuture<Void> refused = link.branches().prepare(second, XID);
        broker.expect(BranchFrame.Prepare.class);
        broker.expect(BranchFrame.Prepare.class);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        BranchFrame.Prepare again = other.expect(BranchFrame.Prepare.class);
        BranchFrame.Prepare ofSecond = other.expect(BranchFrame.Prepare.class);
        other.tell(
                new BrokerFrame.Done(again.requestId()),
                new BrokerFrame.Failed(
                        ofSecond.requestId(), ErrorCode.NO_SUCH_TRANSACTION, "rolled back"));

        assertEquals(new BranchFrame.Prepare(again.requestId(), first, XID), again);
        get(prepared);
        assertFails(ErrorCode.NO_SUCH_TRANSACTION, refused);
    }

    @ParameterizedTest
    @EnumSource(
            value = Recognition.class,
            names = {"FORGOTTEN", "NOTHING_LASTING"})
    void rollsBackWhatABrokerHasForgottenThatItPrepared(Recognition recognition) throws Exception {
        ScriptedBroker broker = open();
        CompletableFuture<Void> prepared = link.branches().prepare(work(broker), XID);
        broker.expect(BranchFrame.Prepare.class);

        ScriptedBroker other = lose(broker, recognition);
        BranchFrame.EndBranch rollback = other.expect(BranchFrame.EndBranch.class);
        other.tell(new BrokerFrame.Failed(rollback.requestId(), ErrorCode.NO_SUCH_TRANSACTION, ""));

        assertEquals(new BranchFrame.EndBranch(rollback.requestId(), XID, false), rollback);
        assertFails(ErrorCode.TRANSACTION_DOOMED, prepared);
    }

    @Test
    void doesNotPrepareWhatWentWithItsConnection() throws Exception {
        ScriptedBroker broker = open();
        long transaction = work(broker);
        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        expectRestored();

        assertFails(ErrorCode.TRANSACTION_DOOMED, link.branches().prepare(transaction, XID));
        assertTrue(other.silent());
    }

    @Test
    void anEndThatIsNotThereTheSecondTimeWasDone() throws Exception {
        ScriptedBroker broker = open();
        CompletableFuture<Void> committed = link.branches().end(XID, true);
        CompletableFuture<Void> forgotten = link.branches().forget(XID);
        broker.expect(BranchFrame.EndBranch.class);
        broker.expect(BranchFrame.ForgetBranch.class);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        BranchFrame.EndBranch again = other.expect(BranchFrame.EndBranch.class);
        int forget = other.expect(BranchFrame.ForgetBranch.class).requestId();
        other.tell(
                new BrokerFrame.Failed(again.requestId(), ErrorCode.NO_SUCH_TRANSACTION, ""),
                new BrokerFrame.Failed(forget, ErrorCode.NO_SUCH_TRANSACTION, ""));

        assertEquals(new BranchFrame.EndBranch(again.requestId(), XID, true), again);
        get(committed);
        get(forgotten);
    }

    @Test
    void anEndThatIsNotThereTheFirstTimeFails() throws Exception {
        ScriptedBroker broker = open();
        CompletableFuture<Void> committed = link.branches().end(XID, true);
        int request = broker.expect(BranchFrame.EndBranch.class).requestId();
        broker.tell(new BrokerFrame.Failed(request, ErrorCode.NO_SUCH_TRANSACTION, ""));

        assertFails(ErrorCode.NO_SUCH_TRANSACTION, committed);
    }

    @Test
    void asksAgainForTheBranches() throws Exception {
        ScriptedBroker broker = open();
        CompletableFuture<List<Xid>> listed = link.branches().list();
        broker.expect(BranchFrame.ListBranches.class);

        ScriptedBroker other = lose(broker, Recognition.KNOWN);
        int request = other.expect(BranchFrame.ListBranches.class).requestId();
        other.tell(new BrokerFrame.Managed(request, List.of(), null));

        assertEquals(List.of(), get(listed));
    }

    @Test
    void anOlderBrokerHasNoBranches() throws Exception {
        link = new FailoverLink(new Reached(), policy(20_000), listener);
        CompletableFuture<Link.Peer> opened = link.open();
        LinkHarness.next(reached).welcome(0);
        get(opened);

        assertCode(
                ErrorCode.NOT_SUPPORTED, assertThrows(WireException.class, () -> link.branches()));
    }
}
