// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.taffrail.perf.load.Series;
import org.taffrail.perf.machine.Cost;
import org.taffrail.perf.machine.Costs;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class TablesTest {
    @Test
    void medianIsTheMiddleOrTheMeanOfTwo() {
        assertEquals(new Spread(1, 2, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
        assertEquals(new Spread(1, 2.5, 9), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
        assertEquals(new Spread(4, 4, 4), Spread.of(List.of(4.0)));
        assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
    }

    @Test
    void putsRepeatedProvidersSideBySideWithTheRatioOfTheMedians() {
        Comparison comparison = new Comparison("messages/s", List.of("a", "b"), true, "%,.0f");
        comparison.row("sync-send:1", List.of(new Spread(9, 10, 11), new Spread(3, 4, 1_234)));
        comparison.row("idle", List.of(new Spread(0, 1, 2), new Spread(0, 0, 0)));
        comparison.row("none", List.of(Spread.UNKNOWN, new Spread(1, 1, 1)));

        assertEquals(
                """
                messages/s   a: min  median  max  b: min  median    max   a/b
                sync-send:1       9      10   11       3       4  1,234  2.50
                idle              0       1    2       0       0      0     -
                none              -       -    -       1       1      1     -
                """,
                comparison.toString());
    }

    @Test
    void oneRunOfOneProviderNeedsNeitherSpreadNorRatio() {
        Comparison comparison = new Comparison("x", List.of("a"), false, "%.1f");
        comparison.row("y", List.of(new Spread(1, 1, 1)));

        assertEquals("x    a\ny  1.0\n", comparison.toString());
    }

    @Test
    void refusesARowWithAFigureMissing() {
        Comparison comparison = new Comparison("x", List.of("a", "b"), false, "%.1f");
        assertThrows(
                IllegalArgumentException.class,
                () -> comparison.row("y", List.of(new Spread(1, 1, 1))));
    }

    @Test
    void showsTheMedianOfEachCostAndADashForWhatIsUnknown() {
        CostTable table = new CostTable();
        table.row(
                "sync-send:1",
                "a",
                List.of(
                        new Costs(Map.of(Cost.FORCES, 1.0, Cost.BROKER_CPU, 30.0), List.of()),
                        new Costs(Map.of(Cost.FORCES, 1.5, Cost.BROKER_CPU, 10.0), List.of()),
                        new Costs(Map.of(Cost.BROKER_CPU, 12.34), List.of())));
        table.row("sync-send:1", "b", List.of(new Costs(Map.of(), List.of())));

        List<String> lines = table.toString().lines().toList();

        assertTrue(lines.get(0).contains("of  broker CPU us  file bytes  forces"), lines.get(0));
        assertEquals("sync-send:1 a 12.3 - 1.250 - - -", lines.get(1).replaceAll(" +", " "));
        assertEquals("sync-send:1 b - - - - - -", lines.get(2).replaceAll(" +", " "));
    }

    @Test
    void showsPercentilesInMicroseconds() {
        Map<Series, Histogram> histograms = new EnumMap<>(Series.class);
        for (Series series : Series.values()) {
            Histogram histogram = new Histogram(3);
            for (int us = 1; us <= 1_000; us++) {
                histogram.recordValue(us * 1_000L);
            }
            histograms.put(series, histogram);
        }

        List<String> lines = LatencyTables.ofOneRun(histograms).lines().toList();

        assertEquals(1 + Series.values().length, lines.size());
        assertEquals(
                List.of("microseconds", "p50", "p90", "p99", "p99.9", "p99.99", "max"),
                List.of(lines.get(0).split(" +")));
        assertEquals(
                "send-ack 500.2 900.1 990.2 999.4 1,000.4 1,000.4",
                lines.get(1).replaceAll(" +", " "));
    }
}
