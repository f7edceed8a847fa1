// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.report.ComparisonPage;
import org.taffrail.compat.report.JunitXmlReader;
import org.taffrail.compat.run.RunRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code compat page}: puts all results in a folder side by side. */
@Command(
        name = "page",
        mixinStandardHelpOptions = true,
        description = "Makes the page that compares all results in a folder.")
final class PageCommand implements Callable<Integer> {
    private static final String FILE = "index.html";

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the folder given as --out to one or more runs")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().println(write(folder));
        return ExitCode.OK;
    }

    static Path write(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is no folder");
        }
        List<RunRecord> runs = JunitXmlReader.readAll(folder);
        if (runs.isEmpty()) {
            throw new IOException("there are no results in " + folder);
        }
        Path page = folder.resolve(FILE);
        Files.writeString(page, ComparisonPage.of(runs), StandardCharsets.UTF_8);
        return page;
    }
}
