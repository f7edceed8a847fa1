// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** What is prepared is kept until it is decided, whatever happens meanwhile. */
class PreparedTransactionTest {
    private static final Producer.Identity ALICE = new Producer.Identity("alice", 1, 2);
    private static final Producer.Identity BOB = new Producer.Identity("bob", 3, 4);
    private static final Xid XID = xid(1);

    private final CoreRig rig =
            new CoreRig(TestLimits.limits().preparedMax(3).transactionMemoryBytes(2000));

    /** What happens between the two phases. */
    enum Between {
        NOTHING,
        THE_CONNECTION_ENDS,
        A_CRASH,
        TWO_CRASHES,
        A_CRASH_AFTER_A_SNAPSHOT,
        AN_ORDERLY_RESTART
    }

    private static Xid xid(int number) {
        return new Xid(7, new byte[] {(byte) number}, new byte[] {1});
    }

    private TestClient after(Between between, TestClient client) {
        switch (between) {
            case NOTHING -> {
                return client;
            }
            case THE_CONNECTION_ENDS -> rig.leave(client);
            case A_CRASH -> rig.crash();
            case TWO_CRASHES -> {
                rig.crash();
                rig.crash();
            }
            case A_CRASH_AFTER_A_SNAPSHOT -> {
                rig.snapshot();
                rig.discardCovered();
                rig.crash();
            }
            case AN_ORDERLY_RESTART -> rig.restart();
        }
        return rig.connect(ALICE);
    }

    /** Takes a and b of three messages and sends x and y. */
    private TestClient prepared() {
        TestClient client = rig.connect(ALICE);
        client.send("in", "a", "b", "c");
        TestConsumer consumer = client.queue("in").credit(2).expect("a", "b");
        consumer.acceptIn(1, "a", "b");
        client.sendIn(1, "out", "x", "y");
        client.prepare(1, XID);
        return client;
    }

    private List<String> bodies(String queue) {
        TestClient client = rig.connect();
        List<String> bodies = client.queue(queue).credit(100).bodies();
        rig.leave(client);
        return bodies;
    }

    private long branch() {
        return rig.core().overview().branches(null, 1).rows().get(0).id();
    }

    private List<String> listed(TestClient client) {
        List<String> xids = new ArrayList<>();
        client.branches(null).rows().forEach(row -> xids.add(row.text("xid")));
        return xids;
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfItIsSeenBeforeItIsDecided(Between between) {
        after(between, prepared());

        assertEquals(List.of("c"), bodies("in"));
        assertEquals(List.of(), bodies("out"));
        assertEquals(3, rig.depth("in"));
    }

    @ParameterizedTest
    @EnumSource
    void aCommitSettlesAndSendsAll(Between between) {
        TestClient client = after(between, prepared());
        assertEquals(List.of(XID.toString()), listed(client));

        client.endBranch(XID, true);

        assertEquals(List.of("c"), bodies("in"));
        assertEquals(List.of("x", "y"), bodies("out"));
        assertEquals(List.of(), listed(client));
        assertEquals(0, rig.stagedBytes());
        rig.assertRecoversToTheSameState();
        rig.crash();
        assertEquals(List.of("x", "y"), bodies("out"));
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackGivesBackWhatWasAcceptedAtItsPlaceCounted(Between between) {
        TestClient client = after(between, prepared());

        client.endBranch(XID, false);

        TestConsumer consumer = rig.connect().queue("in").credit(10).expect("a", "b", "c");
        assertEquals(2, consumer.last("a").count());
        assertTrue(consumer.last("b").redelivered());
        assertEquals(List.of(), bodies("out"));
        assertEquals(0, rig.stagedBytes());
        rig.assertRecoversToTheSameState();
    }

    @ParameterizedTest
    @EnumSource
    void theSameStateIsRecovered(Between between) {
        after(between, prepared());

        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatIsDecidedIsNotKnownAnyMore() {
        TestClient client = prepared();
        client.endBranch(XID, true);

        client.expectEndFailed(ErrorCode.NO_SUCH_TRANSACTION, XID, true);
        client.expectEndFailed(ErrorCode.NO_SUCH_TRANSACTION, XID, false);
        client.commit(1);
        assertEquals(2, rig.depth("out"));
    }

    @Test
    void sendsThatWereStagedBeforeAreKeptAcrossACrash() {
        TestClient client = rig.connect(ALICE);
        client.sendIn(1, "q", message("x".repeat(1500)));
        client.sendIn(1, "q", message("y".repeat(1500)));
        client.sendIn(1, "q", message("z"));
        client.prepare(1, XID);

        TestClient again = after(Between.A_CRASH_AFTER_A_SNAPSHOT, client);
        again.endBranch(XID, true);

        assertEquals(List.of("x".repeat(1500), "y".repeat(1500), "z"), bodies("q"));
    }

    @Test
    void anotherTransactionOfTheConnectionGoesOn() {
        TestClient client = prepared();
        client.sendIn(2, "out", "z");
        client.commit(2);

        assertEquals(List.of("z"), bodies("out"));
        client.endBranch(XID, true);
        assertEquals(3, rig.depth("out"));
    }

    @Test
    void theConsumerGoesOnBesideWhatIsPrepared() {
        TestClient client = rig.connect(ALICE);
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");
        consumer.acceptIn(1, "a");
        client.prepare(1, XID);
        consumer.credit(1).expect("b");
        consumer.accept("b");

        client.endBranch(XID, false);

        consumer.credit(5).expect("a", "c");
    }

    @ParameterizedTest
    @EnumSource
    void askedAgainByTheSameClientItIsPreparedOnce(Between between) {
        if (between == Between.AN_ORDERLY_RESTART || between == Between.THE_CONNECTION_ENDS) {
            return;
        }
        TestClient client = prepared();
        after(between, client);

        TestClient again = rig.connect(ALICE, client);
        again.prepare(1, XID);

        assertEquals(List.of(XID.toString()), listed(again));
    }

    @Test
    void aTransactionThatWentWithItsConnectionIsNotPrepared() {
        TestClient client = rig.connect(ALICE);
        client.sendIn(1, "q", "a");
        rig.disconnect(client);

        TestClient again = rig.connect(ALICE, client);
        again.expectPrepareFailed(ErrorCode.NO_SUCH_TRANSACTION, 1, XID);

        assertEquals(List.of(), listed(again));
    }

    @Test
    void aNameIsUsedOnceAtATime() {
        TestClient client = prepared();
        client.send("in", "d");
        client.sendIn(2, "out", "z");

        client.expectPrepareFailed(ErrorCode.DUPLICATE_BRANCH, 2, XID);

        client.endBranch(XID, true);
        assertEquals(List.of("x", "y"), bodies("out"), "the second is rolled back");
        client.sendIn(3, "out", "z");
        client.prepare(3, XID);
        client.endBranch(XID, true);
        assertEquals(3, rig.depth("out"));
    }

    @Test
    void branchesOfDifferentUsersDoNotMeet() {
        TestClient alice = prepared();
        TestClient bob = rig.connect(BOB);
        bob.sendIn(1, "out", "z");
        bob.prepare(1, XID);

        bob.endBranch(XID, false);

        bob.expectEndFailed(ErrorCode.NO_SUCH_TRANSACTION, XID, true);
        assertEquals(List.of(), listed(bob));
        assertEquals(List.of(XID.toString()), listed(alice));
        alice.endBranch(XID, true);
    }

    @Test
    void whatIsDoomedIsNotPreparedAndGivesBackWhatItHas() {
        TestClient client = rig.connect(ALICE);
        client.send("in", "a");
        client.queue("in").credit(1).expect("a").acceptIn(1, "a");
        client.send(4711, 1, message("nowhere"));

        client.expectPrepareFailed(ErrorCode.TRANSACTION_DOOMED, 1, XID);

        rig.leave(client);
        rig.connect().queue("in").credit(1).expectRedelivered(true, 2);
    }

    @Test
    void afterACrashBranchesAreNotTakenForThoseOfBefore() {
        prepared();
        rig.crash();
        TestClient client = rig.connect(ALICE);
        client.sendIn(1, "out", "z");
        client.prepare(1, xid(2));

        client.endBranch(xid(2), true);

        assertEquals(List.of("z"), bodies("out"));
        assertEquals(List.of(XID.toString()), listed(client));
    }

    @Test
    void moreThanTheLimitAreRefused() {
        TestClient client = rig.connect(ALICE);
        for (int i = 1; i <= 3; i++) {
            client.sendIn(i, "q", "m" + i);
            client.prepare(i, xid(i));
        }
        client.sendIn(4, "q", "m4");

        client.expectPrepareFailed(ErrorCode.LIMIT_REACHED, 4, xid(4));

        client.endBranch(xid(2), true);
        client.sendIn(5, "q", "m5");
        client.prepare(5, xid(5));
        assertEquals(List.of("m2"), bodies("q"));
    }

    @Test
    void whatWasSentToATemporaryDestinationIsDeliveredWithTheCommit() {
        TestClient client = rig.connect(ALICE);
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        long partition = client.partition(DestinationKind.TEMPORARY_QUEUE, name);
        client.send(partition, 1, message("t"));
        client.prepare(1, XID);
        client.endBranch(XID, true);
        assertEquals(1, rig.core().overview().depth(DestinationKind.TEMPORARY_QUEUE, name));

        client.send(partition, 2, message("u"));
        client.prepare(2, XID);
        rig.crash();
        rig.connect(ALICE).endBranch(XID, true);
    }

    @Test
    void aQueueThatABranchNeedsIsNotDeleted() {
        TestClient client = prepared();
        client.consumers().forEach(TestConsumer::close);

        for (String queue : List.of("in", "out")) {
            client.manage(new Operation.Delete(DestinationKind.QUEUE, queue, true))
                    .expectFailed(ErrorCode.DESTINATION_IN_USE);
        }

        client.endBranch(XID, false);
        client.manage(new Operation.Delete(DestinationKind.QUEUE, "out", true)).expectDone(1);
    }

    @Test
    void whatAnOperatorHasDecidedIsToldUntilItIsForgotten() {
        TestClient client = prepared();
        client.manage(new Operation.EndBranch(branch(), true)).expectDone(1);
        assertEquals(List.of("x", "y"), bodies("out"));

        rig.crash();
        TestClient again = rig.connect(ALICE);
        assertEquals(List.of(XID.toString()), listed(again));
        again.expectEndFailed(ErrorCode.HEURISTIC_COMMIT, XID, false);
        again.expectEndFailed(ErrorCode.HEURISTIC_COMMIT, XID, true);
        rig.snapshot();
        rig.discardCovered();
        rig.crash();
        TestClient third = rig.connect(ALICE);
        assertNotNull(rig.core().overview().branches(null, 10).rows().get(0).ended());
        third.forgetBranch(XID);

        third.expectEndFailed(ErrorCode.NO_SUCH_TRANSACTION, XID, true);
        assertEquals(List.of(), listed(third));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void anOperatorRollsBackAndForgets() {
        TestClient client = prepared();
        long id = branch();
        client.manage(new Operation.EndBranch(branch(), false)).expectDone(1);

        client.expectEndFailed(ErrorCode.HEURISTIC_ROLLBACK, XID, true);
        client.manage(new Operation.ForgetBranch(id)).expectDone(1);

        client.expectEndFailed(ErrorCode.NO_SUCH_TRANSACTION, XID, true);
        client.manage(new Operation.ForgetBranch(id)).expectFailed(ErrorCode.NO_SUCH_TRANSACTION);
        assertEquals(List.of(), bodies("out"));
    }

    @Test
    void whatIsPreparedIsNotForgotten() {
        TestClient client = prepared();
        long id = branch();

        client.manage(new Operation.ForgetBranch(id)).expectFailed(ErrorCode.NO_SUCH_TRANSACTION);

        client.endBranch(XID, true);
    }

    @Test
    void operatorsSeeTheBranchesOfAllUsersInPages() {
        prepared();
        TestClient bob = rig.connect(BOB);
        bob.sendIn(1, "out", "z");
        bob.prepare(1, xid(2));

        Page<BranchStatus> first = rig.core().overview().branches(null, 1);
        Page<BranchStatus> second = rig.core().overview().branches(first.next(), 1);

        BranchStatus alice = first.rows().get(0);
        assertEquals("alice", alice.user());
        assertEquals(XID, alice.xid());
        assertEquals(2, alice.sends());
        assertEquals(2, alice.accepts());
        assertEquals(CoreRig.START_MS, alice.preparedMs());
        assertNull(alice.ended());
        assertEquals("bob", second.rows().get(0).user());
        assertNull(second.next());
    }

    @Test
    void aUsersListComesInPages() {
        CoreRig many = new CoreRig(TestLimits.limits());
        TestClient client = many.connect(ALICE);
        int count = BrokerFrame.Managed.ROWS_MAX + 1;
        for (int i = 1; i <= count; i++) {
            client.sendIn(i, "q", "m");
            client.prepare(i, new Xid(i, new byte[] {1}, new byte[0]));
        }

        BrokerFrame.Managed first = client.branches(null);
        BrokerFrame.Managed second = client.branches(first.next());

        assertEquals(BrokerFrame.Managed.ROWS_MAX, first.rows().size());
        assertEquals(1, second.rows().size());
        assertNull(second.next());
        assertFalse(first.rows().contains(second.rows().get(0)));
    }
}
