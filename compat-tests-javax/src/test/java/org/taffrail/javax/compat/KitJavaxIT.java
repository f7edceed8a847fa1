// SPDX-License-Identifier: Apache-2.0
package org.taffrail.javax.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.taffrail.javax.compat.cli.CompatCommand;
import org.taffrail.javax.compat.cli.NotPassedCommand;
import org.taffrail.javax.compat.report.JunitXmlReader;
import org.taffrail.javax.compat.report.NotPassedDoc;
import org.taffrail.javax.compat.run.RunRecord;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The whole kit on the provider for {@code javax.jms}: it passes what the other one passes. {@code
 * -Pfull} runs it over TCP as well.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KitJavaxIT {
    private static final Path ROOT = Path.of(System.getProperty("taffrail.root"));
    private static final Path RESULTS =
            ROOT.resolve(Path.of("compat-tests-javax", "target", "kit"));

    @Test
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

        int exitCode = compat(folder, "--start=" + peer);

        assertTrue(exitCode == 0 || exitCode == 1, () -> "exit code " + exitCode);
        List<RunRecord> runs = JunitXmlReader.readAll(folder);
        Set<String> listed = listed(runs.get(0).name());
        Set<String> found = NotPassedDoc.entries(NotPassedCommand.page(runs));
        assertEquals(String.join("\n", listed), String.join("\n", found));
    }

    private static Set<String> listed(String run) throws IOException {
        String list = Files.readString(ROOT.resolve(Path.of("docs", "not-passed.md")));
        return NotPassedDoc.entries(list).stream()
                .filter(entry -> entry.startsWith(run + ": "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int compat(Path folder, String provider) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*.xml")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        CommandLine commandLine = CompatCommand.commandLine();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        commandLine.setOut(out);
        commandLine.setErr(out);
        return commandLine.execute(provider, "--out=" + folder);
    }
}
