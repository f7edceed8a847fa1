// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The quickstart as it is run from the command line, apart from the end of the process. */
class QuickstartIT {
    private static final Pattern FOLDER = Pattern.compile("keeps its log in (.*)");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final Quickstart quickstart = new Quickstart(out, out);

    @TempDir private Path data;

    @Test
    void removesTheFolderThatItMade() {
        int code = quickstart.start(List.of("--orders", "200"));

        assertEquals(0, code, this::printed);
        Matcher folder = FOLDER.matcher(printed());
        assertTrue(folder.find(), this::printed);
        assertFalse(Files.exists(Path.of(folder.group(1))), this::printed);
        assertTrue(printed().contains("accounted for exactly once"), this::printed);
        assertTrue(printed().contains("end to end"), this::printed);
    }

    @Test
    void keepsTheFolderThatItWasGivenAndRunsOnItAgain() throws IOException {
        List<String> args = List.of("--data", data.toString(), "--orders", "200");

        assertEquals(0, quickstart.start(args), this::printed);
        assertEquals(0, quickstart.start(args), this::printed);

        try (Stream<Path> files = Files.list(data)) {
            assertTrue(files.findAny().isPresent(), "the broker's files are kept");
        }
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
