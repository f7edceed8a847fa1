// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.ClientFrame.Source;

import java.util.ArrayList;
import java.util.Arrays;
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

    private static String[] numbered(int from, int to) {
        String[] bodies = new String[to - from];
        for (int i = from; i < to; i++) {
            bodies[i - from] = "m" + i;
        }
        return bodies;
    }

    @Test
    void asksForWhatFollowsBeforeAnybodyWaitsForIt() {
        CoreRig rig = new CoreRig(TestLimits.limits().windowBytes(3 << 20));
        TestClient client = rig.connect();
        String[] bodies = numbered(0, 10_000);
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] += " ".repeat(400);
        }
        client.send("q", bodies);
        TestConsumer consumer = client.queue("q");

        // two loads: what is wanted, and what follows
        consumer.credit(100).expect(Arrays.copyOf(bodies, 100));
        assertEquals(2, rig.loadsAsked());

        rig.holdLoads();
        int taken = 100;
        while (rig.loadsAsked() == 2) {
            consumer.credit(100).expect(Arrays.copyOfRange(bodies, taken, taken + 100));
            taken += 100;
        }

        // the answer is not there yet, and nobody notices
        consumer.credit(400).expect(Arrays.copyOfRange(bodies, taken, taken + 400));
        assertEquals(3, rig.loadsAsked());
        rig.answerLoads();
        consumer.credit(2_000).expect(Arrays.copyOfRange(bodies, taken + 400, taken + 2_400));
    }

    @Test
    void asksForNothingMoreWhileManyReadAtOnce() {
        CoreRig rig = new CoreRig(TestLimits.limits().windowBytes(1 << 20));
        TestClient client = rig.connect();
        List<TestConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            client.send("q" + i, numbered(0, BEHIND));
            consumers.add(client.queue("q" + i));
        }
        for (TestConsumer consumer : consumers) {
            consumer.credit(100).expect(numbered(0, 100));
        }
        int loads = rig.loadsAsked();

        for (TestConsumer consumer : consumers) {
            consumer.credit(2_000).expect(numbered(100, 2_100));
        }

        assertTrue(rig.loadsAsked() <= loads + 2 * consumers.size(), "too much was read ahead");
    }
}
