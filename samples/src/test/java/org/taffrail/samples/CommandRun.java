// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A run of {@code taffrail sample} in this process: its exit code and what it printed. */
record CommandRun(int code, String printed) {
    static CommandRun of(List<String> args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int code = Main.start(args, out, out);
        return new CommandRun(code, printed.toString(StandardCharsets.UTF_8));
    }

    /** Writes a sample's properties for Artemis with the URL of a server; returns the file. */
    static Path jndiForArtemis(String sample, String url, Path folder) throws IOException {
        String resource = "/" + sample + "/artemis.jndi.properties";
        try (InputStream in = Main.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String changed = text.replace("tcp://localhost:61616", url);
            assertTrue(!changed.equals(text), "the URL stands in " + resource);
            return Files.writeString(folder.resolve("jndi.properties"), changed);
        }
    }

    void assertWell(String verdict) {
        assertEquals(0, code, printed);
        assertTrue(printed.contains(verdict), printed);
    }
}
