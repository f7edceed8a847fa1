// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ThrottleTest {
    @Test
    void messagesGoAtAnEvenPace() {
        Throttle throttle = new Throttle(1000);
        long nowNanos = System.nanoTime() + 10_000_000_000L;

        assertEquals(0, throttle.reserve(nowNanos));
        assertEquals(1_000_000, throttle.reserve(nowNanos));
        assertEquals(2_000_000, throttle.reserve(nowNanos));
        assertEquals(500_000, throttle.reserve(nowNanos + 2_500_000));
    }

    @Test
    void aPauseIsNotCaughtUpWith() {
        Throttle throttle = new Throttle(10);
        long nowNanos = System.nanoTime() + 10_000_000_000L;
        throttle.reserve(nowNanos);

        assertEquals(0, throttle.reserve(nowNanos + 5_000_000_000L));
        assertTrue(throttle.reserve(nowNanos + 5_000_000_000L) > 0);
    }

    @Test
    void withoutALimitNobodyWaits() {
        Throttle throttle = new Throttle(0);
        long nowNanos = System.nanoTime();

        for (int i = 0; i < 1_000_000; i++) {
            throttle.await();
        }

        assertTrue(System.nanoTime() - nowNanos < 10_000_000_000L);
    }
}
