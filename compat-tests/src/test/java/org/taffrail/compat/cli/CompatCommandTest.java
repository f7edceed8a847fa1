// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.kit.CheckCase;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class CompatCommandTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int compat(String... arguments) {
        CommandLine commandLine = CompatCommand.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--start=clasic|did you mean classic?",
                "--start=artemis --only=ConectionClose|ConnectionClose",
                "--start=artemis --only=99|fits no check",
                "--start=artemis --strength=most|must, should, common-practice",
                "--start=artemis --patience=20|no time such as 150ms",
                "--start=artemis --limit=0s|no time such as 150ms",
                "--start=artemis --patience=2m|--patience is longer than --limit",
                "--start=artemis --workers=0|--workers is 0, not 1 to 64",
                "--start=artemis --name=x|belong to --jndi",
                "--start=artemis --jndi=x|not both",
                "--jndi=x --password-stdin|needs --user",
                "--jndi=x --nmae=y|--name",
                "pgae|page",
                "--workers=4|Name a provider",
            })
    void refusesACommandLineThatIsWrongAndSaysWhy(String arguments, String complaint) {
        int exitCode = compat(arguments.split(" "));

        assertEquals(ExitCode.USAGE, exitCode, err::toString);
        assertTrue(err.toString().contains(complaint), err::toString);
        assertTrue(err.toString().lines().count() <= 3, "a page of options:\n" + err);
    }

    @Test
    void listsChecksOfASectionWithoutAProvider() {
        int exitCode = compat("--list", "--only=6.1.8");

        assertEquals(ExitCode.OK, exitCode, err::toString);
        for (CheckCase check : CheckCase.of(Catalogue.CHAPTERS)) {
            boolean wanted = check.check().section().equals("6.1.8");
            assertEquals(wanted, out.toString().contains("  " + check.id() + " ("), check.id());
            assertTrue(!wanted || out.toString().contains(check.check().says()), check.id());
        }
    }

    @Test
    void aSectionIsNotThePartOfANumber() {
        assertEquals(ExitCode.USAGE, compat("--list", "--only=6.1.80"));
        assertEquals(ExitCode.OK, compat("--list", "--only=6"));
        assertFalse(out.toString().contains("(16."), "section 16 is none of 6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.properties||cannot read",
                "jndi.properties|java.naming.factory.initial=no.such.Factory|no.such.Factory",
                "jndi.properties|compat.pasword=x|compat.password",
                "jndi.properties|java.naming.provider.url=x|ConnectionFactory",
            })
    void saysWhyAProviderCantBeHad(String name, String text, String complaint) throws IOException {
        Path file = folder.resolve(name);
        if (text != null) {
            Files.writeString(file, text + "\n");
        }

        int exitCode = compat("--here", "--jndi=" + file, "--out=" + folder);

        assertEquals(ExitCode.NO_PROVIDER, exitCode);
        assertTrue(err.toString().contains(complaint), err::toString);
        assertFalse(err.toString().contains("\tat "), "a stack trace:\n" + err);
    }

    @Test
    void makesNoPageOfNothing() {
        int exitCode = compat("page", folder.toString());

        assertEquals(ExitCode.NO_PROVIDER, exitCode);
        assertTrue(err.toString().contains("there are no results in"), err::toString);
    }

    @Test
    void namesFilesSoThatEverySystemTakesThem() {
        assertEquals("ibm-mq-9-4", HereRun.fileName("IBM MQ 9.4"));
        assertEquals("etc-passwd", HereRun.fileName("../../etc/passwd"));
        assertEquals("provider", HereRun.fileName("\u00e4/"));
    }
}
