// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.perf.scale.ScenarioName;

import java.util.stream.Stream;

/**
 * Small runs of the scenarios of scale, against Taffrail in a process of its own; three of them,
 * and all with {@code -Pfull}.
 */
class ScaleIT extends CommandIT {
    static Stream<ScenarioName> scenarios() {
        return "full".equals(System.getProperty("taffrail.tests"))
                ? Stream.of(ScenarioName.values())
                : Stream.of(ScenarioName.BACKLOG, ScenarioName.SUBSCRIBER, ScenarioName.REPLIES);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aSmallRunTellsWhatItCosts(ScenarioName scenario) {
        int exitCode =
                perf(
                        "scale",
                        scenario.toString(),
                        "--start=taffrail",
                        "--durability=page-cache",
                        "--heap=128m",
                        "--java-options=-Xmx256m -XX:TieredStopAtLevel=1",
                        "--messages=3000",
                        "--parties=20",
                        "--measured=500",
                        "--rate=200",
                        "--duration=300ms",
                        "--rounds=1",
                        "--out=" + folder);

        assertEquals(0, exitCode, err::toString);
        String text = out.toString();
        assertTrue(text.contains("taffrail, " + scenario + ": "), text);
        assertTrue(text.contains("live heap, measured MiB"), text);
        assertEquals(scenario.deliversAtOnce(), text.contains("to first delivery ms"), text);
        assertTrue(text.contains("loaded"), text);
    }
}
