// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

/** What a client hears when it asks for what is not possible. */
class RefusalTest {
    private final CoreRig rig = new CoreRig();
    private final TestClient client = rig.connect();

    private ClientFrame.Attach attach(Source source, DestinationKind kind, String name) {
        return client.attachFrame(source, kind, name, null, null, false);
    }

    private static void expectThrown(ErrorCode code, Runnable request) {
        assertEquals(code, assertThrows(WireException.class, request::run).code());
    }

    @Test
    void aClientIdIsUsedByOneConnectionAtATime() {
        TestClient first = rig.connect("c");
        expectThrown(ErrorCode.CLIENT_ID_IN_USE, () -> rig.connect("c"));

        first.disconnect();

        rig.connect("c");
    }

    @Test
    void aClientIdHasAName() {
        expectThrown(ErrorCode.INVALID_NAME, () -> rig.connect(" "));
        expectThrown(ErrorCode.INVALID_NAME, () -> rig.connect("a\nb"));
        expectThrown(ErrorCode.INVALID_NAME, () -> rig.connect("x".repeat(1025)));
    }

    @Test
    void aDestinationHasAName() {
        for (String name : new String[] {"", "  ", "a\tb", "é".repeat(513)}) {
            client.expectFailed(
                    ErrorCode.INVALID_NAME,
                    new ClientFrame.Resolve(client.nextRequest(), DestinationKind.QUEUE, name));
        }
        client.partition(DestinationKind.QUEUE, "é".repeat(512));
    }

    @Test
    void thereAreOnlySoManyDestinations() {
        CoreRig small = new CoreRig(TestLimits.limits().destinationsMax(2));
        TestClient other = small.connect();
        other.partition(DestinationKind.QUEUE, "a");
        other.partition(DestinationKind.TOPIC, "a");

        other.expectFailed(
                ErrorCode.LIMIT_REACHED,
                new ClientFrame.Resolve(other.nextRequest(), DestinationKind.QUEUE, "b"));
        other.partition(DestinationKind.QUEUE, "a");
    }

    @Test
    void aDeadLetterGetsItsQueueHoweverManyDestinationsThereAre() {
        CoreRig small = new CoreRig(TestLimits.limits().destinationsMax(1));
        TestClient other = small.connect();
        other.send("q", "a");

        other.queue("q").credit(1).expect("a").fail("a");

        assertEquals(1, small.depth("DLQ.q"));
        other.expectFailed(
                ErrorCode.LIMIT_REACHED,
                new ClientFrame.Resolve(other.nextRequest(), DestinationKind.QUEUE, "b"));
    }

    @Test
    void destinationsAreNotMadeOnUseWhereTheyMayNot() {
        CoreRig strict = new CoreRig(TestLimits.limits().createOnUse(false));
        TestClient other = strict.connect();

        other.expectFailed(
                ErrorCode.NO_SUCH_DESTINATION,
                new ClientFrame.Resolve(other.nextRequest(), DestinationKind.QUEUE, "q"));
    }

    @Test
    void aConnectionHasOnlySoManyConsumers() {
        CoreRig small = new CoreRig(TestLimits.limits().consumersMax(2));
        TestClient other = small.connect();
        other.queue("q");
        TestConsumer second = other.queue("q");

        other.expectFailed(
                ErrorCode.LIMIT_REACHED,
                other.attachFrame(Source.QUEUE, DestinationKind.QUEUE, "q", null, null, false));
        second.close();
        other.queue("q");
    }

    @Test
    void aConnectionHasOnlySoManyTemporaryDestinations() {
        CoreRig small = new CoreRig(TestLimits.limits().consumersMax(1));
        TestClient other = small.connect();
        other.createTemporary(DestinationKind.TEMPORARY_QUEUE);

        other.expectFailed(
                ErrorCode.LIMIT_REACHED,
                new ClientFrame.CreateTemporary(
                        other.nextRequest(), DestinationKind.TEMPORARY_QUEUE));
    }

    @Test
    void onlyTemporaryKindsAreMadeAsSuch() {
        client.expectFailed(
                ErrorCode.WRONG_DESTINATION_KIND,
                new ClientFrame.CreateTemporary(client.nextRequest(), DestinationKind.QUEUE));
    }

    @Test
    void queuesAreNotSubscribedNorTopicsConsumed() {
        client.expectFailed(
                ErrorCode.WRONG_DESTINATION_KIND, attach(Source.TOPIC, DestinationKind.QUEUE, "q"));
        client.expectFailed(
                ErrorCode.WRONG_DESTINATION_KIND, attach(Source.QUEUE, DestinationKind.TOPIC, "t"));
        client.expectFailed(
                ErrorCode.WRONG_DESTINATION_KIND, attach(Source.SIDE, DestinationKind.TOPIC, "t"));
    }

    @Test
    void aSelectorFollowsTheGrammar() {
        client.expectFailed(
                ErrorCode.INVALID_SELECTOR,
                client.attachFrame(Source.QUEUE, DestinationKind.QUEUE, "q", null, "a = ", false));

        assertEquals("", rig.core().durableState(), "a refusal changes nothing");
    }

    @Test
    void aNamedSubscriptionHasAName() {
        client.expectFailed(
                ErrorCode.INVALID_NAME, attach(Source.SHARED, DestinationKind.TOPIC, "t"));
    }

    @Test
    void aQueuesOwnConsumersStartWhereTheQueueIs() {
        client.expectFailed(
                ErrorCode.PROTOCOL_VIOLATION,
                client.startFrame(
                        "earliest", Source.QUEUE, DestinationKind.QUEUE, "q", null, null));
    }

    @Test
    void aSideGroupSaysWhereItStarts() {
        client.expectFailed(
                ErrorCode.PROTOCOL_VIOLATION,
                client.startFrame(null, Source.SIDE, DestinationKind.QUEUE, "q", null, null));
    }

    @Test
    void aTemporaryQueueHasNoPast() {
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();
        client.expectFailed(
                ErrorCode.NOT_SUPPORTED,
                client.startFrame(
                        "earliest",
                        Source.SIDE,
                        DestinationKind.TEMPORARY_QUEUE,
                        name,
                        null,
                        null));
    }

    @Test
    void aConsumerIdIsUsedOnce() {
        TestConsumer consumer = client.queue("q");

        client.expectFailed(
                ErrorCode.PROTOCOL_VIOLATION,
                new ClientFrame.Attach(
                        client.nextRequest(),
                        consumer.id,
                        Source.QUEUE,
                        DestinationKind.QUEUE,
                        "q",
                        null,
                        null,
                        false,
                        null));
    }

    @Test
    void aConsumerIsClosedOnce() {
        TestConsumer consumer = client.queue("q");
        consumer.close();

        consumer.expectCloseFailed(ErrorCode.NO_SUCH_CONSUMER);
    }

    @Test
    void onlyAKnownConsumerSettles() {
        client.expectFailed(
                ErrorCode.NO_SUCH_CONSUMER,
                new ClientFrame.Settle(
                        client.nextRequest(), 0, 77, Verb.ACCEPT, 1, new long[] {0, 0}));
    }

    @Test
    void aConsumerSettlesOnlyInItsPartition() {
        client.send("q", "a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");

        client.expectFailed(
                ErrorCode.NOT_HELD,
                new ClientFrame.Settle(
                        client.nextRequest(),
                        0,
                        consumer.id,
                        Verb.ACCEPT,
                        consumer.last("a").partition() + 1,
                        new long[] {0, 0}));
    }

    @Test
    void aRefusalThatNobodyWaitsForIsNotTold() {
        rig.decide(client, new ClientFrame.Settle(0, 0, 77, Verb.ACCEPT, 1, new long[] {0, 0}));
        rig.decide(client, new ClientFrame.Detach(0, 77));
    }

    @Test
    void aMessageForNobodyIsRefused() {
        client.send(4711, 0, message("a"));

        client.expectRefused(ErrorCode.NO_SUCH_DESTINATION);
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        CoreRig small = new CoreRig(TestLimits.limits().messageBytesMax(100));
        TestClient other = small.connect();
        other.send("q", "a".repeat(69));
        other.expectRefused(ErrorCode.MESSAGE_TOO_LARGE);

        other.send("q", "a".repeat(68));
        other.expectConfirmed(2);
    }

    @Test
    void aSendOutOfSequenceEndsTheConnection() {
        client.send("q", "a");
        ByteSink sink = new ByteSink(100);
        RunLayout.begin(sink, 1, client.producer, 5);
        message("b").encode(sink);
        RunLayout.end(sink, 0, 1);

        expectThrown(
                ErrorCode.PROTOCOL_VIOLATION,
                () -> rig.decide(client, new ClientFrame.Send(0, sink.array(), 0, sink.length())));
    }

    @Test
    void aSendOfAnotherProducerEndsTheConnection() {
        client.send("q", "a");
        ByteSink sink = new ByteSink(100);
        RunLayout.begin(sink, 1, client.producer + 1, 2);
        message("b").encode(sink);
        RunLayout.end(sink, 0, 1);

        expectThrown(
                ErrorCode.PROTOCOL_VIOLATION,
                () -> rig.decide(client, new ClientFrame.Send(0, sink.array(), 0, sink.length())));
    }

    @Test
    void framesOfTheOpeningHaveNoPlaceHere() {
        for (ClientFrame frame :
                new ClientFrame[] {
                    new ClientFrame.Ping(),
                    new ClientFrame.Goodbye(),
                    new ClientFrame.Authenticate(new byte[0])
                }) {
            expectThrown(ErrorCode.PROTOCOL_VIOLATION, () -> rig.decide(client, frame));
        }
    }

    @Test
    void whoIsNotConnectedIsNotHeard() {
        client.disconnect();

        expectThrown(ErrorCode.PROTOCOL_VIOLATION, () -> client.queue("q"));
        rig.core().disconnect(4711, true, rig.nowMs);
    }
}
