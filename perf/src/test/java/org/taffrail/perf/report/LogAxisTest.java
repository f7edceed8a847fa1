// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class LogAxisTest {
    @Test
    void givesEachFurtherNineAsMuchRoomAsTheOneBefore() {
        LogAxis axis = LogAxis.ofPercentiles();

        double nines = axis.at(1_000) - axis.at(100);

        assertEquals(nines, axis.at(100) - axis.at(10), 1e-9);
        assertEquals(nines, axis.at(10_000) - axis.at(1_000), 1e-9);
        assertEquals(0, axis.at(2), 1e-9);
        assertEquals(1, axis.at(10_000), 1e-9);
    }

    @Test
    void beginsAndEndsAtOneTwoOrFiveTimesAPowerOfTen() {
        LogAxis axis = LogAxis.ofMicroseconds(43.7, 1_999);

        assertEquals(20, axis.min(), 1e-9);
        assertEquals(2_000, axis.max(), 1e-9);
        assertEquals(
                List.of("20", "50", "100", "200", "500", "1,000", "2,000"),
                axis.ticks().stream().map(LogAxis.Tick::label).toList());
    }

    @Test
    void keepsToBoundsThatAreOnItsGrid() {
        LogAxis axis = LogAxis.ofRates(1_000, 5_000);

        assertEquals(1_000, axis.min(), 1e-9);
        assertEquals(5_000, axis.max(), 1e-9);
        assertEquals(
                List.of("1k", "2k", "5k"), axis.ticks().stream().map(LogAxis.Tick::label).toList());
    }

    @Test
    void labelsOnlyPowersOfTenWhereItSpansMany() {
        List<LogAxis.Tick> ticks = LogAxis.ofMicroseconds(50, 1_000_000).ticks();

        assertEquals(
                List.of("100", "1,000", "10,000", "100,000", "1,000,000"),
                ticks.stream().map(LogAxis.Tick::label).filter(label -> !label.isEmpty()).toList());
        assertEquals(14, ticks.size());
    }

    @Test
    void hasRoomAroundASingleValueAndForZero() {
        LogAxis one = LogAxis.ofMicroseconds(50, 50);
        LogAxis zero = LogAxis.ofMicroseconds(0, 0.3);

        assertEquals(50, one.min(), 1e-9);
        assertEquals(100, one.max(), 1e-9);
        assertEquals(0.1, zero.min(), 1e-9);
        assertEquals(0, zero.at(0), 1e-9);
    }

    @Test
    void putsWhatLiesOutsideAtTheNearEnd() {
        LogAxis axis = LogAxis.ofMicroseconds(10, 1_000);

        assertEquals(0, axis.at(1), 1e-9);
        assertEquals(0.5, axis.at(100), 1e-9);
        assertEquals(1, axis.at(5_000), 1e-9);
    }
}
