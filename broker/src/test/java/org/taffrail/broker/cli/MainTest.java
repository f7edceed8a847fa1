// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.store.StoreException;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.Callable;

class MainTest {
    /** A command that fails as it is told. */
    @Command(name = "fail")
    private record Failing(Exception how) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw how;
        }
    }

    private static String said(Exception how) {
        CommandLine commandLine = new CommandLine(new Failing(how));
        Main.tellFailures(commandLine);
        StringWriter err = new StringWriter();
        commandLine.setErr(new PrintWriter(err, true));
        assertEquals(Main.FAILED, commandLine.execute());
        return err.toString().strip();
    }

    @Test
    void saysWhoHasNoRightToAFile() {
        String who = System.getProperty("user.name");
        AccessDeniedException denied = new AccessDeniedException("d/lock");

        assertEquals(
                "fail: d/lock ("
                        + who
                        + ", as whom this runs, has no right to d/lock: ls -l says who has)",
                said(denied));
        assertEquals(
                "fail: claiming d ("
                        + who
                        + ", as whom this runs, has no right to d/lock: ls -l says who has)",
                said(new StoreException(StoreException.Kind.IO, "claiming d", denied)));
        assertEquals("fail: claiming d", said(new IllegalStateException("claiming d")));
    }
}
