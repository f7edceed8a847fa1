// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the pages about the samples name is there: files, headings, classes and commands. */
class PagesTest {
    private static final Path ROOT = Path.of(System.getProperty("taffrail.root"));
    private static final Path SAMPLES = ROOT.resolve("samples");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.[a-z]\\w*)?`");
    private static final Pattern COMMAND = Pattern.compile("bin/taffrail sample ([a-z-]+)");
    private static final Pattern FENCE = Pattern.compile("(?s)```.*?```");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/queue-or-log.md",
                "docs/frameworks.md",
                "docs/tracing.md",
                "samples/README.md"
            })
    void everyLinkLeadsSomewhere(String page) throws IOException {
        Path file = ROOT.resolve(page);
        List<String> broken = new ArrayList<>();
        for (String link : all(LINK, Files.readString(file))) {
            if (link.startsWith("http")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
            if (!Files.exists(target) || parts.length > 1 && !headings(target).contains(parts[1])) {
                broken.add(link);
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPromiseOfTheChoiceNamesASampleAndAClassOfIt() throws IOException {
        Set<String> classes = classes();
        int promises = 0;
        boolean inTable = false;
        for (String line : Files.readAllLines(ROOT.resolve("docs/queue-or-log.md"))) {
            if (line.equals("| promise | shown by |")) {
                inTable = true;
            } else if (!line.startsWith("|")) {
                inTable = false;
            } else if (inTable && !line.startsWith("|---")) {
                String shownBy = line.split("\\|")[2];
                assertTrue(shownBy.contains("](../samples/README.md#"), line);
                List<String> named = all(CODE, shownBy);
                assertFalse(named.isEmpty(), line);
                assertTrue(classes.containsAll(named), line);
                promises++;
            }
        }
        assertTrue(promises >= 10, "promises found: " + promises);
    }

    @Test
    void everyCommandOfTheReadmeIsOne() throws IOException {
        Set<String> named = new TreeSet<>(all(COMMAND, Files.readString(readme())));
        // started by the launcher, with class paths of their own
        named.removeAll(Set.of("spring-boot", "camel", "micronaut", "mdb", "migration", "tracing"));

        assertEquals(new TreeSet<>(Main.names()), named);
    }

    @Test
    void everyClassOfTheReadmesTablesIsThere() throws IOException {
        Set<String> classes = classes();
        Set<String> missing =
                Files.readAllLines(readme()).stream()
                        .filter(line -> line.startsWith("| ") && line.endsWith("` |"))
                        .map(line -> line.split("\\|"))
                        .flatMap(cells -> all(CODE, cells[cells.length - 1]).stream())
                        .filter(name -> !classes.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), missing);
    }

    private static Path readme() {
        return SAMPLES.resolve("README.md");
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    /** The anchors of a page's headings, as they are made of their words. */
    private static Set<String> headings(Path page) throws IOException {
        return FENCE.matcher(Files.readString(page))
                .replaceAll("")
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
