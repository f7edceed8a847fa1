// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestOperation.queue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.DestinationKind;

/** Large messages that a manager moves, piece by piece. */
class LargeMoveTest {
    private static final int PIECE = 40;
    private static final String LARGE = "a large message: ".repeat(8);
    private static final String OTHER = "another large one ".repeat(5);

    private static CoreRig rig() {
        return new CoreRig(TestLimits.limits().recordBytesMax(100).transactionMemoryBytes(300));
    }

    @Test
    void areMovedWholeAmongOthersAndInOrder() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.sendLarge("q", PIECE, message(LARGE));
        client.sendLarge("q", PIECE, message(OTHER));
        client.send("q", "b");

        client.manage(new Operation.Move(queue("q"), "to")).expectDone(4);

        assertEquals(0, rig.stagedBytes());
        assertEquals(0, rig.depth("q"));
        rig.assertRecoversToTheSameState();
        client.queue("to").credit(9).expect("a", LARGE, OTHER, "b");
    }

    @Test
    void aConsumerThatTakesOneHalfWayHasItAlone() {
        for (int steps = 1; steps < 40; steps++) {
            CoreRig rig = rig();
            TestClient client = rig.connect();
            client.sendLarge("q", PIECE, message(LARGE));
            TestConsumer consumer = client.queue("q");
            rig.hold();
            TestOperation move = client.manage(new Operation.Move(queue("q"), "to"));
            for (int i = 0; i < steps; i++) {
                rig.step();
            }
            consumer.credit(1);
            rig.run();

            Outcome outcome = move.outcome();
            assertEquals(1, outcome.done() + outcome.held(), outcome.toString());
            assertEquals(outcome.done(), rig.depth("to"));
            assertEquals(outcome.held(), consumer.receivedCount());
            assertEquals(0, rig.stagedBytes());
            rig.assertRecoversToTheSameState();
        }
    }

    @Test
    void oneThatIsPurgedHalfWayCountsAsPurgedOnly() {
        int amid = 0;
        for (int steps = 1; steps < 40; steps++) {
            CoreRig rig = rig();
            TestClient client = rig.connect();
            client.sendLarge("q", PIECE, message(LARGE));
            rig.hold();
            TestOperation move = client.manage(new Operation.Move(queue("q"), "to"));
            for (int i = 0; i < steps; i++) {
                rig.step();
            }
            amid += rig.stagedBytes() > 0 ? 1 : 0;
            TestOperation purge = rig.connect().manage(new Operation.Purge(queue("q")));
            rig.run();

            long moved = move.outcome().done();
            assertEquals(1, moved + purge.outcome().done(), "after " + steps + " steps");
            assertEquals(moved, rig.depth("to"));
            assertEquals(0, rig.depth("q"));
            assertEquals(0, rig.stagedBytes());
        }
        assertTrue(amid > 0);
    }

    @Test
    void whereverACrashComesTheMessageIsInOneOfTheTwoQueues() {
        boolean before = false;
        boolean after = false;
        for (int steps = 0; steps < 40; steps++) {
            CoreRig rig = rig();
            TestClient client = rig.connect();
            client.sendLarge("q", PIECE, message(LARGE));
            rig.hold();
            client.manage(new Operation.Move(queue("q"), "to"));
            for (int i = 0; i < steps; i++) {
                rig.step();
            }
            rig.crash();
            rig.run();

            assertEquals(1, rig.depth("q") + rig.depth("to"));
            before |= rig.depth("q") == 1;
            after |= rig.depth("to") == 1;
            rig.connect().queue(rig.depth("q") == 1 ? "q" : "to").credit(1).expect(LARGE);
        }
        assertTrue(before && after, "the crashes did not surround the move");
    }

    @Test
    void aTargetThatIsDeletedHalfWayLosesNothing() {
        for (int steps = 1; steps < 40; steps++) {
            CoreRig rig = rig();
            TestClient client = rig.connect();
            client.sendLarge("q", PIECE, message(LARGE));
            client.partition(DestinationKind.QUEUE, "to");
            rig.hold();
            TestOperation move = client.manage(new Operation.Move(queue("q"), "to"));
            for (int i = 0; i < steps; i++) {
                rig.step();
            }
            TestOperation delete =
                    client.manage(new Operation.Delete(DestinationKind.QUEUE, "to", false));
            rig.run();

            if (rig.depth("to") == 1) {
                move.expectDone(1);
                delete.expectFailed(ErrorCode.DESTINATION_IN_USE);
            } else {
                delete.expectDone(1);
                move.expectFailed(ErrorCode.NO_SUCH_DESTINATION);
                assertEquals(1, rig.depth("q"));
                client.queue("q").credit(1).expect(LARGE);
            }
            assertEquals(0, rig.stagedBytes());
        }
    }

    @Test
    void deadLettersMeetNoDeletedQueue() {
        for (int steps = 0; steps < 30; steps++) {
            CoreRig rig = rig();
            TestClient client = rig.connect();
            client.sendLarge("q", PIECE, message(LARGE));
            client.partition(DestinationKind.QUEUE, "DLQ.q");
            TestConsumer consumer = client.queue("q").credit(1).expect(LARGE);
            rig.hold();
            consumer.fail(LARGE);
            for (int i = 0; i < steps; i++) {
                rig.step();
            }
            TestOperation delete =
                    client.manage(new Operation.Delete(DestinationKind.QUEUE, "DLQ.q", false));
            rig.run();
            if (delete.isAnswered()) {
                assertEquals(1, rig.depth("q") + rig.depth("DLQ.q"));
            }
            client.queue("DLQ.q").credit(1).expect(LARGE);
        }
    }
}
