// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.samples.artemis.ArtemisProcess;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The sample command with another provider's jndi.properties. */
class SampleOnArtemisIT {
    private static final String ROW = "\\s+140(\\s+[0-9]+\\.[0-9]){5}";

    @TempDir private Path folder;

    @Test
    void printsSendAndEndToEndPercentilesOfTheOrdersByDay()
            throws IOException, InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (ArtemisProcess server = ArtemisProcess.start(folder.resolve("data"))) {
            Path jndi = jndiProperties(server.url());

            List<String> args = List.of("orderdesk", "--jndi", jndi.toString(), "--orders", "240");
            assertEquals(
                    0, Main.start(args, out, out), () -> printed.toString(StandardCharsets.UTF_8));
        }
        List<String> lines =
                printed.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
        assertEquals(1, rows(lines, "send"), lines::toString);
        assertEquals(1, rows(lines, "end to end"), lines::toString);
    }

    private Path jndiProperties(String url) throws IOException {
        try (InputStream in =
                Main.class.getResourceAsStream("/orderdesk/artemis.jndi.properties")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(
                    folder.resolve("jndi.properties"), text.replace("tcp://localhost:61616", url));
        }
    }

    private static long rows(List<String> lines, String label) {
        Pattern row = Pattern.compile(label + ROW);
        return lines.stream().filter(line -> row.matcher(line).matches()).count();
    }
}
