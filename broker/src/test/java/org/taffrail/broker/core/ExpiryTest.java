// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;

/** Messages whose time is over: Jakarta Messaging 3.4.9. */
class ExpiryTest extends CoreTest {
    @Test
    void anExpiredMessageIsNotDelivered() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("old").expiresAt(rig.nowMs + 10));
        client.send("q", "fresh");
        rig.advance(10);

        client.queue("q").credit(5).expect("fresh");
        assertEquals(1, rig.depth("q"));
    }

    @Test
    void aMessageIsDeliveredUntilItsLastMillisecond() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 10));
        rig.advance(9);

        client.queue("q").credit(5).expect("a");
    }

    @Test
    void theSweepSettlesWhatNobodyAsksFor() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        for (int i = 0; i < 100; i++) {
            client.send("q", message("m" + i).expiresAt(rig.nowMs + 100 + i * 10));
        }
        assertEquals(100, rig.depth("q"));

        rig.advance(3_000);

        assertEquals(0, rig.depth("q"));
        assertEquals(Long.MAX_VALUE, rig.core().nextTimerMs());
        rig.assertRecoversToTheSameState();
    }

    @Test
    void whatIsHeldWhenItExpiresMayStillBeAccepted() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 10));
        TestConsumer consumer = client.queue("q").credit(5).expect("a");
        rig.advance(5_000);
        assertEquals(1, rig.depth("q"));

        consumer.accept("a");

        assertEquals(0, rig.depth("q"));
    }

    @Test
    void whatExpiredWhileItWasHeldIsGoneWhenItComesBack() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 10));
        client.send("q", message("b").expiresAt(rig.nowMs + 10));
        TestConsumer consumer = client.queue("q").credit(5).expect("a", "b");
        consumer.stop();
        rig.advance(5_000);

        consumer.releaseSeen("a");
        consumer.releaseUnseen("b");

        assertEquals(0, rig.depth("q"));
        rig.assertRecoversToTheSameState();
    }

    @Test
    void expiryHoldsAfterARestart() {
        CoreRig rig = rig();
        rig.connect().send("q", message("a").expiresAt(rig.nowMs + 10_000));
        rig.snapshot();
        rig.crash();
        rig.advance(12_000);

        rig.connect().queue("q").credit(1).expectNothing();
        assertEquals(0, rig.depth("q"));
    }

    @Test
    void anExpiredMessageWaitingForItsDeliveryTimeIsNeverDelivered() {
        CoreRig rig = rig();
        TestClient client = rig.connect();
        client.send("q", message("a").expiresAt(rig.nowMs + 100).notBefore(rig.nowMs + 5_000));
        TestConsumer consumer = client.queue("q").credit(1);

        rig.advance(10_000);

        consumer.expectNothing();
        assertEquals(0, rig.depth("q"));
    }
}
