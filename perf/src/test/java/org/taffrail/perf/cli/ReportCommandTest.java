// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

class ReportCommandTest {
    @TempDir Path folder;
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatIsMissing() {
        assertEquals(2, report(folder.toString()));
        assertTrue(err.toString().contains("There is no latency run in"), err::toString);

        assertEquals(2, report(folder.resolve("nothing").toString()));
        assertTrue(err.toString().contains("There is no folder"), err::toString);

        assertEquals(2, report(folder.toString(), folder.toString()));
        assertTrue(err.toString().contains("needs --out FILE"), err::toString);
    }

    private int report(String... folders) {
        String[] arguments = new String[folders.length + 1];
        arguments[0] = "report";
        System.arraycopy(folders, 0, arguments, 1, folders.length);
        CommandLine commandLine = CommandLineSetup.commandLine();
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
