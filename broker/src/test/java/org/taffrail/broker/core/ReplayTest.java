// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.time.Instant;
import java.util.stream.IntStream;

/** Consumers that start in the past: of a topic, and of a queue that keeps its history. */
class ReplayTest extends CoreTest {
    private static final long DAY_MS = 86_400_000;

    /** All destinations keep what was sent within a day. */
    private CoreRig keeping() {
        return new CoreRig(limits().all(policy().retentionMs(DAY_MS)));
    }

    private static void refused(ErrorCode code, TestClient client, String queue, String start) {
        client.expectFailed(
                code,
                client.startFrame(start, Source.SIDE, DestinationKind.QUEUE, queue, null, null));
    }

    private static String[] bodies(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toArray(String[]::new);
    }

    @Test
    void aSubscriptionStartsWithWhatTheTopicKeepsAndGoesOnWithWhatIsNew() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.publish("t", "a", "b");

        TestConsumer late = client.durable("t", "sub", "earliest").credit(9);

        late.expect("a", "b").expectRedelivered(false, 1);
        client.publish("t", "c");
        late.expect("c");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void anUnnamedSubscriptionMayStartInThePastAsWell() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a", "b");

        client.startingAt("earliest", Source.TOPIC, DestinationKind.TOPIC, "t", null, null)
                .credit(9)
                .expect("a", "b");
    }

    @Test
    void theStartCountsOnlyWhenTheSubscriptionIsMade() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.publish("t", "a");
        client.durable("t", "sub", "earliest").credit(9).expect("a").accept("a");
        rig.restart();

        TestConsumer again = rig.connect("c").durable("t", "sub", "earliest").credit(9);

        again.expect();
    }

    @Test
    void aCrashWhileASubscriptionIsToldOfThePastLosesNothingOfIt() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.publish("t", bodies(50));
        rig.hold();
        client.begin(
                client.startFrame(
                        "earliest", Source.DURABLE, DestinationKind.TOPIC, "t", "sub", null));
        for (int steps = 0; steps < 5; steps++) {
            rig.step();
        }
        rig.crash();
        rig.run();

        TestConsumer after = rig.connect("c").durable("t", "sub").credit(100);

        after.expect(bodies(50));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatASubscriptionIsToBeToldOfIsKeptUntilItWasHoweverLongThatTakes() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.publish("t", bodies(50));
        rig.hold();
        client.begin(
                client.startFrame(
                        "earliest", Source.DURABLE, DestinationKind.TOPIC, "t", "sub", null));
        for (int steps = 0; steps < 5; steps++) {
            rig.step();
        }
        rig.snapshot();
        rig.nowMs += 2 * DAY_MS;
        rig.step();
        rig.discardCovered();
        rig.crash();
        rig.run();

        TestConsumer after = rig.connect("c").durable("t", "sub").credit(100);

        after.expect(bodies(50));
    }

    @Test
    void priorityCountsInASubscriptionThatStartsInThePast() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.publish("t", message("low").priority(1));
        client.publish("t", message("high").priority(9));
        TestConsumer late = client.durable("t", "sub", "earliest");

        late.credit(9).expect("high", "low");
    }

    @Test
    void aQueueIsReadAgainBesideItsConsumers() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(9).expect("a", "b", "c");
        consumer.accept("a", "b");

        TestConsumer side = client.side("q", "earliest").credit(9);

        side.expect("a", "b", "c").expectRedelivered(false, 1);
        assertEquals(1, rig.depth("q"));
        side.accept("a", "b", "c");
        assertEquals(1, rig.depth("q"), "what the queue has is its own");
        client.send("q", "d");
        side.expect("d");
        consumer.expect("d");
    }

    @Test
    void aSideGroupReadsInTheOrderOfTheLogWhateverThePriority() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", message("low").priority(1));
        client.send("q", message("high").priority(9));

        client.side("q", "earliest").credit(9).expect("low", "high");
    }

    @Test
    void aSideGroupEndsWithItsConsumer() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.side("q", "earliest").credit(9).expect("a").close();

        client.side("q", "earliest").credit(9).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void aSideGroupNeverMovesAMessage() {
        CoreRig rig =
                new CoreRig(
                        limits().all(
                                        policy().retentionMs(DAY_MS)
                                                .deliveriesMax(1)
                                                .expiryQueue("LATE")));
        TestClient client = rig.connect();
        client.send("q", "a");
        client.send("q", message("b").expiresAt(rig.nowMs + 1000));
        TestConsumer side = client.side("q", "earliest").credit(1).expect("a");

        side.fail("a");
        rig.advance(2000);

        side.credit(1).expect("a").expectRedelivered(true, 2);
        assertEquals(0, rig.depth("DLQ.q"));
        assertEquals(1, rig.depth("LATE"), "only the queue's own group moves");
    }

    @Test
    void aSideGroupHoldsNothingBackAndPassesOverWhatHasGone() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");
        client.queue("q").credit(9).accept("a", "b", "c");
        TestConsumer side = client.side("q", "earliest");
        rig.advance(2 * DAY_MS);
        client.send("q", "d");
        rig.snapshot();
        rig.core().endGivingUp();
        rig.discardCovered();

        side.drain(9).expect("d");
    }

    @Test
    void withoutARetentionOnlyWhatIsStillNeededIsThere() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer first = client.durable("t", "first").credit(9);
        client.publish("t", "a", "b", "c");
        first.accept("a", "c");

        client.durable("t", "second", "earliest").credit(9).expect("b");
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aStartCanBeAnOffset() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");

        client.side("q", "1").credit(9).expect("b", "c");
        client.side("q", "3").credit(9).expect();
    }

    @Test
    void aStartCanBeATimeOrHowLongAgo() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a");
        rig.advance(3_600_000);
        String then = Instant.ofEpochMilli(rig.nowMs).toString();
        client.send("q", "b");
        rig.advance(3_600_000);
        client.send("q", "c");

        client.side("q", then).credit(9).expect("b", "c");
        client.side("q", "-PT1H").credit(9).expect("b", "c");
        client.side("q", "-PT30M").credit(9).expect("c");
        client.side("q", "-P1D").credit(9).expect("a", "b", "c");
    }

    @Test
    void aStartCanBeNow() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a");
        TestConsumer side = client.side("q", "latest").credit(9);
        client.send("q", "b");

        side.expect("b");
    }

    @Test
    void onlyWhatIsSelectedComes() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", message("a").property("n", 1));
        client.send("q", message("b").property("n", 2));

        client.side("q", "earliest", "n = 2").credit(9).expect("b");
    }

    @Test
    void aDrainEndsWhenAllOfThePastIsTold() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        for (int i = 0; i < 100; i++) {
            client.send("q", message("m" + i).property("n", i));
        }

        client.side("q", "earliest", "n = 99").drain(5).expect("m99");
    }

    @Test
    void largeMessagesComeWhole() {
        CoreRig rig = new CoreRig(limits().recordBytesMax(1000).all(policy().retentionMs(DAY_MS)));
        TestClient client = rig.connect();
        String body = "x".repeat(5000);
        client.send("q", "a");
        client.sendLarge("q", 1000, message(body));
        client.send("q", "b");
        TestConsumer consumer = client.queue("q").credit(9).expect("a", body, "b");
        consumer.accept("a", body, "b");

        client.side("q", "earliest").credit(9).expect("a", body, "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "PT2H", "2026-11-25T08:00:00", "-1", "4", "1e3"})
    void whatIsNoStartIsRefused(String start) {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a", "b", "c");

        refused(ErrorCode.INVALID_OPTION, client, "q", start);
    }

    @Test
    void anOffsetThatIsPastTheRetentionIsRefused() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).accept("a");
        rig.advance(2 * DAY_MS);
        client.send("q", "b");

        refused(ErrorCode.INVALID_OPTION, client, "q", "0");
    }

    @Test
    void recordsAreKeptAsLongAsTheRetentionSays() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.send("q", "a");
        client.queue("q").credit(1).accept("a");
        long partition = client.partition(DestinationKind.QUEUE, "q");

        rig.advance(DAY_MS - 1);
        assertTrue(rig.core().needs(partition, 0, 0));
        rig.advance(1);
        assertFalse(rig.core().needs(partition, 0, 0));
    }

    @Test
    void recordsAreKeptUpToSoManyBytes() {
        CoreRig rig = new CoreRig(limits().all(policy().retentionBytes(100_000)));
        TestClient client = rig.connect();
        String body = "x".repeat(1000);
        for (int i = 0; i < 200; i++) {
            client.publish("t", body);
        }
        long partition = client.partition(DestinationKind.TOPIC, "t");

        assertFalse(rig.core().needs(partition, 0, 50));
        assertTrue(rig.core().needs(partition, 110, 110));
        assertTrue(rig.core().needed(partition, 0, 199).records() <= 115);
    }

    @Test
    void theRetentionNeverPassesADurableSubscription() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "a");
        rig.advance(3 * DAY_MS);
        client.publish("t", "b");

        client.durable("t", "sub").credit(9).expect("a", "b");
    }

    @Test
    void aTopicThatWasToldSoDropsWhatASubscriptionLeavesAndCountsIt() {
        CoreRig rig =
                new CoreRig(
                        limits().topics(
                                        "t",
                                        policy().retentionMs(DAY_MS).retentionDropsUnsettled()));
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "a", "b");
        rig.advance(3 * DAY_MS);
        client.publish("t", "c");

        client.durable("t", "sub").credit(9).expect("c");
        assertTrue(rig.core().durableState().contains("lost=2"));
        rig.assertRecoversToTheSameState();
        rig.snapshot();
        rig.assertRecoversToTheSameState();
    }
}
