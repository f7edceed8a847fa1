// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a look through a topic shows, and that nothing at all changes by it. */
class TopicBrowserTest extends CoreTest {
    private static final long DAY_MS = 86_400_000;
    private static final int ALL = 1000;

    /** Larger than the window and than a load. */
    private static final String LARGE = "0123456789abcdef".repeat(30_000);

    private static final int PIECE = 100_000;
    private static final int PLENTY = 1 << 23;

    /** All destinations keep what was sent within a day. */
    private CoreRig keeping() {
        return new CoreRig(limits().all(policy().retentionMs(DAY_MS)));
    }

    private static TestConsumer browser(TestClient client, String start) {
        return browser(client, start, null);
    }

    private static TestConsumer browser(TestClient client, String start, String selector) {
        return client.startingAt(start, Source.BROWSER, DestinationKind.TOPIC, "t", null, selector);
    }

    private static ClientFrame.Attach browserFrame(TestClient client, String name, String start) {
        return client.startFrame(start, Source.BROWSER, DestinationKind.TOPIC, name, null, null);
    }

    private static String[] bodies(int from, int before) {
        return IntStream.range(from, before).mapToObj(i -> "m" + i).toArray(String[]::new);
    }

    /** Lets go of all that nobody needs any more. */
    private static void discard(CoreRig rig) {
        rig.snapshot();
        rig.discardCovered();
        rig.core().endGivingUp();
        rig.discardCovered();
    }

    @Test
    void showsWhatIsKeptInTheOrderOfTheLogWhateverThePriority() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", message("low").priority(1));
        client.publish("t", message("high").priority(9));
        client.publish("t", message("later").notBefore(rig.nowMs + 100));

        browser(client, null).drain(ALL).expect("low", "high", "later").expectRedelivered(false, 1);
        browser(client, "earliest").drain(ALL).expect("low", "high", "later");
    }

    @Test
    void changesNothingAndMovesNoSubscription() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        TestConsumer subscriber = client.durable("t", "sub");
        client.publish("t", "a", "b");
        subscriber.credit(1).expect("a").accept("a");
        String before = rig.core().durableState();
        rig.core().overview().destination(DestinationKind.TOPIC, "t");
        rig.run(); // the log is asked how old the oldest is
        DestinationStatus status = rig.core().overview().destination(DestinationKind.TOPIC, "t");

        TestConsumer browser = browser(client, "earliest").drain(ALL).expect("a", "b");
        for (Verb verb : Verb.values()) {
            client.expectFailed(
                    ErrorCode.NOT_HELD, browser.settleFrame(verb, 0, browser.ranges("a")));
        }

        assertEquals(before, rig.core().durableState());
        assertEquals(status, rig.core().overview().destination(DestinationKind.TOPIC, "t"));
        browser.close();
        subscriber.credit(9).expect("b").expectRedelivered(false, 1);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void showsWithoutARetentionWhatSubscriptionsHaveNotSettled() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer one = client.durable("t", "one");
        TestConsumer two = client.durable("t", "two");
        client.publish("t", "a", "b", "c", "d");
        one.credit(9).expect("a", "b", "c", "d").accept("a", "b", "d");
        two.credit(9).expect("a", "b", "c", "d").accept("b", "c", "d");

        browser(client, "earliest").drain(ALL).expect("a", "c");
        two.accept("a");
        browser(client, "earliest").drain(ALL).expect("c");
    }

    @Test
    void showsWhatASubscriptionHoldsAsWell() {
        CoreRig rig = rig();
        TestClient client = rig.connect("c");
        TestConsumer subscriber = client.durable("t", "sub");
        client.publish("t", "a");
        subscriber.credit(1).expect("a");

        browser(client, "earliest").drain(ALL).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void showsNothingOfATopicThatKeepsNothing() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.publish("t", "a");

        browser(client, "earliest").drain(ALL).expectNothing();
    }

    @Test
    void beginsWhereItIsTold() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a", "b");
        rig.advance(5000);
        String noon = Instant.ofEpochMilli(rig.nowMs).toString();
        client.publish("t", "c", "d");
        rig.advance(5000);

        browser(client, "1").drain(ALL).expect("b", "c", "d");
        browser(client, noon).drain(ALL).expect("c", "d");
        browser(client, "-PT7S").drain(ALL).expect("c", "d");
        browser(client, "4").drain(ALL).expectNothing();
        browser(client, "latest").drain(ALL).expectNothing();
    }

    @Test
    void selectsAndLeavesOutWhatHasExpired() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", message("a").property("n", 1));
        client.publish("t", message("b").property("n", 2));
        client.publish("t", message("c").property("n", 1).expiresAt(rig.nowMs + 100));

        browser(client, "earliest", "n = 1").drain(ALL).expect("a", "c");
        rig.advance(100);
        browser(client, "earliest", "n = 1").drain(ALL).expect("a");
    }

    @Test
    void goesOnWhereItWasAndEndsWhereTheLogEndedWhenItBegan() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", bodies(0, 5));
        TestConsumer browser = browser(client, "earliest").drain(2).expect(bodies(0, 2));

        client.publish("t", "late");

        browser.drain(2).expect(bodies(2, 4));
        browser.drain(2).expect(bodies(4, 5));
        browser.drain(2).expectNothing();
    }

    @Test
    void isForNobodyButThoseWhoAreThere() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a", "b");
        TestConsumer one = browser(client, "earliest").drain(1).expect("a");
        TestConsumer two = browser(rig.connect(), "1");

        one.close();
        two.drain(ALL).expect("b");
        client.disconnect();
        two.drain(ALL).expectNothing();
    }

    @Test
    void passesOverWhatARetentionGivesUpBeforeItsTurn() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", bodies(0, 3));
        rig.advance(DAY_MS / 2);
        client.publish("t", bodies(3, 6));
        TestConsumer browser = browser(client, "earliest").drain(1).expect("m0");

        rig.advance(DAY_MS / 2 + 1000);
        discard(rig);

        browser.drain(ALL).expect(bodies(3, 6));
        client.expectFailed(ErrorCode.INVALID_OPTION, browserFrame(client, "t", "0"));
        browser(client, "earliest").drain(ALL).expect(bodies(3, 6));
    }

    @Test
    void passesOverWhatIsNotThereThoughItShouldBe() {
        CoreRig rig = new CoreRig(limits().windowBytes(1).all(policy().retentionMs(DAY_MS)));
        TestClient client = rig.connect();
        client.publish("t", bodies(0, 3));
        rig.advance(2 * DAY_MS);
        client.publish("t", bodies(3, 5));
        discard(rig);
        // another configuration keeps all of it, as far as it is there
        rig.crash(limits().windowBytes(1).all(policy().retentionMs(9 * DAY_MS)));

        browser(rig.connect(), "earliest").drain(ALL).expect(bodies(3, 5));
    }

    @Test
    void showsTheSameAfterACrashAndAfterARestart() {
        CoreRig rig = keeping();
        TestClient client = rig.connect("c");
        TestConsumer subscriber = client.durable("t", "sub").credit(9);
        client.publish("t", bodies(0, 50));
        subscriber.expect(bodies(0, 9)).accept(bodies(0, 9));
        browser(client, "earliest").drain(20).expect(bodies(0, 20));
        discard(rig);

        rig.crash();
        browser(rig.connect(), "20").drain(ALL).expect(bodies(20, 50));

        rig.restart();
        browser(rig.connect(), "earliest").drain(ALL).expect(bodies(0, 50));
    }

    @Test
    void readsALongTopicAPortionAtATimeWithoutPushingAnythingOut() {
        CoreRig rig = new CoreRig(limits().windowBytes(4000).all(policy().retentionMs(DAY_MS)));
        TestClient client = rig.connect();
        client.publish("t", bodies(0, 5000));
        client.send("hot", "h0", "h1", "h2");
        TestConsumer browser = browser(client, "earliest");
        assertEquals(0, rig.loadsAsked(), "who has not asked costs nothing");

        browser.drain(10).expect(bodies(0, 10));
        assertTrue(rig.loadsAsked() <= 2, rig.loadsAsked() + " loads for ten messages");
        for (int from = 10; from < 5000; from += 998) {
            browser.drain(998).expect(bodies(from, Math.min(5000, from + 998)));
        }

        int loads = rig.loadsAsked();
        client.queue("hot").credit(3).expect("h0", "h1", "h2");
        assertEquals(loads, rig.loadsAsked(), "what was hot is still in memory");
    }

    @Test
    void waitsWhileItsConnectionDoesNotRead() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a");
        TestConsumer browser = browser(client, "earliest");
        rig.core().pause(client.connection);
        int token = browser.beginDrain(ALL);
        browser.expectNothing().expectDrained();

        rig.core().resume(client.connection);
        rig.run();

        browser.expect("a").expectDrained(token);
    }

    @Test
    void beginsWhenAllThatIsDurableHasArrived() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a");
        long partition = client.partition(DestinationKind.TOPIC, "t");
        rig.core().lagging(partition, true);
        TestConsumer browser = browser(client, "earliest");
        int token = browser.beginDrain(ALL);
        client.publish("t", "b");
        browser.expectNothing();

        rig.core().lagging(partition, false);
        rig.run();

        browser.expect("a", "b").expectDrained(token);
    }

    @Test
    void isShownLargeMessagesWholeAndReadsNoPartThatIsNotShown() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.TOPIC, "t");
        client.publish("t", "before");
        client.sendLarge(partition, PIECE, message(LARGE));
        client.publish("t", "after");

        browser(client, "earliest").credit(0, PLENTY).drain(9).expect("before", LARGE, "after");
        browser(client, "2").drain(9).expect("after");

        int loads = rig.loadsAsked();
        browser(client, "earliest", "JMSPriority > 4").drain(9).expectNothing();
        assertTrue(rig.loadsAsked() - loads <= 3, rig.loadsAsked() - loads + " loads");
    }

    @Test
    void aLargeMessageWhosePartsAreGivenUpMeanwhileIsNotShown() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.TOPIC, "t");
        // too much for one load
        client.sendLarge(partition, PIECE, message(LARGE.repeat(6)));
        rig.advance(DAY_MS / 2);
        client.publish("t", "after");
        TestConsumer browser = browser(client, "0");
        rig.hold();
        int token = browser.beginDrain(5);
        while (!browser.isAmidMessage()) {
            rig.step();
        }
        rig.nowMs += DAY_MS * 3 / 4;
        rig.step();
        assertTrue(browser.isAmidMessage(), "all of it was told at once");
        discard(rig);
        rig.run();

        browser.expect("after").expectDrained(token);
    }

    @Test
    void aLargeMessageIsShownAsItArrives() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        long partition = client.partition(DestinationKind.TOPIC, "t");
        TestConsumer browser = browser(client, "earliest");
        client.sendLarge(partition, PIECE, message(LARGE));

        browser.credit(0, PLENTY).drain(5).expect(LARGE);
    }

    @Test
    void aTopicThatIsNotThereIsNotMadeByIt() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();

        client.expectFailed(ErrorCode.NO_SUCH_DESTINATION, browserFrame(client, "t", "earliest"));

        assertEquals("", rig.core().durableState());
    }

    @Test
    void aStartThatCanNotBeIsRefused() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a");

        for (String start : Arrays.asList("soon", "2", "-1", "99999999999999999999")) {
            client.expectFailed(ErrorCode.INVALID_OPTION, browserFrame(client, "t", start));
        }
        client.expectFailed(
                ErrorCode.INVALID_SELECTOR,
                client.startFrame("0", Source.BROWSER, DestinationKind.TOPIC, "t", null, "n = "));
    }

    @Test
    void aTemporaryTopicIsNotBrowsed() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        BrokerFrame.Resolved made = client.createTemporary(DestinationKind.TEMPORARY_TOPIC);

        client.expectFailed(ErrorCode.NOT_SUPPORTED, browserFrame(client, made.name(), null));
        client.expectFailed(
                ErrorCode.WRONG_DESTINATION_KIND,
                client.attachFrame(
                        Source.BROWSER,
                        DestinationKind.TEMPORARY_TOPIC,
                        made.name(),
                        null,
                        null,
                        false));
    }

    @Test
    void endsWithItsTopicWhichItDoesNotKeep() {
        CoreRig rig = keeping();
        TestClient client = rig.connect();
        client.publish("t", "a", "b");
        TestConsumer browser = browser(client, "earliest").drain(1).expect("a");

        client.manage(new Operation.Delete(DestinationKind.TOPIC, "t", false)).expectDone(1);

        browser.expectClosed(ErrorCode.NO_SUCH_DESTINATION);
        browser.drain(5).expectNothing();
    }
}
