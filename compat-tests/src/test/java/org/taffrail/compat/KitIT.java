// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.taffrail.compat.cli.NotPassedCommand;
import org.taffrail.compat.report.NotPassedDoc;
import org.taffrail.compat.run.RunRecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The whole kit on Taffrail, over TCP with the broker in another process; with {@code -Pfull}
 * embedded as well, which the kit for {@code javax.jms} always does, and on other providers. What
 * is left is in {@code target/kit}: XML and a page.
 */
class KitIT {
    private static final Path ROOT = Path.of(System.getProperty("taffrail.root"));
    private static final boolean FULL = "full".equals(System.getProperty("taffrail.tests"));
    private static final Path RESULTS = ROOT.resolve(Path.of("compat-tests", "target", "kit"));

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void taffrailPassesAllButWhatItsListSays() throws IOException {
        Path folder = RESULTS.resolve("taffrail");

        int exitCode =
                FULL
                        ? KitRuns.run(folder, "taffrail", "taffrail-embedded")
                        : KitRuns.run(folder, "taffrail");

        assertTrue(exitCode == 0 || exitCode == 1, () -> "exit code " + exitCode);
        List<RunRecord> runs = KitRuns.results(folder);
        Set<String> listed = KitRuns.listed(runs);
        Set<String> found = NotPassedDoc.entries(NotPassedCommand.page(runs));
        assertEquals(
                String.join("\n", listed),
                String.join("\n", found),
                KitRuns.LIST
                        + " is not what this run says; docs/building.md tells how to renew it");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void runsToItsEndAgainstOtherProviders() throws IOException {
        Path folder = RESULTS.resolve("others");

        int exitCode = KitRuns.run(folder, "artemis", "classic");

        assertTrue(exitCode == 0 || exitCode == 1, () -> "exit code " + exitCode);
        assertEquals(2, KitRuns.results(folder).size());
        assertTrue(Files.size(folder.resolve("index.html")) > 0, "no page");
    }
}
