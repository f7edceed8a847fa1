// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

/** What a browser shows, and that nothing at all changes by it. */
class BrowserTest extends CoreTest {
    private static final int ALL = 1000;

    private CoreRig rig;
    private TestClient client;

    @BeforeEach
    void connect() {
        rig = rig();
        client = rig.connect();
    }

    @Test
    void showsWhatIsReadyInTheOrderOfDelivery() {
        client.send("q", "a", "b");
        client.send("q", message("urgent").priority(9));
        client.send("q", message("idle").priority(0));
        client.send("q", "c");

        client.browser("q").drain(ALL).expect("urgent", "a", "b", "c", "idle");
    }

    @Test
    void takesNothing() {
        client.send("q", "a", "b");
        String before = rig.core().durableState();

        client.browser("q").drain(ALL).expect("a", "b");
        client.browser("q").drain(ALL).expect("a", "b");

        assertEquals(before, rig.core().durableState());
        assertEquals(2, rig.depth("q"));
        client.queue("q").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void showsNothingTwiceHoweverOftenItAsks() {
        client.send("q", "a", "b");
        TestConsumer browser = client.browser("q").drain(ALL).expect("a", "b");

        client.send("q", "c");

        browser.drain(ALL).expectNothing();
        browser.drain(ALL).expectNothing();
    }

    @Test
    void endsWhereTheQueueEndedWhenItBegan() {
        client.send("q", "a", "b");
        TestConsumer browser = client.browser("q").credit(1).expect("a");

        client.send("q", "late");
        client.send("q", message("urgent").priority(9));

        browser.drain(ALL).expect("b");
    }

    @Test
    void showsWhatWasSentBeforeItFirstAsked() {
        TestConsumer browser = client.browser("q");
        client.send("q", "a");

        browser.drain(ALL).expect("a");
    }

    @Test
    void leavesOutWhatItsSelectorDoesNotSelect() {
        client.send("q", message("a").property("n", 1));
        client.send("q", message("b").property("n", 2));
        client.send("q", message("c").property("n", 1));

        client.browser("q", "n = 1").drain(ALL).expect("a", "c");
        client.browser("q", "n = 3").drain(ALL).expectNothing();

        client.queue("q").credit(3).expect("a", "b", "c");
    }

    @Test
    void leavesOutWhatIsInAConsumersHands() {
        client.send("q", "a", "b", "c");
        TestConsumer consumer = client.queue("q").credit(2).expect("a", "b");

        client.browser("q").drain(ALL).expect("c");

        consumer.releaseUnseen("a");
        client.browser("q").drain(ALL).expect("a", "c");
    }

    @Test
    void leavesOutWhatExpiredWithoutSettlingIt() {
        client.send("q", message("a").expiresAt(rig.nowMs + 500));
        client.send("q", "b");
        TestConsumer browser = client.browser("q");
        rig.hold();
        browser.beginDrain(ALL);
        rig.nowMs += 500;

        rig.run();

        browser.expect("b").expectDrained(1);
        assertEquals(2, rig.depth("q"));
    }

    @Test
    void leavesOutWhatMayNotBeDeliveredYet() {
        client.send("q", message("a").notBefore(rig.nowMs + 100));
        client.send("q", "b");
        client.browser("q").drain(ALL).expect("b");

        rig.advance(100);

        client.browser("q").drain(ALL).expect("a", "b");
    }

    @Test
    void showsTheCountAndTheFlagOfTheNextDelivery() {
        client.send("q", "a");
        client.queue("q").credit(1).expect("a").releaseSeen("a");

        client.browser("q").drain(ALL).expect("a").expectRedelivered(true, 2);
        client.browser("q").drain(ALL).expect("a").expectRedelivered(true, 2);

        client.queue("q").credit(1).expect("a").expectRedelivered(true, 2);
    }

    @Test
    void isNoDeliveryAfterACrashEither() {
        client.send("q", "a");
        client.browser("q").drain(ALL).expect("a");

        rig.crash();

        TestClient next = rig.connect();
        next.browser("q").drain(ALL).expect("a").expectRedelivered(false, 1);
        next.queue("q").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void settlesNothing() {
        client.send("q", "a");
        TestConsumer browser = client.browser("q").drain(ALL).expect("a");

        for (Verb verb : Verb.values()) {
            client.expectFailed(
                    ErrorCode.NOT_HELD, browser.settleFrame(verb, 0, browser.ranges("a")));
        }
        client.expectFailed(
                ErrorCode.NOT_HELD, browser.settleFrame(Verb.ACCEPT, 5, browser.ranges("a")));
        client.commit(5);

        assertEquals(1, rig.depth("q"));
        client.queue("q").credit(1).expect("a").expectRedelivered(false, 1);
    }

    @Test
    void settlesNothingThatAConsumerOfItsConnectionHolds() {
        client.send("q", "a");
        TestConsumer browser = client.browser("q").drain(ALL).expect("a");
        TestConsumer consumer = client.queue("q").credit(1).expect("a");

        client.expectFailed(
                ErrorCode.NOT_HELD, browser.settleFrame(Verb.ACCEPT, 0, browser.ranges("a")));

        consumer.releaseUnseen("a");
        consumer.credit(1).expect("a").accept("a");
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void getsNoMoreThanItsCreditInMessages() {
        client.send("q", "a", "b", "c");
        TestConsumer browser = client.browser("q").expectNothing();

        browser.credit(1).expect("a");
        browser.credit(1).expect("b");
        browser.drain(1).expect("c");
        browser.drain(1).expectNothing();
    }

    @Test
    void getsNoMoreThanItsCreditInBytes() {
        client.send("q", "a", "b", "c");
        int bytes = client.browser("q").drain(1).last("a").record().length();

        TestConsumer browser = client.browser("q");
        browser.drain(ALL, bytes).expect("a");
        browser.drain(ALL, bytes + 1).expect("b", "c");
    }

    @Test
    void takesCreditBack() {
        client.send("q", "a", "b");
        TestConsumer browser = client.browser("q").credit(1).expect("a");
        rig.hold();
        browser.credit(1);
        browser.stop();
        rig.run();

        browser.expectNothing();
        browser.drain(ALL).expect("b");
    }

    @Test
    void answersDrainsThatPileUpOneByOne() {
        client.send("q", "a", "b", "c");
        TestConsumer browser = client.browser("q");

        rig.hold();
        browser.beginDrain(1);
        browser.beginDrain(5);
        browser.beginDrain(5);
        rig.run();

        browser.expect("a", "b", "c").expectDrained(1, 2, 3);
    }

    @Test
    void waitsWhileItsConnectionDoesNotRead() {
        client.send("q", "a");
        TestConsumer browser = client.browser("q");
        rig.core().pause(client.connection);
        int token = browser.beginDrain(ALL);
        browser.expectNothing();
        browser.expectDrained();

        rig.core().resume(client.connection);
        rig.run();

        browser.expect("a").expectDrained(token);
    }

    @Test
    void beginsWhenAllThatIsDurableHasArrived() {
        client.send("q", "a");
        long partition = client.partition(DestinationKind.QUEUE, "q");
        rig.core().lagging(partition, true);
        TestConsumer browser = client.browser("q");
        int token = browser.beginDrain(ALL);
        client.send("q", message("b").priority(9));
        browser.expectNothing();

        rig.core().lagging(partition, false);
        rig.run();

        browser.expect("b", "a").expectDrained(token);
    }

    @Test
    void waitsForWhatIsBeingGivenBack() {
        CoreRig slow = new CoreRig(limits().releasesMax(1));
        TestClient sender = slow.connect();
        sender.send("q", "a", "b", "c", "d");
        TestClient leaving = slow.connect();
        leaving.queue("q").credit(3).expect("a", "b", "c");
        TestConsumer browser = sender.browser("q");

        slow.hold();
        leaving.disconnect();
        browser.beginDrain(ALL);
        slow.step();
        browser.expectNothing();
        slow.run();

        browser.expect("a", "b", "c", "d").expectDrained(1);
    }

    @Test
    void doesNotDisturbConsumersNorTheyIt() {
        for (int i = 0; i < 5; i++) {
            client.send("q", "m" + i);
        }
        TestConsumer browser = client.browser("q").credit(2).expect("m0", "m1");

        TestConsumer consumer = client.queue("q").credit(3).expect("m0", "m1", "m2");
        consumer.accept("m0", "m1", "m2");
        browser.drain(ALL).expect("m3", "m4");

        consumer.credit(5).expect("m3", "m4");
        client.browser("q").drain(ALL).expectNothing();
    }

    @Test
    void isServedWhileConsumersAlwaysHaveSomethingToDo() {
        CoreRig large = new CoreRig();
        TestClient sender = large.connect();
        for (int i = 0; i < 3000; i++) {
            sender.send("q", "m" + i);
        }
        TestConsumer browser = sender.browser("q");
        TestConsumer consumer = sender.queue("q");
        large.hold();
        browser.credit(10);
        consumer.credit(3000);

        large.step();

        assertEquals(10, browser.receivedCount());
        assertTrue(consumer.receivedCount() < 3000, "the consumer had nothing to do any more");
        large.run();
        assertEquals(3000, consumer.receivedCount());
    }

    @Test
    void looksAtSoManyMessagesInAStep() {
        CoreRig large = new CoreRig();
        TestClient sender = large.connect();
        for (int i = 0; i < 3000; i++) {
            sender.send("q", "m" + i);
        }
        TestConsumer browser = sender.browser("q", "n = 1");
        large.hold();
        int token = browser.beginDrain(ALL);

        assertTrue(large.step(), "more to do");
        browser.expectDrained();
        assertTrue(large.step(), "more to do");
        browser.expectDrained();
        large.run();

        browser.expectNothing().expectDrained(token);
    }

    @Test
    void readsABacklogWithoutPushingOutWhatConsumersAreAboutToGet() {
        CoreRig small = new CoreRig(limits().windowBytes(4000));
        TestClient sender = small.connect();
        for (int i = 0; i < 5000; i++) {
            sender.send("q", "m" + i);
        }
        sender.send("hot", "h0", "h1", "h2");
        assertEquals(0, small.loadsAsked());

        TestConsumer browser = sender.browser("q").drain(10_000);
        assertEquals(5000, browser.receivedCount());
        int loads = small.loadsAsked();
        assertTrue(loads > 1 && loads < 20, loads + " loads");

        sender.queue("hot").credit(3).expect("h0", "h1", "h2");
        assertEquals(loads, small.loadsAsked(), "what was hot is still in memory");
    }

    @Test
    void sharesALoadWithAConsumer() {
        CoreRig small = new CoreRig(limits().windowBytes(400));
        TestClient sender = small.connect();
        for (int i = 0; i < 50; i++) {
            sender.send("q", "m" + i);
        }
        TestConsumer consumer = sender.queue("q");
        TestConsumer browser = sender.browser("q");

        small.hold();
        browser.beginDrain(ALL);
        consumer.credit(1);
        small.run();

        consumer.expect("m0");
        browser.expectDrained(1);
        assertTrue(browser.receivedCount() >= 49, browser.receivedCount() + " shown");
        assertEquals("m49", browser.last("m49").body());
    }

    @Test
    void readsABacklogOfEveryPriorityAgainAndAgain() {
        CoreRig small = new CoreRig(limits().windowBytes(1000));
        TestClient sender = small.connect();
        for (int i = 0; i < 300; i++) {
            sender.send("q", message("m" + i).priority(i % 10));
        }
        TestConsumer one = sender.browser("q");
        TestConsumer two = sender.browser("q", "JMSPriority > 4");

        small.hold();
        one.beginDrain(200);
        two.beginDrain(ALL);
        small.run();
        one.expectDrained(1);
        two.expectDrained(1);
        one.drain(ALL);

        assertEquals(300, one.receivedCount());
        assertEquals(150, two.receivedCount());
        assertEquals(50, sender.queue("q").credit(50).receivedCount());
    }

    @Test
    void isForTheQueuesOfItsOwnConnectionOnlyWhereTheyAreTemporary() {
        String name = client.createTemporary(DestinationKind.TEMPORARY_QUEUE).name();

        TestClient other = rig.connect();
        other.expectFailed(
                ErrorCode.NOT_OWNER_OF_TEMPORARY,
                other.attachFrame(
                        Source.BROWSER, DestinationKind.TEMPORARY_QUEUE, name, null, null, false));
    }

    @Test
    void endsWithItsTemporaryQueueWhichItDoesNotKeep() {
        BrokerFrame.Resolved made = client.createTemporary(DestinationKind.TEMPORARY_QUEUE);
        client.send(made.partition(), 0, message("a"), message("b"));
        TestConsumer browser =
                client.attach(
                        Source.BROWSER,
                        DestinationKind.TEMPORARY_QUEUE,
                        made.name(),
                        null,
                        null,
                        false);
        browser.credit(1).expect("a");

        rig.hold();
        browser.beginDrain(ALL);
        int deleted =
                client.begin(new ClientFrame.DeleteTemporary(client.nextRequest(), made.name()));
        browser.beginDrain(ALL);
        rig.run();

        client.expectDone(deleted);
        browser.expectNothing().expectClosed(ErrorCode.NO_SUCH_DESTINATION);
        browser.expectDrained(1, 2);
        browser.expectCloseFailed(ErrorCode.NO_SUCH_CONSUMER);
    }

    @Test
    void hasASelectorThatFollowsTheGrammar() {
        client.send("q", "a");
        client.expectFailed(
                ErrorCode.INVALID_SELECTOR,
                client.attachFrame(
                        Source.BROWSER, DestinationKind.QUEUE, "q", null, "n = ", false));
    }

    @Test
    void endsItsDrainWhenItIsClosed() {
        client.send("q", "a");
        TestConsumer browser = client.browser("q");

        rig.hold();
        int token = browser.beginDrain(ALL);
        browser.close();
        rig.run();

        browser.expectNothing().expectDrained(token);
        browser.drain(ALL).expectNothing();
        browser.expectCloseFailed(ErrorCode.NO_SUCH_CONSUMER);
    }

    @Test
    void goesWithItsConnection() {
        client.send("q", "a");
        TestClient other = rig.connect();
        other.browser("q").credit(0).expectNothing();

        other.disconnect();

        assertTrue(rig.hasEnded(other));
        client.send("q", "b");
        client.queue("q").credit(2).expect("a", "b");
    }

    @Test
    void countsAmongTheConsumersOfItsConnection() {
        CoreRig small = new CoreRig(limits().consumersMax(2));
        TestClient other = small.connect();
        other.browser("q");
        TestConsumer second = other.browser("q");
        other.expectFailed(
                ErrorCode.LIMIT_REACHED,
                other.attachFrame(Source.BROWSER, DestinationKind.QUEUE, "q", null, null, false));

        second.close();
        other.browser("q");
    }
}
