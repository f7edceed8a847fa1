// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows with columns below each other, for people: numbers to the right, the rest to the left. */
final class Table {
    private final List<List<String>> lines = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    private Table() {}

    /**
     * Makes one of rows.
     *
     * @param columns the fields to show, in that order; each is a column's head as well
     */
    static Table of(List<Fields> rows, String... columns) {
        Table table = new Table();
        List<String> head = new ArrayList<>();
        for (String column : columns) {
            head.add(words(column).toUpperCase(Locale.ROOT));
            table.right.add(isNumber(rows, column));
        }
        table.lines.add(head);
        for (Fields row : rows) {
            List<String> line = new ArrayList<>();
            for (String column : columns) {
                line.add(text(row.values().get(column)));
            }
            table.lines.add(line);
        }
        return table;
    }

    /** Makes one of the names and values of a row. */
    static Table pairs(Fields row) {
        Table table = new Table();
        table.right.add(false);
        table.right.add(false);
        row.values().forEach((name, value) -> table.lines.add(List.of(words(name), text(value))));
        return table;
    }

    private static boolean isNumber(List<Fields> rows, String column) {
        return rows.stream()
                .map(row -> row.values().get(column))
                .filter(value -> value != null)
                .allMatch(Long.class::isInstance);
    }

    /** Turns {@code deadLetterQueue} into {@code dead letter queue}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** A text that came from elsewhere must not move the cursor, nor make a line. */
    private static String text(Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        return plain(value.toString());
    }

    /** Returns a text without control characters. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        each ->
                                plain.appendCodePoint(
                                        Character.isISOControl(each)
                                                        || Character.getType(each)
                                                                == Character.FORMAT
                                                ? '?'
                                                : each));
        return plain.toString();
    }

    void print(PrintWriter out) {
        int[] widths = new int[right.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = line.get(i);
                String space = " ".repeat(widths[i] - cell.length());
                text.append(i == 0 ? "" : "  ");
                text.append(right.get(i) ? space + cell : cell + space);
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
