// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final long MS = 1_000_000;

    @Test
    void neverWhereNeitherSideCares() {
        assertEquals(0, new Heartbeat(0, 0, 0).periodMs());
    }

    /** A broker that answers each ping at once never waits too long, and never is given up. */
    @Property(tries = 200)
    void neitherSideGivesUpOnAnAnsweringPeer(
            @ForAll @IntRange(min = 0, max = 100_000) int ownMs,
            @ForAll @IntRange(min = 100, max = 100_000) int brokerMs) {
        int own = ownMs == 0 ? 0 : Math.max(100, ownMs);
        Heartbeat heartbeat = new Heartbeat(own, brokerMs, 0);
        long nowNs = 0;
        long lastNs = 0;
        for (int i = 0; i < 100; i++) {
            nowNs += heartbeat.periodMs() * MS;
            Heartbeat.Verdict verdict = heartbeat.verdict(nowNs, lastNs, lastNs);
            assertFalse(verdict == Heartbeat.Verdict.LOST);
            if (verdict == Heartbeat.Verdict.PING) {
                lastNs = nowNs;
            }
            assertTrue(nowNs - lastNs < brokerMs * MS);
        }
        assertTrue(lastNs > 0);
    }

    @Test
    void silenceBeyondTheLimitIsLossHoweverMuchIsSent() {
        Heartbeat heartbeat = new Heartbeat(1000, 0, 0);

        assertEquals(Heartbeat.Verdict.PING, heartbeat.verdict(1000 * MS, 1000 * MS, 0));
        assertEquals(Heartbeat.Verdict.LOST, heartbeat.verdict(1000 * MS + 1, 1000 * MS, 0));
    }

    @Test
    void silenceIsNoLossWhereOnlyTheBrokerCares() {
        assertEquals(
                Heartbeat.Verdict.PING, new Heartbeat(0, 1000, 0).verdict(1L << 40, 1L << 39, 0));
    }
}
