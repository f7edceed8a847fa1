// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** What is remembered of a client whose connection was lost. */
class ResumptionTest {
    private static final Producer.Identity ALICE = new Producer.Identity("alice", 1, 2);
    private static final int TOO_LARGE = 2000;

    private final CoreRig rig = new CoreRig(TestLimits.limits().messageBytesMax(1000));

    /** How the connection is lost. */
    enum Loss {
        /** The broker has not heard of it. */
        UNHEARD,
        HEARD,
        CRASH,
        CRASH_AFTER_A_SNAPSHOT,
        TWO_CRASHES
    }

    private TestClient lose(TestClient client, Loss loss) {
        switch (loss) {
            case HEARD -> rig.disconnect(client);
            case CRASH -> rig.crash();
            case CRASH_AFTER_A_SNAPSHOT -> {
                rig.snapshot();
                rig.discardCovered();
                rig.crash();
            }
            case TWO_CRASHES -> {
                rig.crash();
                rig.crash();
            }
            default -> {}
        }
        return rig.connect(ALICE, client);
    }

    private List<String> inQueue() {
        TestConsumer consumer = rig.connect().queue("q");
        consumer.credit(100);
        return consumer.bodies();
    }

    private static void expectOutcome(ErrorCode code, TestClient client, long transaction) {
        BrokerFrame answer = client.outcome(transaction);
        assertEquals(code, assertInstanceOf(BrokerFrame.Failed.class, answer).code());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentAgainIsConfirmedAgainAndStandsInTheLogOnce(Loss loss) {
        TestClient client = rig.connect(ALICE);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.send("q", "a");
        client.send("q", "b");

        TestClient again = lose(client, loss);
        again.sendAs(1, partition, 0, message("a"));
        again.sendAs(2, partition, 0, message("b"));
        again.expectConfirmed(2);
        again.send("q", "c");
        again.expectConfirmed(3);

        assertEquals(client.producer, again.producer);
        assertEquals(List.of("a", "b", "c"), inQueue());
    }

    @Test
    void aRefusalIsKnownAfterACrashThoughATransactionWasCommittedSince() {
        TestClient client = rig.connect(ALICE);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.send("q", message("x".repeat(TOO_LARGE)));
        client.expectRefused(ErrorCode.MESSAGE_TOO_LARGE);
        client.sendIn(1, "q", "a");
        client.commit(1);

        TestClient again = lose(client, Loss.CRASH);
        again.sendAs(1, partition, 0, message("x".repeat(TOO_LARGE)));

        again.expectRefused(ErrorCode.REFUSED_BEFORE);
    }

    @Test
    void whatNeverArrivedIsDecidedWhenItComesAgain() {
        TestClient client = rig.connect(ALICE);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.send("q", "a");
        client.nextSequence(5);

        TestClient again = lose(client, Loss.HEARD);
        again.sendAs(1, partition, 0, message("a"));
        // the second was of a transaction
        again.sendAs(3, partition, 0, message("c"));
        again.sendAs(4, partition, 0, message("d"));
        again.send("q", "e");

        assertEquals(List.of("a", "c", "d", "e"), inQueue());
    }

    @Test
    void whatComesAgainOutOfItsOrderIsRefused() {
        TestClient client = rig.connect(ALICE);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.send("q", "a", "b", "c");

        TestClient again = lose(client, Loss.HEARD);
        again.sendAs(2, partition, 0, message("b"));
        assertThrows(WireException.class, () -> again.sendAs(1, partition, 0, message("a")));
        TestClient third = rig.connect(ALICE, again);
        third.send("q", "d");
        assertThrows(WireException.class, () -> third.sendAs(3, partition, 0, message("c")));
        TestClient fourth = rig.connect(ALICE, third);
        assertThrows(WireException.class, () -> fourth.sendAs(3, partition, 9, message("c")));
    }

    @ParameterizedTest
    @EnumSource
    void aSendThatWasRefusedIsRefusedAgainWhereALaterOneIsInTheLog(Loss loss) {
        TestClient client = rig.connect(ALICE);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.send("q", "a");
        client.send("q", message("x".repeat(TOO_LARGE)));
        client.expectRefused(ErrorCode.MESSAGE_TOO_LARGE);
        client.send("q", "c");

        TestClient again = lose(client, loss);
        again.sendAs(1, partition, 0, message("a"));
        again.sendAs(2, partition, 0, message("now it would fit"));
        boolean live = loss == Loss.UNHEARD || loss == Loss.HEARD;
        again.expectRefused(live ? ErrorCode.MESSAGE_TOO_LARGE : ErrorCode.REFUSED_BEFORE);
        again.sendAs(3, partition, 0, message("c"));

        assertEquals(List.of("a", "c"), inQueue());
    }

    @ParameterizedTest
    @EnumSource
    void aNonPersistentMessageIsNeverThereTwice(Loss loss) {
        TestClient client = rig.connect(ALICE);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        TestConsumer consumer = rig.connect().queue("q");
        consumer.credit(10);
        client.send("other", "persistent");
        client.send("q", message("a").nonPersistent());
        assertEquals(List.of("a"), consumer.bodies());
        client.nextSequence(4);

        TestClient again = lose(client, loss);
        again.sendAs(2, partition, 0, message("a").nonPersistent());
        again.sendAs(3, partition, 0, message("b").nonPersistent());
        again.expectConfirmed(3);
        again.send("q", message("c").nonPersistent());

        boolean live = loss == Loss.UNHEARD || loss == Loss.HEARD;
        if (live) {
            assertEquals(List.of("a", "b", "c"), consumer.bodies());
        } else {
            assertEquals(List.of("c"), inQueue());
        }
    }

    @Test
    void aRefusalThatACrashHasTakenIsDecidedAnew() {
        TestClient client = rig.connect(ALICE);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        client.send("q", "a");
        client.send("q", message("x".repeat(TOO_LARGE)));
        client.expectRefused(ErrorCode.MESSAGE_TOO_LARGE);

        TestClient again = lose(client, Loss.CRASH);
        again.sendAs(1, partition, 0, message("a"));
        again.sendAs(2, partition, 0, message("fits"));
        again.expectConfirmed(2);

        assertEquals(List.of("a", "fits"), inQueue());
    }

    @ParameterizedTest
    @EnumSource
    void theOutcomeOfACommitIsKnown(Loss loss) {
        TestClient client = rig.connect(ALICE);
        client.sendIn(1, "q", "committed");
        client.commit(1);
        client.sendIn(2, "q", "not committed");

        TestClient again = lose(client, loss);

        assertInstanceOf(BrokerFrame.Done.class, again.outcome(1));
        expectOutcome(ErrorCode.NOT_COMMITTED, again, 2);
        assertEquals(List.of("committed"), inQueue());
    }

    @Test
    void whatIsTooLongAgoIsNotGuessed() {
        TestClient client = rig.connect(ALICE);
        for (int i = 1; i <= Producer.COMMITS_MAX + 1; i++) {
            client.sendIn(i, "q", "m");
            client.commit(i);
        }

        TestClient again = lose(client, Loss.CRASH_AFTER_A_SNAPSHOT);

        expectOutcome(ErrorCode.PRODUCER_FORGOTTEN, again, 1);
        assertInstanceOf(BrokerFrame.Done.class, again.outcome(2));
    }

    @Test
    void anotherUserOrInstanceBegins() {
        TestClient client = rig.connect(ALICE);
        client.send("q", "a");

        TestClient mallory = rig.connect(new Producer.Identity("mallory", 1, 2), client);
        TestClient other = rig.connect(new Producer.Identity("alice", 1, 3), client);

        assertEquals(Recognition.FORGOTTEN, mallory.recognition);
        assertEquals(Recognition.FORGOTTEN, other.recognition);
        assertNotEquals(client.producer, mallory.producer);
        assertNotEquals(client.producer, other.producer);
        client.send("q", "b");
        client.expectConfirmed(2);
    }

    @Test
    void whoHasSaidGoodbyeIsForgottenAlsoByAStart() {
        TestClient client = rig.connect(ALICE);
        client.send("q", "a");

        rig.leave(client);
        assertNotEquals(client.producer, rig.connect(ALICE, client).producer);
        rig.crash();

        assertNotEquals(client.producer, rig.connect(ALICE, client).producer);
    }

    @Test
    void whoIsLostTooLongIsForgotten() {
        TestClient client = rig.connect(ALICE);
        client.send("q", "a");
        TestClient again = lose(client, Loss.CRASH);
        assertEquals(client.producer, again.producer);
        rig.disconnect(again);

        rig.advance(ProducerLimits.defaults().keptMs());

        assertEquals(Recognition.FORGOTTEN, rig.connect(ALICE, again).recognition);
        rig.snapshot();
        rig.discardCovered();
        rig.crash();
        assertEquals(Recognition.FORGOTTEN, rig.connect(ALICE, again).recognition);
    }

    @Test
    void whoHasLeftNothingInTheLogIsToldSo() {
        TestClient client = rig.connect(ALICE);
        client.send("q", message("lost with the start").nonPersistent());

        TestClient again = lose(client, Loss.CRASH);

        assertEquals(Recognition.NOTHING_LASTING, again.recognition);
        assertNotEquals(client.producer, again.producer);
        expectOutcome(ErrorCode.NOT_COMMITTED, again, 1);
    }

    @Test
    void aProducerOfAnotherBrokerIsNotGuessedAt() {
        TestClient foreign = new TestClient(rig, 9, 99L << 32);

        assertEquals(Recognition.FORGOTTEN, rig.connect(ALICE, foreign).recognition);
    }

    @ParameterizedTest
    @EnumSource
    void aTemporaryDestinationIsThereAgain(Loss loss) {
        TestClient client = rig.connect(ALICE);
        BrokerFrame.Resolved made = client.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        TestClient answering = rig.connect();
        answering.partition(made.kind(), made.name());
        answering.send(made.partition(), 0, message("reply"));

        TestClient again = lose(client, loss);
        BrokerFrame.Resolved found =
                assertInstanceOf(
                        BrokerFrame.Resolved.class, again.temporaryAgain(made.kind(), made.name()));
        TestConsumer consumer =
                again.attach(Source.QUEUE, made.kind(), made.name(), null, null, false);
        consumer.credit(10);

        assertEquals(made.name(), found.name());
        boolean live = loss == Loss.UNHEARD || loss == Loss.HEARD;
        assertEquals(live ? List.of("reply") : List.of(), consumer.bodies());
        assertEquals(live, made.partition() == found.partition());
        assertNotEquals(made.name(), again.createTemporary(made.kind()).name());
    }

    @Test
    void whoHasNamedATemporaryDestinationSendsToItAfterComingAgainToo() {
        TestClient owner = rig.connect();
        BrokerFrame.Resolved made = owner.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        TestClient client = rig.connect(ALICE);
        client.partition(made.kind(), made.name());

        TestClient again = lose(client, Loss.UNHEARD);
        again.send(made.partition(), 0, message("reply"));

        owner.queue(made.name()).credit(10).expect("reply");
        TestClient other = rig.connect(new Producer.Identity("alice", 1, 3), client);
        other.send(made.partition(), 0, message("forged"));
        other.expectRefused(ErrorCode.NO_SUCH_DESTINATION);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyElseHasAClientsTemporaryDestination(Loss loss) {
        TestClient client = rig.connect(ALICE);
        BrokerFrame.Resolved made = client.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        lose(client, loss);
        TestClient other = rig.connect(new Producer.Identity("alice", 1, 3), client);

        BrokerFrame answer = other.temporaryAgain(made.kind(), made.name());
        BrokerFrame consumed =
                other.ask(
                        other.attachFrame(
                                Source.QUEUE, made.kind(), made.name(), null, null, false));

        assertEquals(
                ErrorCode.NOT_OWNER_OF_TEMPORARY,
                assertInstanceOf(BrokerFrame.Failed.class, answer).code());
        assertInstanceOf(BrokerFrame.Failed.class, consumed);
    }

    @Test
    void aTemporaryDestinationDiesWithAGoodbyeOrWhenItsClientIsForgotten() {
        TestClient leaving = rig.connect(ALICE);
        TestClient lost = rig.connect(ALICE);
        String ofLeaving = leaving.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        String ofLost = lost.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();

        rig.leave(leaving);
        rig.disconnect(lost);

        assertFalse(exists(ofLeaving));
        assertTrue(exists(ofLost));
        rig.advance(ProducerLimits.defaults().keptMs());
        assertFalse(exists(ofLost));
    }

    private boolean exists(String temporaryQueue) {
        TestClient asking = rig.connect();
        ClientFrame.Resolve question =
                new ClientFrame.Resolve(
                        asking.nextRequest(), DestinationKind.TEMPORARY_QUEUE, temporaryQueue);
        return asking.ask(question) instanceof BrokerFrame.Resolved;
    }
}
