// SPDX-License-Identifier: Apache-2.0
package org.taffrail.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page {@code docs/operators-day.md}: its fenced blocks in their order. One that follows {@code
 * <!-- file: PATH -->} is a file, any other has commands behind {@code $}, each with what it shows.
 */
final class DayPage {
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)(?:^<!-- file: (\\S+) -->\n)?^```\\w*\n(.*?)^```$");
    private static final Pattern STATUS = Pattern.compile(" +# status (\\d+)$");
    private static final String ANYTHING = "...";

    private final List<Step> steps = new ArrayList<>();

    /** A file to write or a command to run. */
    sealed interface Step permits Written, Typed {}

    /**
     * A file.
     *
     * @param path where the page puts it
     * @param text what is in it
     */
    record Written(String path, String text) implements Step {}

    /**
     * A command.
     *
     * @param command as a shell takes it
     * @param status what it ends with
     * @param shown the lines that the page shows of it; none if it does not say
     */
    record Typed(String command, int status, List<String> shown) implements Step {
        /** Tells whether lines are those of the page, however wide its columns are. */
        boolean shows(String said) {
            if (shown.isEmpty()) {
                return true;
            }
            String lines =
                    shown.stream()
                            .map(
                                    line ->
                                            line.equals(ANYTHING)
                                                    ? "(?:.*\n)*"
                                                    : pattern(narrow(line)) + '\n')
                            .collect(Collectors.joining());
            return Pattern.matches(lines, narrow(said).strip() + '\n');
        }

        private static String narrow(String text) {
            return text.replaceAll("(?m)^ +| +$", "").replaceAll(" +", " ");
        }

        private static String pattern(String line) {
            return Pattern.quote(line).replace(ANYTHING, "\\E.*\\Q");
        }
    }

    /**
     * Reads a page.
     *
     * @param text all of it
     */
    DayPage(String text) {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1) != null) {
                steps.add(new Written(block.group(1), block.group(2)));
            } else {
                read(block.group(2));
            }
        }
    }

    static String text() throws IOException {
        Path root = Path.of(System.getProperty("taffrail.root"));
        return Files.readString(root.resolve("docs/operators-day.md"));
    }

    List<Step> steps() {
        return steps;
    }

    private void read(String block) {
        List<String> shown = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : block.lines().toList()) {
            if (line.startsWith("$ ") && !command.toString().endsWith("\\\n")) {
                add(command, shown);
                command.append(line.substring(2)).append('\n');
            } else if (command.toString().endsWith("\\\n")) {
                command.append(line).append('\n');
            } else {
                shown.add(line);
            }
        }
        add(command, shown);
    }

    private void add(StringBuilder typed, List<String> shown) {
        if (typed.length() > 0) {
            String command = typed.toString().strip();
            Matcher status = STATUS.matcher(command);
            int expected = status.find() ? Integer.parseInt(status.group(1)) : 0;
            steps.add(new Typed(command, expected, List.copyOf(shown)));
        } else if (!shown.isEmpty()) {
            throw new AssertionError("no command before " + shown);
        }
        typed.setLength(0);
        shown.clear();
    }
}
