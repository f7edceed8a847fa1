// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class MainTest {
    private static final String FILE = "taffrail-check\t1\nrun\tjava\t17.0.1\n%send\n";

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Object... args) {
        return Main.start(
                Arrays.stream(args).map(Object::toString).toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Path file(String lines) throws IOException {
        return Files.writeString(folder.resolve("a.check"), FILE.replace("%s", lines));
    }

    @Test
    void exitsWith0WhereAllWorksPerhapsWithSettings() throws IOException {
        Path file =
                file("use\tSESSION\tauto\t1\ta.B.c:1\nuse\tPROPERTY_SENT\tJMSXUserID\\tx\t1\t\n");
        assertEquals(1, run(file), "a property of class x does not work");
        file("use\tSESSION\tauto\t1\ta.B.c:1\nuse\tOBJECT_SENT\tcom.acme.A\t1\t\n");
        assertEquals(0, run(folder));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("1 need a setting"));
    }

    @Test
    void exitsWith1WhereSomethingDoesNotWork() throws IOException {
        file("use\tSESSION\tmode 4\t1\ta.B.c:1\n");
        assertEquals(1, run(folder, "--html=" + folder.resolve("r.html")));
        assertTrue(Files.readString(folder.resolve("r.html")).contains("a.<wbr>B.<wbr>c:1"));
        assertFalse(Files.exists(folder.resolve("r.json")));
    }

    @Test
    void exitsWith2WhereThereIsNoReport() throws IOException {
        assertEquals(2, run());
        assertEquals(2, run("--colour", "x"));
        assertEquals(2, run(folder, "--html"));
        assertEquals(2, run(folder.resolve("missing")));
        assertEquals(2, run(folder), "a folder without files");
        assertEquals(2, run(Files.writeString(folder.resolve("b.check"), "taffrail-check\t1\n")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("torn"));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void tellsHowItIsUsed() {
        assertEquals(0, run("--help"));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).startsWith("usage: taffrail migrate check"));
        assertEquals(List.of(), err.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
