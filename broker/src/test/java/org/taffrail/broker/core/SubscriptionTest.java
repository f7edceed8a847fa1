// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

/** The four kinds of subscription: Jakarta Messaging 4.2.2 and 8.3. */
class SubscriptionTest extends CoreTest {
    private static long depth(CoreRig rig, String topic) {
        return rig.core().overview().depth(DestinationKind.TOPIC, topic);
    }

    private static TestConsumer attach(
            TestClient client, Source source, String topic, String name, String selector) {
        return client.attach(source, DestinationKind.TOPIC, topic, name, selector, false);
    }

    private static void expectRefused(
            ErrorCode code,
            TestClient client,
            Source source,
            String topic,
            String name,
            String selector,
            boolean noLocal) {
        client.expectFailed(
                code,
                client.attachFrame(source, DestinationKind.TOPIC, topic, name, selector, noLocal));
    }

    @Test
    void aDurableSubscriptionCollectsWhileItsSubscriberIsAway() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "a", "b");

        client.durable("t", "sub").credit(5).expect("a", "b").expectRedelivered(false, 1);
    }

    @Test
    void aDurableSubscriptionCollectsOverARestart() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "a");
        rig.restart();
        rig.connect().publish("t", "b");

        rig.connect("c").durable("t", "sub").credit(5).expect("a", "b");
    }

    @Test
    void aNonDurableSubscriptionEndsWithItsConsumer() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.topic("t").close();

        client.publish("t", "a");

        assertEquals(0, depth(rig, "t"));
    }

    @Test
    void aSecondSubscriberOfAnUnsharedDurableSubscriptionIsRefused() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer first = client.durable("t", "sub");

        expectRefused(
                ErrorCode.SUBSCRIPTION_IN_USE, client, Source.DURABLE, "t", "sub", null, false);
        expectRefused(
                ErrorCode.SUBSCRIPTION_IN_USE, client, Source.DURABLE, "u", "sub", null, false);

        first.close();
        client.durable("t", "sub");
    }

    @Test
    void anUnsharedDurableSubscriptionNeedsAClientId() {
        CoreRig rig = rig();

        expectRefused(
                ErrorCode.CLIENT_ID_NEEDED, rig.connect(), Source.DURABLE, "t", "sub", null, false);

        assertEquals("", rig.core().durableState(), "a refusal changes nothing");
    }

    @Test
    void durableSubscriptionsOfTheSameNameBelongToTheirClientIds() {
        CoreRig rig = rig();
        TestClient one = rig.connect("one");
        TestClient two = rig.connect("two");
        TestConsumer first = one.durable("t", "sub").credit(5);
        TestConsumer second = two.durable("t", "sub").credit(5);

        one.publish("t", "a");

        first.expect("a");
        second.expect("a");
    }

    @Test
    void anotherTopicReplacesADurableSubscription() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "lost");

        TestConsumer consumer = client.durable("u", "sub").credit(5);
        client.publish("t", "not mine");
        client.publish("u", "mine");

        consumer.expect("mine");
        assertEquals(0, depth(rig, "t"));
    }

    @Test
    void anotherSelectorReplacesADurableSubscription() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        attach(client, Source.DURABLE, "t", "sub", "a = 1").close();
        client.publish("t", Message.message("old").property("a", 1));

        TestConsumer consumer = attach(client, Source.DURABLE, "t", "sub", "a = 2").credit(5);
        client.publish("t", Message.message("one").property("a", 1));
        client.publish("t", Message.message("two").property("a", 2));

        consumer.expect("two");
    }

    @Test
    void anotherNoLocalReplacesADurableSubscription() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "old");

        client.attach(Source.DURABLE, DestinationKind.TOPIC, "t", "sub", null, true)
                .credit(5)
                .expectNothing();
    }

    @Test
    void theSameSelectorWrittenOtherwiseIsTheSame() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        attach(client, Source.DURABLE, "t", "sub", "a = 1 and (b = 2)").close();
        client.publish("t", Message.message("kept").property("a", 1).property("b", 2));

        attach(client, Source.DURABLE, "t", "sub", "a=1 AND b=2").credit(5).expect("kept");
    }

    @Test
    void whatWasHeldOfAReplacedSubscriptionIsGoneWhateverIsSaidOfIt() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer old = client.durable("t", "sub").credit(5);
        client.publish("t", "a", "b", "c");
        old.expect("a", "b", "c").close();
        client.durable("u", "sub");

        old.accept("a");
        old.releaseSeen("b");
        old.releaseUnseen("c");

        assertEquals(0, depth(rig, "t"));
        rig.assertRecoversToTheSameState();
    }

    @ParameterizedTest
    @EnumSource(
            value = Source.class,
            names = {"SHARED", "SHARED_DURABLE"})
    void consumersOfASharedSubscriptionShareItsMessages(Source source) {
        CoreRig rig = rig();
        TestConsumer one = rig.connect().subscribe(source, "t", "s").credit(5);
        TestConsumer two = rig.connect().subscribe(source, "t", "s").credit(5);

        rig.connect().publish("t", "a", "b", "c", "d");

        assertEquals(2, one.receivedCount());
        assertEquals(2, two.receivedCount());
    }

    @ParameterizedTest
    @EnumSource(
            value = Source.class,
            names = {"SHARED", "SHARED_DURABLE"})
    void aSharedSubscriptionInUseIsRefusedWithAnotherTopicOrSelector(Source source) {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer first = client.subscribe(source, "t", "s");

        expectRefused(
                ErrorCode.SUBSCRIPTION_MISMATCH, rig.connect(), source, "u", "s", null, false);
        expectRefused(
                ErrorCode.SUBSCRIPTION_MISMATCH, rig.connect(), source, "t", "s", "a = 1", false);

        first.close();
        client.subscribe(source, "u", "s");
    }

    @Test
    void aSharedSubscriptionBelongsToItsClientId() {
        CoreRig rig = rig();
        TestConsumer one = rig.connect("c").subscribe(Source.SHARED, "t", "s").credit(5);
        TestConsumer two = rig.connect().subscribe(Source.SHARED, "t", "s").credit(5);

        rig.connect().publish("t", "a");

        one.expect("a");
        two.expect("a");
    }

    @Test
    void durableAndNonDurableSharedNamesDoNotMeet() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer one = client.subscribe(Source.SHARED, "t", "s").credit(5);
        TestConsumer two = client.subscribe(Source.SHARED_DURABLE, "t", "s").credit(5);

        client.publish("t", "a");

        one.expect("a");
        two.expect("a");
    }

    @Test
    void sharedAndUnsharedDurableNamesMeetAndClash() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();

        expectRefused(
                ErrorCode.SUBSCRIPTION_MISMATCH,
                client,
                Source.SHARED_DURABLE,
                "t",
                "sub",
                null,
                false);
    }

    @Test
    void aSharedNonDurableSubscriptionEndsWithItsLastConsumer() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        TestConsumer one = client.subscribe(Source.SHARED, "t", "s");
        TestConsumer two = client.subscribe(Source.SHARED, "t", "s");
        one.close();
        client.publish("t", "a");
        assertEquals(1, depth(rig, "t"));

        two.close();

        assertEquals(0, depth(rig, "t"));
        client.subscribe(Source.SHARED, "t", "s").credit(5).expectNothing();
    }

    @Test
    void aSharedDurableSubscriptionStays() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.subscribe(Source.SHARED_DURABLE, "t", "s").close();
        client.publish("t", "a");
        rig.crash();

        rig.connect().subscribe(Source.SHARED_DURABLE, "t", "s").credit(5).expect("a");
    }

    @Test
    void unsubscribeEndsADurableSubscription() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub").close();
        client.publish("t", "a");

        client.unsubscribe("sub");

        assertEquals(0, depth(rig, "t"));
        rig.crash();
        rig.connect("c").durable("t", "sub").credit(5).expectNothing();
    }

    @Test
    void unsubscribeIsRefusedWhileThereIsAConsumer() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.durable("t", "sub");

        client.expectFailed(
                ErrorCode.SUBSCRIPTION_IN_USE,
                new ClientFrame.Unsubscribe(client.nextRequest(), "sub"));
    }

    @Test
    void unsubscribeIsRefusedWhileAMessageIsNotAcknowledged() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "sub").credit(1);
        client.publish("t", "a");
        consumer.expect("a").close();

        client.expectFailed(
                ErrorCode.SUBSCRIPTION_IN_USE,
                new ClientFrame.Unsubscribe(client.nextRequest(), "sub"));

        consumer.accept("a");
        client.unsubscribe("sub");
    }

    @Test
    void unsubscribeIsRefusedForWhatIsNotThere() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        rig.connect("d").durable("t", "sub").close();

        client.expectFailed(
                ErrorCode.NO_SUCH_SUBSCRIPTION,
                new ClientFrame.Unsubscribe(client.nextRequest(), "sub"));
    }

    @Test
    void messagesInFlightWhenASubscriptionIsMadeAreTheSameAfterARestart() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        client.partition(DestinationKind.TOPIC, "t");

        rig.hold();
        client.publish("t", "together");
        client.durable("t", "sub").close();
        client.publish("t", "after");
        rig.run();

        rig.assertRecoversToTheSameState();
    }
}
