// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class LabelColumnTest {
    @Test
    void leavesLabelsThatAreFarEnoughApartWhereTheyAre() {
        assertPlaces(new double[] {80, 20}, 80, 20);
    }

    @Test
    void movesCloseLabelsApartInTheirOrder() {
        assertPlaces(new double[] {45, 55, 35}, 50, 55, 49);
    }

    @Test
    void keepsLabelsBetweenTopAndBottom() {
        assertPlaces(new double[] {90, 100}, 99, 100);
        assertPlaces(new double[] {0, 10}, 0, 1);
    }

    @Test
    void runsOverTheBottomWhereThereIsNoRoomForAll() {
        double[] places = LabelColumn.spread(new double[] {0, 0, 0}, 10, 0, 15);

        assertArrayEquals(new double[] {0, 10, 20}, places, 1e-9);
    }

    private static void assertPlaces(double[] expected, double... wanted) {
        assertArrayEquals(expected, LabelColumn.spread(wanted, 10, 0, 100), 1e-9);
    }
}
