// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every option of every command that takes a number: what it does not allow it refuses. */
class NumberOptionsTest {
    private static final List<String> NO_OFFSETS = List.of("-1", "9223372036854775808", "1e3", "");

    private static final List<String> NO_AMOUNTS =
            List.of("0", "-1", "99999999999", "1000000001", "99999999999999999999", "all");

    private static final List<String> NO_DURATIONS =
            List.of("-1", "-1s", "3153600000001", "99999999999d", "10 years", "soon", "");

    /** What is not allowed, by the option. */
    private static final Map<String, List<String>> WRONG =
            Map.ofEntries(
                    Map.entry("--limit", NO_AMOUNTS),
                    Map.entry("--count", NO_AMOUNTS),
                    Map.entry("--offset", NO_OFFSETS),
                    Map.entry("--from-offset", NO_OFFSETS),
                    Map.entry("--to-offset", NO_OFFSETS),
                    Map.entry("--partition", NO_OFFSETS),
                    Map.entry("--group", List.of("0", "9223372036854775808", "audit")),
                    Map.entry("--iterations", List.of("0", "-1", "999", "10000001", "99999999999")),
                    Map.entry("--priority", List.of("-1", "10", "high")),
                    Map.entry("--ttl", NO_DURATIONS),
                    Map.entry("--delay", NO_DURATIONS),
                    Map.entry("--timeout", NO_DURATIONS),
                    Map.entry("--apart", NO_DURATIONS),
                    Map.entry("--rate", List.of("0", "-1", "1000001", "10MiB")));

    private static final String DURATION = "from 0 to 3153600000000 ms, as in 500ms, 10s";

    /** What each of them says is allowed. */
    private static final Map<String, String> RANGES =
            Map.ofEntries(
                    Map.entry("--limit", "from 1 to 1000000000"),
                    Map.entry("--count", "from 1 to 1000000000"),
                    Map.entry("--offset", "from 0 to 9223372036854775807"),
                    Map.entry("--from-offset", "from 0 to 9223372036854775807"),
                    Map.entry("--to-offset", "from 0 to 9223372036854775807"),
                    Map.entry("--partition", "from 0 to 9223372036854775807"),
                    Map.entry("--group", "to 9223372036854775807, but not 0"),
                    Map.entry("--iterations", "from 1000 to 10000000"),
                    Map.entry("--priority", "from 0 to 9"),
                    Map.entry("--ttl", DURATION),
                    Map.entry("--delay", DURATION),
                    Map.entry("--timeout", DURATION),
                    Map.entry("--apart", DURATION),
                    Map.entry("--rate", "from 1 to 1000000"));

    private static final CommandLine COMMANDS =
            Main.commandLine(new PasswordEntry(null, new ByteArrayInputStream(new byte[0]), null));

    private final StringWriter err = new StringWriter();

    /** The words of each command with each of its options that takes a number. */
    static Stream<Arguments> numbers() {
        List<Arguments> found = new ArrayList<>();
        collect(COMMANDS, List.of(), found);
        return found.stream();
    }

    private static void collect(CommandLine command, List<String> path, List<Arguments> found) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            Class<?> type = option.type();
            if (Number.class.isAssignableFrom(type)
                    || type.isPrimitive() && type != boolean.class) {
                found.add(Arguments.of(path, option.longestName()));
            }
        }
        command.getSubcommands()
                .forEach(
                        (name, below) -> {
                            List<String> longer = new ArrayList<>(path);
                            longer.add(name);
                            collect(below, longer, found);
                        });
    }

    private int type(List<String> path, String option) {
        err.getBuffer().setLength(0);
        List<String> typed = new ArrayList<>(path);
        typed.add(option);
        return COMMANDS.setErr(new PrintWriter(err, true)).execute(typed.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void refusesWhatItDoesNotAllowWithItsNameTheValueAndTheRange(List<String> path, String option) {
        assertTrue(WRONG.containsKey(option), option + " is new: say here what it refuses");
        for (String wrong : WRONG.get(option)) {
            assertEquals(Main.WRONG_USAGE, type(path, option + "=" + wrong), err.toString());
            assertEquals(1, err.toString().lines().count(), err.toString());
            String expected = option + " is " + wrong + ", allowed from ";
            assertTrue(err.toString().contains(expected), err.toString());
            assertTrue(err.toString().contains(RANGES.get(option)), err.toString());
        }

        type(path, option + (option.equals("--priority") ? "=9" : "=1000"));
        assertFalse(err.toString().contains("allowed"), err.toString());
    }

    @Test
    void areFoundInEveryCommandThatShowsOrTreatsMessages() {
        List<String> limited =
                numbers()
                        .filter(each -> each.get()[1].equals("--limit"))
                        .map(each -> each.get()[0].toString())
                        .toList();

        for (String kind : List.of("queue", "topic")) {
            for (String name : List.of("browse", "tail", "purge", "move", "replay")) {
                assertTrue(limited.contains("[" + kind + ", " + name + "]"), limited.toString());
            }
        }
        assertTrue(limited.contains("[dlq, show]"), limited.toString());
        assertTrue(limited.contains("[log, dump]"), limited.toString());
    }
}
