// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class MigrateCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine = MigrateCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private int drain(String... more) {
        String[] arguments = new String[7 + more.length];
        String state = folder.toString();
        String url = "taffrail:embedded?name=";
        System.arraycopy(
                new String[] {"drain", "--from", url + "a", "--to", url + "b", "--state", state},
                0,
                arguments,
                0,
                7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        return run(arguments);
    }

    private void assertUsage(String why, int exitCode) {
        assertEquals(2, exitCode, err.toString());
        assertTrue(err.toString().contains(why), err.toString());
    }

    @Test
    void saysWhatIsMissing() {
        assertUsage("say what to do", run());
        assertUsage("--from", run("drain", "--queue", "q"));
        assertUsage("nothing to carry", drain());
        assertUsage("two links into queue:b", drain("--queue", "a=b", "--queue", "b"));
    }

    @Test
    void namesTheLimitOfAnOptionThatIsOutOfIt() {
        assertUsage("--batch=0, allowed are 1 to 10000", drain("--queue", "q", "--batch", "0"));
        assertUsage("--rate=-1, allowed are 0 to", drain("--queue", "q", "--rate", "-1"));
    }

    @Test
    void namesTheNearestOption() {
        assertUsage("--until-empty", drain("--queue", "q", "--until-emty"));
    }

    @Test
    void aProviderThatIsNotThereIsNamed() throws IOException {
        Path file = folder.resolve("old.properties");
        String[] arguments = {
            "drain",
            "--from",
            file.toString(),
            "--to",
            "taffrail://localhost:1",
            "--queue",
            "q",
            "--state",
            folder.toString()
        };

        assertEquals(3, run(arguments));
        assertTrue(err.toString().contains("cannot read " + file), err.toString());

        Files.writeString(file, "java.naming.factory.initial=no.such.Factory\n");
        assertEquals(3, run(arguments));
        assertTrue(err.toString().contains("TAFFRAIL_CLASSPATH"), err.toString());
    }

    @Test
    void aBrokerThatDoesNotPermitImportsIsSaid() {
        int exitCode = drain("--queue", "q", "--until-empty", "--quiet-ms", "100");

        assertEquals(1, exitCode, out.toString());
        assertTrue(out.toString().contains("security.importers"), out.toString());
    }

    @Test
    void reportsWhatWasCarriedWithNewIds() {
        int exitCode = drain("--new-ids", "--queue", "q", "--until-empty", "--quiet-ms", "100");

        assertEquals(0, exitCode, out.toString());
        assertTrue(out.toString().contains("queue q: ended"), out.toString());
        assertTrue(Files.exists(folder.resolve("report.txt")));
    }
}
