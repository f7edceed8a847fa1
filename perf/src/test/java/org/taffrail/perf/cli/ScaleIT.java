// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.taffrail.perf.scale.ScenarioName;

import java.util.ArrayList;
import java.util.List;

/**
 * Small runs of the scenarios of scale, against Taffrail in a process of its own; one that delivers
 * at once and one that does not, and all with {@code -Pfull}.
 */
@EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
class ScaleIT extends CommandIT {
    private static final List<ScenarioName> SCENARIOS =
            FULL
                    ? List.of(ScenarioName.values())
                    : List.of(ScenarioName.BACKLOG, ScenarioName.REPLIES);

    @Test
    void smallRunsTellWhatTheyCost() {
        List<String> arguments = new ArrayList<>(List.of("scale"));
        SCENARIOS.forEach(scenario -> arguments.add(scenario.toString()));
        arguments.addAll(
                List.of(
                        "--start=taffrail",
                        "--durability=page-cache",
                        "--heap=128m",
                        SMALL_JVM,
                        "--messages=1000",
                        "--parties=20",
                        "--measured=200",
                        "--rate=200",
                        "--duration=100ms",
                        "--rounds=1",
                        "--out=" + folder));

        int exitCode = perf(arguments.toArray(String[]::new));

        assertEquals(0, exitCode, err::toString);
        for (ScenarioName scenario : SCENARIOS) {
            String text = partOf(scenario, out.toString());
            assertTrue(text.contains("live heap, measured MiB"), text);
            assertEquals(scenario.deliversAtOnce(), text.contains("to first delivery ms"), text);
            assertTrue(text.contains("loaded"), text);
        }
    }

    /** What the report says of one scenario. */
    private static String partOf(ScenarioName scenario, String report) {
        String heading = "\ntaffrail, " + scenario + ": ";
        int from = report.indexOf(heading);
        assertTrue(from >= 0, report);
        int next = report.indexOf("\ntaffrail, ", from + heading.length());
        return report.substring(from, next < 0 ? report.length() : next);
    }
}
