// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** Messages of more than one record, with parts so small that they need little text. */
class LargeMessageTest {
    /** Eight bytes of the body in each part. */
    private static final int PIECE = 40;

    private static final String LARGE = "a large message: ".repeat(8);
    private static final String OTHER = "another large one ".repeat(5);

    private static TestLimits limits() {
        return TestLimits.limits().recordBytesMax(100).transactionMemoryBytes(300);
    }

    private static CoreRig rig() {
        return new CoreRig(limits());
    }

    @Test
    void comesAsOneMessageAmongOthersAndInOrder() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "before");
        client.sendLarge("q", PIECE, message(LARGE));
        client.send("q", "after");

        assertEquals(3, rig.depth("q"));
        TestConsumer consumer = client.queue("q").credit(10);
        consumer.expect("before", LARGE, "after");
        consumer.accept("before", LARGE, "after");
        assertEquals(0, rig.depth("q"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void comesToAConsumerThatWaitsForIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.queue("q").credit(10);
        client.sendLarge("q", PIECE, message(LARGE));
        client.sendLarge("q", PIECE, message(OTHER));
        consumer.expect(LARGE, OTHER);
    }

    @Test
    void isNobodysUntilItsTransactionCommits() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer consumer = client.queue("q").credit(10);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.sendIn(1, "q", "small");
        client.sendPieces(partition, 1, message(LARGE).parts(PIECE));
        client.sendPieces(partition, 2, message(OTHER).parts(PIECE));
        consumer.expectNothing();
        assertTrue(rig.stagedBytes() > 0);

        client.rollback(2);
        client.commit(1);

        consumer.expect("small", LARGE);
        client.expectNoRefusal();
        assertEquals(0, rig.stagedBytes());
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aCrashOrTheEndOfTheConnectionHalfWayLeavesNothing() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        for (int piece = 0; piece < 5; piece++) {
            client.sendPiece(partition, 1, message(LARGE).parts(PIECE), piece);
        }
        client.disconnect();
        assertEquals(0, rig.stagedBytes());
        client = rig.connect();
        for (int piece = 0; piece < 5; piece++) {
            client.sendPiece(partition, 1, message(LARGE).parts(PIECE), piece);
        }
        rig.crash();
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void piecesOutsideATransactionAreRefused() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        for (int piece = 0; piece < 2; piece++) {
            client.sendPiece(partition, 0, message(LARGE).parts(PIECE), piece);
            client.expectRefused(ErrorCode.PROTOCOL_VIOLATION);
        }
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void anIncompleteMessageDoesNotCommit() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.sendIn(1, "q", "small");
        for (int piece = 0; piece < 5; piece++) {
            client.sendPiece(partition, 1, message(LARGE).parts(PIECE), piece);
        }
        client.expectNoRefusal();
        client.expectFailed(
                ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(client.nextRequest(), 1));
        assertEquals(0, rig.depth("q"));
        assertEquals(0, rig.stagedBytes());
    }

    @Test
    void whatIsNotTheNextPartIsRefusedAndDoomsTheTransaction() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        long elsewhere = client.partition(DestinationKind.QUEUE, "r");
        Message large = message(LARGE);
        int last = large.parts(PIECE).pieces() - 1;
        List<Runnable> wrong =
                List.of(
                        () -> client.sendIn(1, "q", "a message between"),
                        () -> client.sendPiece(partition, 1, large.parts(PIECE), 0),
                        () -> client.sendPiece(elsewhere, 1, large.parts(PIECE), 1),
                        () -> client.sendPiece(partition, 1, message(OTHER).parts(PIECE), 1));
        for (Runnable each : wrong) {
            client.sendPiece(partition, 1, large.parts(PIECE), 0);
            each.run();
            client.expectRefused(ErrorCode.PROTOCOL_VIOLATION);
            client.expectFailed(
                    ErrorCode.TRANSACTION_DOOMED, new ClientFrame.Commit(client.nextRequest(), 1));
        }
        client.sendPiece(partition, 1, large.parts(PIECE), last);
        client.expectRefused(ErrorCode.PROTOCOL_VIOLATION);
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void tooLargeIsRefusedWithTheHead() {
        CoreRig rig = new CoreRig(limits().messageBytesMax(32 + LARGE.length()));
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE));
        assertEquals(1, rig.depth("q"));

        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.sendPiece(partition, 1, message(LARGE + "!").parts(PIECE), 0);

        client.expectRefused(ErrorCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void aRecordBeyondTheLargestMustComeInParts() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", LARGE);
        client.expectRefused(ErrorCode.MESSAGE_TOO_LARGE);
        client.sendLarge("q", 100, message(LARGE));
        assertEquals(1, rig.depth("q"));
    }

    @Test
    void crumbsAreRefusedForTheyWouldCostMoreThanTheyHold() {
        CoreRig rig = new CoreRig(limits().recordBytesMax(1000));
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.sendPiece(partition, 1, message(LARGE).parts(PIECE), 0);
        client.expectRefused(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void theWholeSizeIsReservedWithTheHead() {
        int size = 0;
        for (int limit : new int[] {500, 5000}) {
            CoreRig rig = new CoreRig(limits().transactionBytesMax(limit));
            TestClient client = rig.connect();
            long partition = client.partition(DestinationKind.QUEUE, "q");
            client.sendPiece(partition, 1, message(LARGE).parts(PIECE), 0);
            if (limit == 500) {
                client.expectRefused(ErrorCode.TRANSACTION_TOO_LARGE);
            } else {
                client.expectNoRefusal();
                size++;
            }
        }
        assertEquals(1, size);
        CoreRig rig = new CoreRig(limits().stagedBytesMax(3000));
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.sendPiece(partition, 1, message(LARGE).parts(PIECE), 0);
        client.expectNoRefusal();
        client.sendPiece(partition, 2, message(LARGE).parts(PIECE), 0);
        client.expectRefused(ErrorCode.NO_ROOM);
        client.rollback(1);
        client.rollback(2);
        client.sendLarge("q", PIECE, message(LARGE));
        client.sendLarge("q", PIECE, message(LARGE));
        client.expectNoRefusal();
        assertEquals(2, rig.depth("q"));
    }

    @Test
    void itsBytesAreNeededUntilEveryGroupHasSettledIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer first = client.durable("t", "s1").credit(5);
        TestConsumer second = client.durable("t", "s2").credit(5);
        long partition = client.partition(DestinationKind.TOPIC, "t");
        client.sendLarge(partition, PIECE, message(LARGE));
        client.publish("t", "next");
        first.expect(LARGE, "next");
        second.expect(LARGE, "next");
        int parts = message(LARGE).parts(PIECE).pieces() - 1;

        first.accept(LARGE);
        assertTrue(rig.core().needs(partition, 1, 1));
        assertTrue(rig.core().needs(partition, parts, parts));
        first.accept("next");
        second.accept("next");
        assertFalse(rig.core().needs(partition, parts + 1, parts + 1));
        second.accept(LARGE);

        assertFalse(rig.core().needs(partition, 0, parts));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aSubscriptionThatEndsNeedsItNoLonger() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "s");
        long partition = client.partition(DestinationKind.TOPIC, "t");
        client.sendLarge(partition, PIECE, message(LARGE));
        assertTrue(rig.core().needs(partition, 3, 3));
        consumer.close();
        client.unsubscribe("s");
        assertFalse(rig.core().needs(partition, 0, 100));
    }

    @Test
    void aStartFromASnapshotStillHasAllOfIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", "before");
        client.sendLarge("q", PIECE, message(LARGE));
        client.sendLarge("q", PIECE, message(OTHER));
        client.queue("q").credit(1).expect("before").accept("before");
        rig.snapshot();
        rig.discardCovered();
        rig.crash();
        rig.assertRecoversToTheSameState();

        TestConsumer consumer = rig.connect().queue("q").credit(2);
        consumer.expect(LARGE, OTHER);
        consumer.accept(LARGE);
        rig.snapshot();
        rig.discardCovered();
        rig.crash();

        rig.connect().queue("q").credit(9).expect(OTHER);
    }

    @Test
    void comesAgainWholeAfterARollbackAndACrash() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE));
        TestConsumer consumer = client.queue("q").credit(3);
        consumer.expect(LARGE).expectRedelivered(false, 1);
        consumer.releaseSeen(LARGE);
        consumer.expect(LARGE).expectRedelivered(true, 2);
        rig.crash();
        rig.connect().queue("q").credit(3).expect(LARGE).expectRedelivered(true, 2);
    }

    @Test
    void nonPersistentIsGoneAfterARestart() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE).nonPersistent());
        client.sendLarge("q", PIECE, message(OTHER));
        client.queue("q").credit(3).expect(LARGE, OTHER);
        rig.assertRecoversToTheSameState();
        rig.crash();
        rig.connect().queue("q").credit(3).expect(OTHER);
    }

    @Test
    void selectorsPriorityDelayAndExpiryCountForTheWhole() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendLarge("q", 90, message(LARGE).property("colour", "red"));
        client.sendLarge("q", 90, message(OTHER).property("colour", "blue").priority(9));
        client.sendLarge("q", PIECE, message("late".repeat(40)).notBefore(rig.nowMs + 500));
        client.sendLarge("q", PIECE, message("dead".repeat(40)).expiresAt(rig.nowMs + 100));
        client.queue("q", "colour = 'red'").credit(5).expect(LARGE);
        rig.advance(200);
        TestConsumer rest = client.queue("q").credit(5).expect(OTHER);
        rig.advance(400);
        rest.expect("late".repeat(40));
        rig.advance(2000);
        rest.accept(OTHER, "late".repeat(40));
        assertEquals(1, rig.depth("q"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void countsWholeAgainstCreditAndAloneMayExceedIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE));
        client.sendLarge("q", PIECE, message(OTHER));
        TestConsumer consumer = client.queue("q").credit(5, 1).expect(LARGE);
        consumer.credit(0, LARGE.length() + 30).expectNothing();
        consumer.credit(0, 2).expect(OTHER);
    }

    @Test
    void temporaryDestinationsHoldItInMemoryUnderTheirLimit() {
        CoreRig rig = new CoreRig(limits().volatileBytesMax(3000));
        TestClient client = rig.connect();
        BrokerFrame.Resolved temporary = client.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        long partition = temporary.partition();
        client.sendLarge(partition, PIECE, message(LARGE));
        client.sendPiece(partition, 9, message(LARGE).parts(PIECE), 0);
        client.expectRefused(ErrorCode.NO_ROOM);

        TestConsumer consumer =
                client.attach(
                        Source.QUEUE,
                        DestinationKind.TEMPORARY_QUEUE,
                        temporary.name(),
                        null,
                        null,
                        false);
        consumer.credit(5).expect(LARGE).accept(LARGE);

        client.sendLarge(partition, PIECE, message(OTHER));
        consumer.expect(OTHER);
        assertEquals(0, rig.loadsAsked());
    }

    @Test
    void fallsToTheDeadLettersWholeWithItsSettlementInOneBatch() {
        CoreRig rig = new CoreRig(limits().deliveriesMax(1));
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE).property("p", 1));
        client.send("q", "small");
        TestConsumer consumer = client.queue("q").credit(5).expect(LARGE, "small");

        consumer.releaseSeen(LARGE, "small");

        assertEquals(0, rig.depth("q"));
        assertEquals(0, rig.stagedBytes());
        rig.assertRecoversToTheSameState();
        TestConsumer dead = client.queue("DLQ.q").credit(5).expect(LARGE, "small");
        assertEquals("q", dead.last(LARGE).property("JMS_TAFFRAIL_ORIGIN"));
        assertEquals(1, dead.last(LARGE).property("p"));
        rig.crash();
        rig.connect().queue("DLQ.q").credit(5).expect(LARGE, "small");
    }
}
