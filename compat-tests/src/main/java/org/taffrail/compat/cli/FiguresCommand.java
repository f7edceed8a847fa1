// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.report.FiguresTable;
import org.taffrail.compat.report.JunitXmlReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code compat figures}: prints the figures of all results in a folder, as the README has them.
 */
@Command(
        name = "figures",
        mixinStandardHelpOptions = true,
        description = "Prints the figures of all results in a folder, as a Markdown table.")
final class FiguresCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the folder given as --out to one or more runs")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().print(FiguresTable.of(JunitXmlReader.readAll(folder)));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
