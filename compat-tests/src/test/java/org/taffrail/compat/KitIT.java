// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.taffrail.compat.cli.CompatCommand;
import org.taffrail.compat.cli.NotPassedCommand;
import org.taffrail.compat.report.JunitXmlReader;
import org.taffrail.compat.report.NotPassedDoc;
import org.taffrail.compat.run.RunRecord;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
                        ? compat(folder, "--start=taffrail", "--start=taffrail-embedded")
                        : compat(folder, "--start=taffrail");

        assertTrue(exitCode == 0 || exitCode == 1, () -> "exit code " + exitCode);
        List<RunRecord> runs = JunitXmlReader.readAll(folder);
        Path list = ROOT.resolve(Path.of("docs", "not-passed.md"));
        Set<String> listed = NotPassedDoc.entries(Files.readString(list));
        listed.removeIf(
                entry -> runs.stream().noneMatch(run -> entry.startsWith(run.name() + ": ")));
        Set<String> found = NotPassedDoc.entries(NotPassedCommand.page(runs));
        assertEquals(
                String.join("\n", listed),
                String.join("\n", found),
                list + " is not what this run says; docs/building.md tells how to renew it");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
    void runsToItsEndAgainstOtherProviders() throws IOException {
        Path folder = RESULTS.resolve("others");

        int exitCode = compat(folder, "--start=artemis", "--start=classic");

        assertTrue(exitCode == 0 || exitCode == 1, () -> "exit code " + exitCode);
        assertEquals(2, JunitXmlReader.readAll(folder).size());
        assertTrue(Files.size(folder.resolve("index.html")) > 0, "no page");
    }

    private static int compat(Path folder, String... providers) throws IOException {
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
        String[] arguments = new String[providers.length + 1];
        System.arraycopy(providers, 0, arguments, 0, providers.length);
        arguments[providers.length] = "--out=" + folder;
        return commandLine.execute(arguments);
    }
}
