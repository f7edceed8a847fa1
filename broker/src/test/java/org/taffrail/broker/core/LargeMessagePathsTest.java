// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.record.DestinationKind;

/** Large messages before browsers and on their way to expiry queues, one part in each step. */
class LargeMessagePathsTest {
    /** So large that one is read at a time. */
    private static final int PIECE = 200_000;

    private static final String LARGE = "0123456789abcdef".repeat(60_000);
    private static final int PLENTY = 1 << 23;

    private static CoreRig expiring() {
        return new CoreRig(TestLimits.limits().all(policy().expiryQueue("EXP.{name}")));
    }

    private static void stepInto(CoreRig rig, TestConsumer consumer) {
        while (!consumer.isAmidMessage()) {
            rig.step();
        }
    }

    @Test
    void aBrowserIsShownItWholeAndTakesNothing() {
        CoreRig rig = new CoreRig();
        TestClient client = rig.connect();
        client.send("q", "before");
        client.sendLarge("q", PIECE, message(LARGE));
        client.send("q", "after");
        String state = rig.core().durableState();

        TestConsumer browser = client.browser("q");
        browser.credit(0, PLENTY).drain(10).expect("before", LARGE, "after");

        assertEquals(state, rig.core().durableState());
        client.queue("q").credit(5, PLENTY).expect("before", LARGE, "after");
    }

    @Test
    void aDrainOfABrowserEndsAfterTheLastPart() {
        CoreRig rig = new CoreRig();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE));
        TestConsumer browser = client.browser("q");
        rig.hold();
        int token = browser.beginDrain(5);
        stepInto(rig, browser);
        browser.expectDrained();
        rig.run();
        browser.expect(LARGE).expectDrained(token);
    }

    @Test
    void whatIsTakenWhileItIsShownCountsAsNotShown() {
        CoreRig rig = new CoreRig();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE));
        client.send("q", "next");
        TestConsumer consumer = client.queue("q").credit(1, PLENTY);
        consumer.expect(LARGE).releaseUnseen(LARGE);
        TestConsumer browser = client.browser("q");
        rig.hold();
        int token = browser.beginDrain(1);
        stepInto(rig, browser);
        TestConsumer other = rig.connect().queue("q");
        rig.core().pause(client.connection);
        other.credit(1, PLENTY);
        rig.run();
        other.expect(LARGE).accept(LARGE);

        rig.core().resume(client.connection);
        rig.run();

        browser.expect("next").expectDrained(token);
        assertFalse(rig.core().canGoOn());
    }

    @Test
    void aBrowserThatEndsInTheMiddleLeavesNothingBehind() {
        CoreRig rig = new CoreRig();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE));
        TestConsumer browser = client.browser("q");
        rig.hold();
        browser.credit(5);
        stepInto(rig, browser);
        client.disconnect();
        rig.run();
        assertFalse(rig.core().canGoOn());
        rig.connect().queue("q").credit(1).expect(LARGE).expectRedelivered(false, 1);
    }

    @Test
    void movesToTheExpiryQueueBySweepInSteps() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE).expiresAt(rig.nowMs + 10));
        client.send("q", message("small").expiresAt(rig.nowMs + 10));
        client.send("q", "stays");
        rig.hold();
        rig.advance(3_000);
        rig.step();
        rig.step();
        assertTrue(rig.stagedBytes() > 0);
        assertEquals(3, rig.depth("q"));
        rig.run();

        assertEquals(1, rig.depth("q"));
        assertEquals(0, rig.stagedBytes());
        rig.assertRecoversToTheSameState();
        client.queue("EXP.q").credit(5, PLENTY).expect(LARGE, "small");
        client.queue("q").credit(5, PLENTY).expect("stays");
    }

    @Test
    void movesToTheExpiryQueueWhenItWouldBeDelivered() {
        CoreRig rig = expiring();
        TestClient client = rig.connect();
        client.sendLarge("q", PIECE, message(LARGE).expiresAt(rig.nowMs + 10));
        client.send("q", "fresh");
        rig.nowMs += 20;

        client.queue("q").drain(5).expect("fresh");

        client.queue("EXP.q").credit(5, PLENTY).expect(LARGE);
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aSubscriptionThatEndsMeanwhileGivesUpTheMove() {
        CoreRig rig = expiring();
        TestClient client = rig.connect("c");
        TestConsumer consumer = client.durable("t", "s");
        long partition = client.partition(DestinationKind.TOPIC, "t");
        client.sendLarge(partition, PIECE, message(LARGE).expiresAt(rig.nowMs + 10));
        consumer.close();
        rig.hold();
        rig.advance(3_000);
        rig.step();
        rig.step();
        assertTrue(rig.stagedBytes() > 0);
        client.unsubscribe("s");
        rig.run();
        assertEquals(0, rig.stagedBytes());
        assertEquals(0, rig.depth("EXP.t"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void aCrashOrAStopInTheMiddleLeavesItToTheNextStart() {
        for (boolean orderly : new boolean[] {false, true}) {
            CoreRig rig = expiring();
            rig.connect().sendLarge("q", PIECE, message(LARGE).expiresAt(rig.nowMs + 10));
            rig.hold();
            rig.advance(3_000);
            rig.step();
            rig.step();
            assertTrue(rig.stagedBytes() > 0);
            if (orderly) {
                rig.restart();
            } else {
                rig.crash();
            }
            rig.run();
            rig.advance(3_000);
            assertEquals(0, rig.depth("q"));
            rig.connect().queue("EXP.q").credit(5, PLENTY).expect(LARGE);
        }
    }
}
