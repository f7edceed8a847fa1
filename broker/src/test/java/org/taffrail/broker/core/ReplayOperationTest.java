// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Start;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;

import java.util.stream.IntStream;

/** What a manager has sent again, and subscriptions that begin anew. */
class ReplayOperationTest extends CoreTest {
    private static final long DAY_MS = 86_400_000;

    private CoreRig keeping() {
        return new CoreRig(limits().recordBytesMax(1000).all(policy().retentionMs(DAY_MS)));
    }

    private static Operation.Replay replay(CoreRig rig, String start, String target) {
        return replay(rig, start, new Selection.Filter(-1, Selector.ALL, Long.MAX_VALUE), target);
    }

    private static Operation.Replay replay(
            CoreRig rig, String start, Selection.Filter filter, String target) {
        return new Operation.Replay(
                DestinationKind.QUEUE, "q", Start.of(start, rig.nowMs), filter, target);
    }

    private static Operation.Reset reset(CoreRig rig, String start) {
        String state = rig.core().durableState();
        String id = state.replaceAll("(?s).*DURABLE sub of c #(\\d+).*", "$1");
        return new Operation.Reset("t", Long.parseLong(id), Start.of(start, rig.nowMs));
    }

    private static void consume(TestClient client, String... bodies) {
        TestConsumer consumer = client.queue("q").credit(bodies.length).expect(bodies);
        consumer.accept(bodies);
        consumer.close();
    }

    @Test
    void whatWasConsumedIsSentAgain() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        consume(client, "a", "b");

        client.manage(replay(rig, "1", "q")).expectDone(2);

        TestConsumer consumer = client.queue("q").credit(9).expect("c", "b", "c");
        consumer.expectRedelivered(false, 1);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void onlyWhatIsSelectedGoesToAnotherQueueAndNoMoreThanWanted() throws Exception {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        for (int i = 0; i < 10; i++) {
            client.send("q", message("m" + i).property("even", i % 2 == 0));
        }
        Selection.Filter filter = new Selection.Filter(-1, Selector.parse("even"), 3);

        client.manage(replay(rig, "2", filter, "other")).expectDone(3);

        client.queue("other").credit(9).expect("m2", "m4", "m6");
        assertEquals(10, rig.depth("q"));
    }

    @Test
    void aTopicIsReplayedToAQueue() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a", "b");

        client.manage(
                        new Operation.Replay(
                                DestinationKind.TOPIC,
                                "t",
                                Start.of("earliest", 0),
                                Selection.Filter.ALL,
                                "q"))
                .expectDone(2);

        client.queue("q").credit(9).expect("a", "b");
    }

    @Test
    void largeMessagesAreSentAgainWhole() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        String large = "x".repeat(5000);
        client.sendLarge("q", 1000, message(large));
        consume(client, large);

        client.manage(replay(rig, "earliest", "q")).expectDone(1);

        client.queue("q").credit(1).expect(large);
    }

    @Test
    void aReplayGoesOnInStepsAndEndsWithItsConnection() {
        CoreRig rig = new CoreRig(limits().all(policy().retentionMs(DAY_MS)));
        String[] bodies =
                IntStream.range(0, 300).mapToObj(i -> i + "x".repeat(2000)).toArray(String[]::new);
        TestClient manager = rig.connect();
        TestClient client = rig.connect();
        client.send("q", bodies);
        consume(client, bodies);
        long partition = client.partition(DestinationKind.QUEUE, "q");
        rig.hold();
        TestOperation operation = manager.manage(replay(rig, "earliest", "other"));
        rig.step();
        assertFalse(operation.isAnswered());
        manager.disconnect();
        rig.run();

        assertTrue(rig.depth("other") > 0 && rig.depth("other") < 300);
        rig.advance(2 * DAY_MS);
        assertFalse(rig.core().needs(partition, 0, 0), "its side group is gone");
    }

    @Test
    void aSubscriptionBeginsAnewWithWhatTheTopicKeeps() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        TestConsumer first = client.durable("t", "sub").credit(2);
        client.publish("t", "a", "b", "c");
        first.accept("a", "b");
        first.close();

        client.manage(reset(rig, "earliest")).expectDone(1);

        TestConsumer again = client.durable("t", "sub").credit(9).expect("a", "b", "c");
        again.expectRedelivered(true, 2);
        client.publish("t", "d");
        again.expect("d").accept("a", "b", "c", "d");
        rig.assertRecoversToTheSameState();
        rig.restart();
        rig.connect("c").durable("t", "sub").credit(9).expect();
    }

    @Test
    void aSubscriptionMaySkipWhatItHas() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "a", "b");

        client.manage(reset(rig, "latest")).expectDone(1);
        client.publish("t", "c");

        client.durable("t", "sub").credit(9).expect("c");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aResetIsNotUndoneByASnapshotThatKnowsIt() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "a", "b");
        client.manage(reset(rig, "1")).expectDone(1);
        rig.snapshot();
        rig.assertRecoversToTheSameState();
        rig.crash();

        rig.connect("c").durable("t", "sub").credit(9).expect("b");
    }

    @Test
    void aSubscriptionThatIsConsumedIsNotReset() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.durable("t", "sub");

        client.manage(reset(rig, "earliest")).expectFailed(ErrorCode.SUBSCRIPTION_IN_USE);
    }

    @Test
    void anOffsetThatIsNotThereIsRefused() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.send("q", "a");

        client.manage(reset(rig, "7")).expectFailed(ErrorCode.INVALID_OPTION);
        client.manage(replay(rig, "7", "q")).expectFailed(ErrorCode.INVALID_OPTION);
    }
}
