// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.report.ConformanceDoc;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;

/** {@code compat conformance}: prints {@code docs/jms-conformance.md}. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Prints which statement is checked by what, as Markdown.")
public final class ConformanceCommand implements Callable<Integer> {
    private static final String INTRODUCTION =
            """
            <!-- Generated: bin/taffrail compat conformance docs/jms-choices.properties; see ConformanceDocTest. -->

            What Jakarta Messaging 3.1 says, statement by statement in words of our own, with the check
            of the compatibility kit that holds a provider to it. A section such as `6.1.8` is one of the
            specification, `api:` the Javadoc of its interfaces. *Must*: it demands it. *Should*: it
            recommends it. *Common practice*: it leaves it open, and applications rely on it.

            The last column says what Taffrail does where there is a choice; choices about which there is no
            statement here are [at the end](#other-choices). Where it is empty, Taffrail does what the
            statement says; what it does not pass is listed in [not-passed.md](not-passed.md).
            """;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "what the provider has chosen, as properties")
    private Path choices;

    private ConformanceCommand() {}

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().print(page(choices));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    /**
     * Makes the page.
     *
     * @param choices what the provider has chosen, as properties
     * @return Markdown
     * @throws IOException if the file can't be read
     */
    public static String page(Path choices) throws IOException {
        Properties chosen = new Properties();
        try (Reader in = Files.newBufferedReader(choices, StandardCharsets.UTF_8)) {
            chosen.load(in);
        }
        return ConformanceDoc.of(
                "Jakarta Messaging, statement by statement",
                INTRODUCTION,
                Catalogue.CHAPTERS,
                chosen);
    }
}
