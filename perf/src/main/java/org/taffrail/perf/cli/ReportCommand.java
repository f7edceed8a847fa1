// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.report.LatencyPage;
import org.taffrail.perf.report.LatencyPicture;
import org.taffrail.perf.report.LatencyReport;
import org.taffrail.perf.report.ResultFolders;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code perf report}: makes the HTML report of latency campaigns again, also of several in one.
 */
@Command(
        name = "report",
        sortOptions = false,
        usageHelpAutoWidth = true,
        mixinStandardHelpOptions = true,
        description = "Makes the HTML report of latency results, from their .hlog files.")
public final class ReportCommand implements Callable<Integer> {
    /** The name of the page in a campaign's folder. */
    static final String PAGE = "report.html";

    @Parameters(
            paramLabel = "FOLDER",
            arity = "1..*",
            description = "folders of latency campaigns; several are shown in the same plots")
    private List<Path> folders;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the page (default, of one folder: " + PAGE + " in it)")
    private Path out;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "also write the plot of the times from end to end, as an SVG file")
    private Path picture;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "of several rates the one that the picture shows")
    private long rate;

    @Spec private CommandSpec spec;

    /** The command with its defaults; picocli fills in what was typed. */
    public ReportCommand() {}

    /**
     * Makes the page and prints where it is.
     *
     * @return the exit code
     * @throws IOException if the results can't be read or the page can't be written
     */
    @Override
    public Integer call() throws IOException {
        if (out == null && folders.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "A page of several folders needs --out FILE");
        }
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new ParameterException(spec.commandLine(), "There is no folder " + folder);
            }
        }
        LatencyReport report = ResultFolders.read(folders);
        if (report.levels().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no latency run in " + folders);
        }
        Path page = out != null ? out : folders.get(0).resolve(PAGE);
        Files.writeString(page, LatencyPage.of(report));
        if (picture != null) {
            draw(report);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.println(page);
        console.flush();
        return ExitCode.OK;
    }

    private void draw(LatencyReport report) throws IOException {
        try {
            Files.writeString(picture, LatencyPicture.of(report, rate));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
