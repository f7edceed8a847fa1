// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame.Source;

import java.util.ArrayList;
import java.util.List;

/** A reader far behind, and others that keep pace. */
class FarBehindTest {
    private static final int BEHIND = 4_000;
    private static final int OTHERS = 20;
    private static final int RECENT = 100;

    @Test
    void doesNotPushOutWhatTheOthersAreAboutToGet() {
        CoreRig rig = new CoreRig(TestLimits.limits().windowBytes(64 << 10));
        TestClient client = rig.connect("c");
        TestConsumer slow = client.durable("t", "slow");
        List<TestConsumer> others = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            others.add(client.subscribe(Source.TOPIC, "t", null).credit(BEHIND));
        }
        String[] bodies = new String[BEHIND];
        for (int i = 0; i < BEHIND; i++) {
            bodies[i] = "m" + i;
        }
        client.publish("t", bodies);
        assertEquals(0, rig.loadsAsked(), "who keeps pace needs nothing from the log");
        for (TestConsumer other : others) {
            other.expect(bodies);
            other.accept(bodies);
        }
        // they pause, and meanwhile the slow one catches up
        String[] recent = new String[RECENT];
        for (int i = 0; i < RECENT; i++) {
            recent[i] = "r" + i;
        }
        client.publish("t", recent);
        slow.credit(BEHIND).expect(bodies);
        int loads = rig.loadsAsked();
        assertTrue(loads > 1, "it was not behind what is in memory");

        for (TestConsumer other : others) {
            other.credit(RECENT).expect(recent);
        }

        assertEquals(loads, rig.loadsAsked());
    }

    @Test
    void readsMuchAtOnceAndOnlyWhatItNeeds() {
        CoreRig rig = new CoreRig(TestLimits.limits().windowBytes(64 << 10));
        TestClient client = rig.connect();
        List<String> urgent = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < BEHIND; i++) {
            (i % 10 == 0 ? urgent : others).add("m" + i);
            client.send("q", Message.message("m" + i).priority(i % 10 == 0 ? 9 : 4));
        }

        TestConsumer consumer = client.queue("q").credit(urgent.size());

        consumer.expect(urgent.toArray(String[]::new));
        assertTrue(rig.loadsAsked() <= 3, rig.loadsAsked() + " loads for what fits into two");
    }
}
