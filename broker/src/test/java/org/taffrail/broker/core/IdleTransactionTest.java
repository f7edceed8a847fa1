// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;

/** A transaction in which nothing is done is not kept for ever. */
class IdleTransactionTest {
    private static final long IDLE_MS = 1000;
    private static final Xid XID = new Xid(1, new byte[] {1}, new byte[0]);

    private final CoreRig rig =
            new CoreRig(
                    TestLimits.limits().transactionIdleMs(IDLE_MS).transactionMemoryBytes(2000));
    private final TestClient client = rig.connect();

    /** Takes a message, and sends one that is staged and one that is not. */
    private TestConsumer begin() {
        client.send("in", "a", "b");
        TestConsumer consumer = client.queue("in").credit(1).expect("a");
        consumer.acceptIn(1, "a");
        client.sendIn(1, "out", message("x".repeat(3000)));
        client.sendIn(1, "out", "y");
        return consumer;
    }

    private void expectCommitFailed() {
        BrokerFrame answer = client.ask(new ClientFrame.Commit(client.nextRequest(), 1));
        BrokerFrame.Failed failed = assertInstanceOf(BrokerFrame.Failed.class, answer);
        assertEquals(ErrorCode.TRANSACTION_DOOMED, failed.code());
        assertTrue(failed.detail().contains("TRANSACTION_IDLE"), failed.detail());
        assertTrue(failed.detail().contains("limits.transactionIdleMs"), failed.detail());
    }

    @Test
    void whatItHasIsGivenBackAndItsCommitFails() {
        begin();
        assertTrue(rig.stagedBytes() > 0);

        rig.advance(IDLE_MS);

        assertEquals(0, rig.stagedBytes());
        rig.connect().queue("in").credit(5).expect("a", "b").expectRedelivered(false, 1);
        expectCommitFailed();
        assertEquals(0, rig.depth("out"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatIsUsedIsNotIdle() {
        TestConsumer consumer = begin();
        rig.advance(IDLE_MS - 1);
        client.sendIn(1, "out", "z");
        rig.advance(IDLE_MS - 1);
        consumer.credit(1).expect("b");
        consumer.acceptIn(1, "b");
        rig.advance(IDLE_MS - 1);

        client.commit(1);

        assertEquals(3, rig.depth("out"));
        assertEquals(0, rig.depth("in"));
        rig.advance(IDLE_MS);
        assertEquals(3, rig.depth("out"));
    }

    @Test
    void whatFollowsInItIsRefusedUntilItIsRolledBack() {
        TestConsumer consumer = begin();
        rig.advance(IDLE_MS);

        client.sendIn(1, "out", "z");
        client.expectRefused(ErrorCode.TRANSACTION_DOOMED);
        consumer.credit(1).expect("a");
        consumer.acceptIn(1, "a");
        client.rollback(1);
        client.sendIn(2, "out", "z");
        client.commit(2);

        assertEquals(1, rig.depth("out"));
        assertEquals(2, rig.depth("in"));
    }

    @Test
    void whatIsAcceptedInItAfterwardsIsGivenBackAsWell() {
        TestConsumer consumer = begin();
        rig.advance(IDLE_MS);
        consumer.credit(1).expect("a");
        consumer.acceptIn(1, "a");

        rig.advance(IDLE_MS);

        rig.connect().queue("in").credit(5).expect("a", "b");
        expectCommitFailed();
    }

    @Test
    void whatIsPreparedIsKept() {
        begin();
        client.prepare(1, XID);

        rig.advance(100 * IDLE_MS);
        client.endBranch(XID, true);

        assertEquals(2, rig.depth("out"));
        assertEquals(1, rig.depth("in"));
    }

    @Test
    void oneOfAConnectionThatHasEndedIsNotUndoneTwice() {
        begin();
        rig.disconnect(client);

        rig.advance(IDLE_MS);

        rig.connect().queue("in").credit(5).expect("a", "b").expectRedelivered(false, 1);
    }

    @Test
    void otherwiseItIsKept() {
        CoreRig patient = new CoreRig(TestLimits.limits());
        TestClient other = patient.connect();
        other.sendIn(1, "out", "x");

        patient.advance(365L * 86_400_000);
        other.commit(1);

        assertEquals(1, patient.depth("out"));
    }
}
