// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which statement of the specification is checked by what, and where it leaves room, what a
 * provider has chosen: a Markdown page made of the checks themselves and a file of choices.
 */
public final class ConformanceDoc {
    /** A line of the table. */
    private record Line(
            String section, String says, Strength strength, String check, String choice) {}

    private ConformanceDoc() {}

    /**
     * Makes the page.
     *
     * @param title its title
     * @param introduction what stands before the tables
     * @param chapters the checks
     * @param choices what the provider does, by the id of a check; by a section and a subject, as
     *     {@code 4.1.6/changes}; or by a section alone, for the one statement of it that has no
     *     check. What has no place in the tables of the chapters is listed behind them
     * @return Markdown
     * @throws IllegalArgumentException if a choice is for a check that there is not
     */
    public static String of(
            String title, String introduction, List<Chapter> chapters, Properties choices) {
        Set<String> unused = new TreeSet<>(choices.stringPropertyNames());
        Set<String> answerable = sectionsOfOne(chapters);
        StringBuilder text = new StringBuilder();
        text.append("# ").append(title).append("\n\n").append(introduction).append('\n');
        for (Chapter chapter : chapters) {
            text.append("\n## ").append(Markup.cell(chapter.title())).append("\n\n");
            text.append("| section | statement | strength | check | what Taffrail does |\n");
            text.append("| --- | --- | --- | --- | --- |\n");
            for (Line line : lines(chapter, choices, unused, answerable)) {
                text.append("| ").append(Markup.cell(line.section()));
                text.append(" | ").append(Markup.cell(line.says()));
                text.append(" | ").append(line.strength());
                text.append(" | ").append(line.check());
                text.append(" | ").append(Markup.cell(line.choice())).append(" |\n");
            }
        }
        otherChoices(text, unused, choices);
        return text.toString();
    }

    /** What is left open may have no statement here; an id that no check has is a mistake. */
    private static void otherChoices(StringBuilder text, Set<String> unused, Properties choices) {
        List<String> wrong = unused.stream().filter(key -> !isSection(section(key))).toList();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("there is no check for the choices " + wrong);
        }
        if (unused.isEmpty()) {
            return;
        }
        text.append("\n## Other choices\n\n");
        text.append("| section | subject | what Taffrail does |\n| --- | --- | --- |\n");
        Comparator<String> bySection =
                Comparator.comparing(ConformanceDoc::section, ConformanceDoc::compareSections);
        for (String key : unused.stream().sorted(bySection.thenComparing(key -> key)).toList()) {
            text.append("| ").append(Markup.cell(section(key)));
            text.append(" | ").append(Markup.cell(subject(key)));
            text.append(" | ").append(Markup.cell(choices.getProperty(key))).append(" |\n");
        }
    }

    private static String section(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    private static String subject(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? "" : key.substring(slash + 1).replace('-', ' ');
    }

    private static boolean isSection(String key) {
        return key.startsWith("api:") || key.matches("\\d+(\\.\\d+)*");
    }

    /** A section's choice can't be told to be that of one statement among several. */
    private static Set<String> sectionsOfOne(List<Chapter> chapters) {
        Set<String> once = new TreeSet<>();
        Set<String> again = new TreeSet<>();
        for (Chapter chapter : chapters) {
            for (Unchecked each : chapter.unchecked()) {
                (once.add(each.section()) ? once : again).add(each.section());
            }
        }
        once.removeAll(again);
        return once;
    }

    private static List<Line> lines(
            Chapter chapter, Properties choices, Set<String> unused, Set<String> answerable) {
        List<Line> lines = new ArrayList<>();
        for (CheckCase check : CheckCase.of(List.of(chapter))) {
            lines.add(
                    new Line(
                            check.check().section(),
                            check.check().says(),
                            check.check().strength(),
                            "`" + check.id() + "`",
                            choice(choices, unused, check.id())));
        }
        for (Unchecked each : chapter.unchecked()) {
            lines.add(
                    new Line(
                            each.section(),
                            each.says(),
                            each.strength(),
                            "none: " + Markup.cell(each.why()),
                            answerable.contains(each.section())
                                    ? choice(choices, unused, each.section())
                                    : ""));
        }
        lines.sort(Comparator.comparing(Line::section, ConformanceDoc::compareSections));
        return lines;
    }

    private static String choice(Properties choices, Set<String> unused, String key) {
        return unused.remove(key) ? choices.getProperty(key) : "";
    }

    /** Numbers by their value, what is no number behind them by its letters. */
    static int compareSections(String one, String other) {
        String[] left = one.split("\\.");
        String[] right = other.split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = comparePart(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int comparePart(String one, String other) {
        boolean number = one.matches("\\d{1,9}");
        boolean otherNumber = other.matches("\\d{1,9}");
        if (number && otherNumber) {
            return Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
        }
        return number == otherNumber ? one.compareTo(other) : number ? -1 : 1;
    }
}
