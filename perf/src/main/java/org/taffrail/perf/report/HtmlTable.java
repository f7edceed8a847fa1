// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of figures in HTML: rows with a heading each, below a row of headings. */
final class HtmlTable {
    private static final int WHOLE_FROM = 1_000;

    private final String caption;
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param caption what it shows, not escaped yet
     * @param headings of its columns, not escaped yet
     */
    HtmlTable(String caption, List<String> headings) {
        this.caption = caption;
        this.headings = List.copyOf(headings);
    }

    /**
     * Adds a row.
     *
     * @param cells the row's heading, not escaped yet, and its cells, as HTML
     */
    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /**
     * A figure as a cell.
     *
     * @param spread the figure
     * @param decimals how many decimals a value below {@value #WHOLE_FROM} has; others have none
     * @return its median as HTML, and what it spans where that is more than a point
     */
    static String cell(Spread spread, int decimals) {
        String median = number(spread.median(), decimals);
        return spread.min() == spread.max()
                ? median
                : median
                        + "<small>"
                        + number(spread.min(), decimals)
                        + "\u2013"
                        + number(spread.max(), decimals)
                        + "</small>";
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + (value < WHOLE_FROM ? decimals : 0) + "f", value);
    }

    /**
     * Writes the table, in a box that scrolls where there is no room for it.
     *
     * @param html what to append it to
     */
    void appendTo(StringBuilder html) {
        String named = Markup.html(caption);
        // above the box, so that it does not scroll away with the columns
        html.append("<p class=\"caption\">").append(named).append("</p>\n");
        html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(named)
                .append("\"><table aria-label=\"")
                .append(named)
                .append("\">\n<thead><tr>");
        for (String heading : headings) {
            html.append("<th scope=\"col\">").append(Markup.html(heading)).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">").append(Markup.html(row.get(0))).append("</th>");
            row.subList(1, row.size())
                    .forEach(cell -> html.append("<td>").append(cell).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }
}
