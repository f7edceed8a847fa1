// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Types commands for a running broker, and looks at what they say. */
abstract class CommandsTest {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** What stands on standard input. */
    String input = "";

    /** The password in the environment, or null. */
    String environment;

    /** Where the broker is. */
    abstract String url();

    final int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", url()));
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        PasswordEntry entry = new PasswordEntry(null, new ByteArrayInputStream(bytes), environment);
        CommandLine commandLine =
                Main.commandLine(entry)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int status = commandLine.execute(all.toArray(new String[0]));
        assertEquals(status == 0 ? 0 : 1, err.toString().lines().count(), err.toString());
        return status;
    }

    final void done(String... arguments) {
        assertEquals(0, run(arguments), err.toString());
    }

    final void failed(String why, String... arguments) {
        assertEquals(Main.FAILED, run(arguments), out.toString());
        assertTrue(err.toString().contains(why), err.toString());
    }

    final void wronglyTyped(String why, String... arguments) {
        assertEquals(Main.WRONG_USAGE, run(arguments), out.toString());
        assertTrue(err.toString().contains(why), err.toString());
    }

    final void assertShown(String... texts) {
        for (String text : texts) {
            assertTrue(out.toString().contains(text), text + " in\n" + out);
        }
    }
}
