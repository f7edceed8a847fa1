// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class StartTableTest {
    @Test
    void showsBothStartsOfEachBrokerAndADashForOneThatWasNotStarted() {
        StartTable table = new StartTable(List.of("running", "a", "b"), true);
        table.add(StartTable.Start.FIRST, 1, 900);
        table.add(StartTable.Start.FIRST, 1, 700);
        table.add(StartTable.Start.FIRST, 1, 800);
        table.add(StartTable.Start.SECOND, 1, 500);
        table.add(StartTable.Start.FIRST, 2, 1_600);
        table.add(StartTable.Start.SECOND, 2, 1_000);

        List<String> rows = rows(table);

        assertEquals(
                "start to the first message, ms running: min median max a: min median max"
                        + " b: min median max running/a running/b",
                rows.get(0));
        assertEquals("on an empty folder - - - 700 800 900 1,600 1,600 1,600 - -", rows.get(1));
        assertEquals(
                "again, after an orderly stop - - - 500 500 500 1,000 1,000 1,000 - -",
                rows.get(2));
        assertEquals(3, rows.size());
    }

    @Test
    void comparesTheFirstBrokerWithTheOthers() {
        StartTable table = new StartTable(List.of("a", "b"), false);
        table.add(StartTable.Start.FIRST, 0, 400);
        table.add(StartTable.Start.FIRST, 1, 1_600);
        table.add(StartTable.Start.SECOND, 0, 300);
        table.add(StartTable.Start.SECOND, 1, 1_500);

        assertEquals(
                List.of(
                        "start to the first message, ms a b a/b",
                        "on an empty folder 400 1,600 0.25",
                        "again, after an orderly stop 300 1,500 0.20"),
                rows(table));
    }

    private static List<String> rows(StartTable table) {
        return table.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
    }
}
