// SPDX-License-Identifier: Apache-2.0
package org.taffrail.javax.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.taffrail.javax.compat.cli.NotPassedCommand;
import org.taffrail.javax.compat.report.NotPassedDoc;
import org.taffrail.javax.compat.run.RunRecord;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The whole kit on the provider for {@code javax.jms}: it passes what the other one passes. With
 * {@code -Pfull}, as the relocated code is the same; that the jar works is {@code
 * ProviderJavaxJarIT}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KitJavaxIT {
    private static final Path ROOT = Path.of(System.getProperty("taffrail.root"));
    private static final Path RESULTS =
            ROOT.resolve(Path.of("compat-tests-javax", "target", "kit"));

    @Test
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void passesEmbeddedWhatTheOtherProviderPasses() throws IOException {
        passesWhatTheOtherProviderPasses("taffrail-embedded");
    }

    @Test
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void passesOverTcpWhatTheOtherProviderPasses() throws IOException {
        passesWhatTheOtherProviderPasses("taffrail");
    }

    private static void passesWhatTheOtherProviderPasses(String peer) throws IOException {
        Path folder = RESULTS.resolve(peer);

        int exitCode = KitRuns.run(folder, peer);

        assertTrue(exitCode == 0 || exitCode == 1, () -> "exit code " + exitCode);
        List<RunRecord> runs = KitRuns.results(folder);
        Set<String> listed = KitRuns.listed(runs);
        Set<String> found = NotPassedDoc.entries(NotPassedCommand.page(runs));
        assertEquals(String.join("\n", listed), String.join("\n", found));
    }
}
