// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A short run against ActiveMQ Classic in a process of its own. */
@EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
class ClassicIT extends CommandIT {
    @Test
    void measuresAndVerifiesThroughput() {
        int exitCode =
                perf(
                        "compare",
                        "--start=classic",
                        "--durability=page-cache",
                        "--no-start",
                        "--no-costs",
                        "--warmup=50ms",
                        "--duration=100ms",
                        "--repetitions=1",
                        "--case=xa:10",
                        "--case=async-send:1",
                        "--rate=20",
                        SMALL_JVM,
                        "--out=" + folder);

        String text = out.toString();
        assertEquals(ExitCode.FAILED, exitCode, "it has no asynchronous sends");
        assertTrue(text.matches("(?s).*\nxa:10 +[0-9].*"), text);
        assertTrue(text.matches("(?s).*\nasync-send:1 +-\n.*"), text);
        assertTrue(text.contains("note: async-send:1: "), text);
        assertTrue(text.contains("journalDiskSyncStrategy=never"), text);
    }
}
