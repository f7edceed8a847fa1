// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import org.taffrail.compat.cli.CompatCommand;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs of the whole kit into a folder, and what the repository says of them; for both kits. */
final class KitRuns {
    /** The list of what Taffrail does not pass. */
    static final Path LIST =
            Path.of(System.getProperty("taffrail.root")).resolve(Path.of("docs", "not-passed.md"));

    private KitRuns() {}

    /** Runs the kit on providers that it starts, in a folder without older results. */
    static int run(Path folder, String... providers) throws IOException {
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
        List<String> arguments = new ArrayList<>();
        for (String provider : providers) {
            arguments.add("--start=" + provider);
        }
        arguments.add("--out=" + folder);
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    /** The results in a folder. */
    static List<RunRecord> results(Path folder) throws IOException {
        return JunitXmlReader.readAll(folder);
    }

    /** What the list says of providers that were run, and of no others. */
    static Set<String> listed(List<RunRecord> runs) throws IOException {
        Set<String> listed = NotPassedDoc.entries(Files.readString(LIST));
        listed.removeIf(
                entry -> runs.stream().noneMatch(run -> entry.startsWith(run.name() + ": ")));
        return listed;
    }
}
