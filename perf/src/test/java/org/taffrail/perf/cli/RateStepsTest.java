// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

class RateStepsTest {
    private static final Duration BOUND = Duration.ofMillis(10);

    @Test
    void measuresEveryProviderAtEveryRateOfAList() {
        RateSteps steps = RateSteps.of(List.of(500L, 100L), 1);

        assertEquals(OptionalLong.of(500), steps.next());
        steps.measured(0, true, 1e9);
        assertTrue(steps.takes(0));
        assertEquals(OptionalLong.of(100), steps.next());
        assertEquals(OptionalLong.empty(), steps.next());
    }

    @Test
    void doublesTheRateWhileAProviderKeepsUp() {
        RateSteps steps = RateSteps.doubling(1_000, BOUND, 1);

        assertEquals(OptionalLong.of(1_000), steps.next());
        steps.measured(0, false, 10_000);
        assertEquals(OptionalLong.of(2_000), steps.next());
        steps.measured(0, false, 10_000);
        assertEquals(OptionalLong.of(4_000), steps.next());
    }

    @Test
    void leavesOutAProviderThatMissedTheRateAndGoesOnWithTheOthers() {
        RateSteps steps = RateSteps.doubling(1_000, BOUND, 2);
        steps.next();

        steps.measured(0, true, 1);
        steps.measured(1, false, 1);

        assertEquals(OptionalLong.of(2_000), steps.next());
        assertFalse(steps.takes(0));
        assertTrue(steps.takes(1));
    }

    @Test
    void endsWhenNoProviderIsLeft() {
        RateSteps steps = RateSteps.doubling(1_000, BOUND, 2);
        steps.next();

        steps.measured(0, true, 1);
        steps.measured(1, false, 10_001);

        assertEquals(OptionalLong.empty(), steps.next());
    }

    @Test
    void endsBeforeARateThatNoScheduleTakes() {
        RateSteps steps = RateSteps.doubling(6_000_000, BOUND, 1);

        assertEquals(OptionalLong.of(6_000_000), steps.next());
        assertEquals(OptionalLong.empty(), steps.next());
    }
}
