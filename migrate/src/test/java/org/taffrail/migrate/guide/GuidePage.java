// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.guide;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of {@code docs/}: its examples, and the words that it shows as code. */
public final class GuidePage {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final String COMMAND = "bin/taffrail ";

    private final String name;
    private final String text;

    private GuidePage(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** Reads a page of {@code docs/}. */
    public static GuidePage of(String name) throws IOException {
        Path root = Path.of(System.getProperty("taffrail.root"));
        return new GuidePage(name, Files.readString(root.resolve("docs").resolve(name)));
    }

    /** Returns what stands between the fences behind {@code <!-- example: NAME -->}. */
    public String example(String example) {
        String mark = "<!-- example: " + example + " -->";
        int at = text.indexOf(mark);
        if (at < 0) {
            throw new AssertionError(name + " has no example " + example);
        }
        Matcher fence = FENCE.matcher(text).region(at + mark.length(), text.length());
        if (!fence.find() || !text.substring(at + mark.length(), fence.start()).isBlank()) {
            throw new AssertionError(name + ": nothing fenced follows the mark of " + example);
        }
        return fence.group(1);
    }

    /** Returns an example that is a properties file. */
    public Properties properties(String example) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(example(example)));
        return properties;
    }

    /** Returns the words of each command in an example, without {@code bin/taffrail}. */
    public List<List<String>> commands(String example) {
        return commands(example(example).lines());
    }

    /** Returns the words of each command on the page, in examples and in sentences. */
    public Set<List<String>> commands() {
        Set<List<String>> commands = new LinkedHashSet<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            commands.addAll(commands(fence.group(1).lines()));
        }
        commands.addAll(commands(code(FENCE.matcher(text).replaceAll("")).stream()));
        return commands;
    }

    private static List<List<String>> commands(Stream<String> lines) {
        return lines.map(String::strip)
                .filter(line -> line.startsWith(COMMAND))
                .map(line -> words(line.substring(COMMAND.length())))
                .collect(Collectors.toList());
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group().replaceAll("^[\"']|[\"']$", ""))
                .collect(Collectors.toList());
    }

    /**
     * Returns what is code in the columns of tables from one with this word in its heading on, or
     * before it.
     */
    public Set<String> codeInTables(String heading, boolean before) {
        Set<String> words = new LinkedHashSet<>();
        int column = -1;
        for (String line : text.lines().toList()) {
            if (!line.startsWith("|")) {
                column = -1;
                continue;
            }
            List<String> cells = List.of(line.substring(1).split("(?<!\\\\)\\|"));
            if (column < 0) {
                column = indexOf(cells, heading);
                continue;
            }
            int from = before ? 0 : column;
            int to = before ? column : cells.size();
            cells.subList(Math.min(from, cells.size()), Math.min(to, cells.size()))
                    .forEach(cell -> words.addAll(code(cell)));
        }
        return words;
    }

    /** Returns the code that stands in first cells of the tables: what a reference declares. */
    public Set<String> declared() {
        Set<String> words = new LinkedHashSet<>();
        text.lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> words.addAll(code(line.split("\\|")[1])));
        return words;
    }

    /** Returns all that is code in sentences and tables. */
    public List<String> code() {
        return code(FENCE.matcher(text).replaceAll(""));
    }

    /** Tells whether a text stands anywhere on the page. */
    public boolean says(String words) {
        return text.contains(words);
    }

    private static int indexOf(List<String> cells, String heading) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).contains(heading)) {
                return i;
            }
        }
        return cells.size();
    }

    private static List<String> code(String part) {
        List<String> words = new ArrayList<>();
        CODE.matcher(part).results().forEach(found -> words.add(found.group(1)));
        return words;
    }

    @Override
    public String toString() {
        return name;
    }
}
