// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.report.JunitXmlReader;
import org.taffrail.compat.report.NotPassedDoc;
import org.taffrail.compat.run.RunRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code compat not-passed}: prints {@code docs/not-passed.md}. */
@Command(
        name = "not-passed",
        mixinStandardHelpOptions = true,
        description = "Prints what did not pass, and why, as Markdown.")
public final class NotPassedCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "results of runs")
    private List<Path> files;

    private NotPassedCommand() {}

    @Override
    public Integer call() throws IOException {
        List<RunRecord> runs = new ArrayList<>();
        for (Path file : files) {
            runs.add(
                    JunitXmlReader.read(file)
                            .orElseThrow(() -> new IOException(file + " is no result of the kit")));
        }
        spec.commandLine().getOut().print(page(runs));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    /**
     * Makes the page.
     *
     * @param runs the runs
     * @return Markdown
     */
    public static String page(List<RunRecord> runs) {
        String names = runs.stream().map(RunRecord::name).collect(Collectors.joining(", "));
        int checks = runs.stream().mapToInt(run -> run.results().size()).max().orElse(0);
        return NotPassedDoc.of(
                String.format(
                        Locale.ROOT,
                        """
                        # What does not pass

                        <!-- Generated: bin/taffrail compat not-passed FILE...; KitIT compares it with each build's runs. -->

                        Runs of the compatibility kit (%d checks) against: %s. The build fails when its own runs say
                        anything else: a check that fails and is not listed, or one that is listed and passes.
                        """,
                        checks,
                        names),
                runs);
    }
}
