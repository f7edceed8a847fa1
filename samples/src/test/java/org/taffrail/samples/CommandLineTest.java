// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class CommandLineTest {
    private static final Set<String> KNOWN = Set.of("--data", "--orders");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void readsOptionsInAnyOrder() {
        CommandLine line = CommandLine.parse(List.of("--orders", "500", "--data", "d"), KNOWN);

        assertEquals(Optional.of("d"), line.value("--data"));
        assertEquals(500, line.number("--orders", 1));
    }

    @Test
    void leavesOutWhatIsNotGiven() {
        CommandLine line = CommandLine.parse(List.of(), KNOWN);

        assertEquals(Optional.empty(), line.value("--data"));
        assertEquals(1, line.number("--orders", 1));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertRefused("unknown option --date", "--date", "d");
        assertRefused("--data needs a value", "--orders", "1", "--data");
        assertRefused("--data is given twice", "--data", "d", "--data", "e");
        assertRefused("--orders many is not a number", "--orders", "many");
    }

    private static void assertRefused(String why, String... args) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> CommandLine.parse(List.of(args), KNOWN).number("--orders", 1));
        assertEquals(why, refused.getMessage());
    }

    @Test
    void theSampleCommandSaysWhatIsWrong() {
        assertSampleRefused("--jndi is missing", "orderdesk");
        assertSampleRefused(
                "orders is 5, not in 101..1000000", "orderdesk", "--jndi", "f", "--orders", "5");
        assertSampleRefused(
                "The sample orderdesk could not go on: java.nio.file.NoSuchFileException: no/file",
                "orderdesk",
                "--jndi",
                "no/file");
        assertSampleRefused(
                "requests is 5, not in 100..10000000", "request-reply", "--requests", "5");
        assertSampleRefused("payments is 5, not in 12..1000000", "xa", "--payments", "5");
        assertSampleRefused("unknown option --orders", "xa", "--orders", "5");
        assertSampleRefused("usage: taffrail sample orderdesk --jndi FILE [--orders N]", "desk");
    }

    @Test
    void theQuickstartSaysWhatIsWrong() {
        assertEquals(2, new Quickstart(err, err).start(List.of("--orders", "100")));
        assertEquals("orders is 100, not in 101..1000000", firstLine());
    }

    private void assertSampleRefused(String firstLine, String... args) {
        printed.reset();
        assertEquals(2, Main.start(List.of(args), err, err));
        assertEquals(firstLine, firstLine());
    }

    private String firstLine() {
        return printed.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
}
