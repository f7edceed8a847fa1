// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

/** All that holds of transactions holds of those that memory can't keep, and more. */
class StagedTransactionTest extends TransactionTest {
    @Override
    TestLimits limits() {
        return super.limits().transactionMemoryBytes(1);
    }

    @Test
    void whatIsSentStandsInTheOrderInWhichItWasSent() {
        CoreRig rig = new CoreRig(limits().transactionMemoryBytes(250));
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a", "b", "c", "d", "e");
        assertTrue(rig.stagedBytes() > 250, rig.stagedBytes() + " bytes are staged");

        client.commit(1);
        client.send("q", "f");

        client.queue("q").credit(9).expect("a", "b", "c", "d", "e", "f");
        assertEquals(0, rig.stagedBytes());
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aRollbackAndTheEndOfAConnectionGiveUpWhatIsStaged() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a");
        client.sendIn(2, "q", "b");
        assertTrue(rig.stagedBytes() > 0);

        client.rollback(1);
        client.disconnect();

        assertEquals(0, rig.stagedBytes());
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void aDoomedTransactionGivesUpWhatIsStaged() {
        CoreRig rig = new CoreRig(limits().transactionSendsMax(2));
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a", "b");
        client.sendIn(1, "q", "c");
        client.expectRefused(ErrorCode.TRANSACTION_TOO_LARGE);

        client.expectFailed(
                ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(client.nextRequest(), 1));

        assertEquals(0, rig.stagedBytes());
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void allTransactionsTogetherStageNoMoreThanIsAllowed() {
        CoreRig rig = new CoreRig(limits().stagedBytesMax(250));
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a");
        client.sendIn(2, "q", "b");
        client.sendIn(3, "q", "c");
        client.expectRefused(ErrorCode.NO_ROOM);

        client.commit(1);
        client.rollback(2);
        client.sendIn(4, "q", "d");
        client.commit(4);

        client.expectNoRefusal();
        client.queue("q").credit(9).expect("a", "d");
    }

    @Test
    void messagesToATemporaryQueueAreNeverStaged() {
        CoreRig rig = new CoreRig(limits().volatileBytesMax(250));
        TestClient client = rig.connect();
        BrokerFrame.Resolved queue = client.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        TestConsumer consumer = client.queue(queue.name()).credit(9);
        long partition = queue.partition();
        client.send(partition, 1, Message.message("a"));
        client.sendIn(1, "q", "b");
        client.send(partition, 1, Message.message("c"));
        client.expectNoRefusal();
        client.send(partition, 2, Message.message("d"));
        client.send(partition, 2, Message.message("e"));
        client.send(partition, 2, Message.message("f"));
        client.expectRefused(ErrorCode.NO_ROOM);

        client.commit(1);

        consumer.expect("a", "c");
        assertEquals(1, rig.depth("q"));
    }

    @Test
    void oneTransactionTooManyEndsTheConnection() {
        CoreRig rig = new CoreRig(limits().transactionsMax(2));
        TestClient client = rig.connect();
        client.sendIn(1, "q", "a");
        client.sendIn(2, "q", "b");
        client.sendIn(1, "q", "c");

        WireException refused = assertThrows(WireException.class, () -> client.sendIn(3, "q", "d"));

        assertEquals(ErrorCode.LIMIT_REACHED, refused.code());
    }
}
