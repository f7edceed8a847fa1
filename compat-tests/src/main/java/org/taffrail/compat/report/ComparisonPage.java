// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Runs side by side as one HTML file that needs nothing else: no script or style from elsewhere,
 * and readable without either. All that comes from a run is escaped.
 */
public final class ComparisonPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Of a stack trace or thread dump; the XML has all of it. */
    private static final int DETAIL_LINES_MAX = 40;

    private final Comparison comparison;
    private final StringBuilder html = new StringBuilder();

    private ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
    }

    /**
     * Makes the page.
     *
     * @param runs the runs, in the order in which they are shown
     * @return the page's text
     */
    public static String of(List<RunRecord> runs) {
        return new ComparisonPage(new Comparison(runs)).page();
    }

    private String page() {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<title>Jakarta Messaging compatibility</title>");
        line("<style>\n" + resource("page.css") + "</style>");
        line("</head>");
        line("<body>");
        introduction();
        summary();
        chapterTable();
        line("<h2 id=\"checks\">Checks</h2>");
        line(resource("filter.html").strip());
        int number = 0;
        for (String chapter : comparison.chapters()) {
            number++;
            chapter(number, chapter);
        }
        notes();
        line("<script>\n" + resource("page.js") + "</script>");
        line("</body>");
        line("</html>");
        return html.toString();
    }

    private void introduction() {
        String names =
                comparison.runs().stream().map(RunRecord::name).collect(Collectors.joining(", "));
        line("<header>");
        line("<h1>Jakarta Messaging compatibility</h1>");
        line(
                "<p>What the Jakarta Messaging 3.1 specification asks of a provider, in "
                        + comparison.size()
                        + " checks, held against: "
                        + Markup.html(names)
                        + ".</p>");
        line(
                "<p>Every check is made in the same way for each provider, through the interfaces"
                        + " of the specification alone. <b>Must</b>: the specification demands it."
                        + " <b>Should</b>: it recommends it. <b>Common practice</b>: it leaves it"
                        + " open, but applications rely on it. <b>Unsupported</b>: the provider"
                        + " says itself that it does not have it, or it can't be checked in this"
                        + " set-up.</p>");
        line("</header>");
    }

    private void summary() {
        line("<h2>Summary</h2>");
        line("<div class=\"scroll\"><table class=\"summary\">");
        line("<thead><tr><th scope=\"col\">Provider</th>");
        for (Strength strength : Strength.values()) {
            line("<th scope=\"col\">" + capital(strength.toString()) + "</th>");
        }
        line("<th scope=\"col\">Run</th></tr></thead>");
        line("<tbody>");
        for (RunRecord run : comparison.runs()) {
            line("<tr><th scope=\"row\">" + Markup.html(run.name()));
            line(
                    "<small>"
                            + Markup.html(run.facts().provider() + " " + run.facts().version())
                            + "<br>declares version "
                            + Markup.html(run.facts().api())
                            + "</small></th>");
            for (Strength strength : Strength.values()) {
                line("<td>" + share(Tally.of(run, strength)) + "</td>");
            }
            line(
                    "<td class=\"run\">"
                            + TIME.format(run.started())
                            + "<small>took "
                            + duration(run.tookMs())
                            + "<br>Java "
                            + Markup.html(run.facts().java())
                            + "</small></td></tr>");
        }
        line("</tbody></table></div>");
    }

    private static String share(Tally tally) {
        if (tally.all() == 0) {
            return "<span class=\"none\">none</span>";
        }
        StringBuilder text = new StringBuilder();
        text.append("<span class=\"percent\">").append(tally.percent()).append("</span>");
        text.append("<span class=\"bar\" aria-hidden=\"true\">");
        part(text, "passed", tally.passed(), tally.all());
        part(text, "failed", tally.failed(), tally.all());
        part(text, "unsupported", tally.unsupported(), tally.all());
        text.append("</span><small>");
        text.append(tally.passed()).append(" of ").append(tally.all()).append(" passed");
        text.append("<br>").append(tally.failed()).append(" failed, ");
        text.append(tally.unsupported()).append(" unsupported");
        if (tally.notRun() > 0) {
            text.append(", ").append(tally.notRun()).append(" not run");
        }
        return text.append("</small>").toString();
    }

    private static void part(StringBuilder text, String kind, long count, long all) {
        if (count > 0) {
            String width = String.format(Locale.ROOT, "%.2f", 100.0 * count / all);
            text.append("<i class=\"").append(kind).append("\" style=\"width:");
            text.append(width).append("%\"></i>");
        }
    }

    private void chapterTable() {
        line("<h2>Chapters</h2>");
        line("<div class=\"scroll\"><table class=\"chapters\">");
        line("<thead><tr><th scope=\"col\">Chapter</th><th scope=\"col\">Checks</th>");
        for (RunRecord run : comparison.runs()) {
            line("<th scope=\"col\">" + Markup.html(run.name()) + "</th>");
        }
        line("</tr></thead>");
        line("<tbody>");
        int number = 0;
        for (String chapter : comparison.chapters()) {
            number++;
            line(
                    "<tr><th scope=\"row\"><a href=\"#chapter-"
                            + number
                            + "\">"
                            + Markup.html(chapter)
                            + "</a></th><td>"
                            + comparison.rows(chapter).size()
                            + "</td>");
            for (RunRecord run : comparison.runs()) {
                Tally tally = Tally.of(run, result -> result.subject().chapter().equals(chapter));
                line("<td>" + counts(tally) + "</td>");
            }
            line("</tr>");
        }
        line("</tbody></table></div>");
    }

    private static String counts(Tally tally) {
        StringBuilder text = new StringBuilder();
        text.append(count("passed", tally.passed(), Outcome.PASSED));
        text.append(count("failed", tally.failed(), Outcome.FAILED));
        text.append(count("unsupported", tally.unsupported(), Outcome.UNSUPPORTED));
        text.append(count("notrun", tally.notRun(), Outcome.NOT_RUN));
        return text.length() == 0 ? "<span class=\"none\">none</span>" : text.toString();
    }

    private static String count(String kind, long count, Outcome outcome) {
        return count == 0
                ? ""
                : "<span class=\""
                        + kind
                        + " count\">"
                        + symbol(outcome)
                        + " "
                        + count
                        + " "
                        + outcome
                        + "</span> ";
    }

    private void chapter(int number, String chapter) {
        line("<section class=\"chapter\">");
        line("<h3 id=\"chapter-" + number + "\">" + Markup.html(chapter) + "</h3>");
        line("<table class=\"checks\">");
        line("<thead><tr><th scope=\"col\">Section</th><th scope=\"col\">Statement</th>");
        line("<th scope=\"col\">Strength</th>");
        for (RunRecord run : comparison.runs()) {
            line("<th scope=\"col\">" + Markup.html(run.name()) + "</th>");
        }
        line("</tr></thead>");
        line("<tbody>");
        for (Comparison.Row row : comparison.rows(chapter)) {
            row(row);
        }
        line("</tbody></table>");
        line("</section>");
    }

    private void row(Comparison.Row row) {
        String flags = (row.differs() ? " differs" : "") + (row.fails() ? " fails" : "");
        String id = Markup.html(row.subject().id());
        line("<tr class=\"check" + flags + "\" id=\"" + id + "\">");
        line("<td class=\"section\">" + breakable(row.subject().section()) + "</td>");
        line(
                "<td class=\"says\">"
                        + Markup.html(row.subject().says())
                        + "<small><a href=\"#"
                        + id
                        + "\">"
                        + id
                        + "</a></small></td>");
        line("<td class=\"strength\">" + row.subject().strength() + "</td>");
        for (int i = 0; i < comparison.runs().size(); i++) {
            line(
                    "<td class=\"result\" data-provider=\""
                            + Markup.html(comparison.runs().get(i).name())
                            + "\"><div>"
                            + cell(row.results().get(i))
                            + "</div></td>");
        }
        line("</tr>");
    }

    /** A long section may be broken behind its dots and colons. */
    private static String breakable(String section) {
        return Markup.html(section).replace(".", ".<wbr>").replace(":", ":<wbr>");
    }

    private static String cell(Result result) {
        String kind = result.outcome().name().toLowerCase(Locale.ROOT).replace("_", "");
        String word =
                "<span class=\""
                        + kind
                        + "\">"
                        + symbol(result.outcome())
                        + " "
                        + result.outcome()
                        + "</span>";
        String took =
                result.outcome() == Outcome.NOT_RUN
                        ? ""
                        : " <small>" + duration(result.tookMs()) + "</small>";
        if (result.reason().isEmpty()) {
            return word + took;
        }
        return "<details><summary>"
                + word
                + took
                + "</summary><p>"
                + Markup.html(result.reason())
                + "</p>"
                + details(result.details())
                + "</details>";
    }

    private static String details(String details) {
        List<String> lines = details.lines().toList();
        if (lines.isEmpty()) {
            return "";
        }
        String shown =
                lines.stream().limit(DETAIL_LINES_MAX).collect(Collectors.joining("\n"))
                        + (lines.size() > DETAIL_LINES_MAX ? "\n..." : "");
        return "<details><summary><small>details</small></summary><pre tabindex=\"0\">"
                + Markup.html(shown)
                + "</pre></details>";
    }

    private void notes() {
        line("<h2>Notes</h2>");
        line("<ul>");
        line(
                "<li>Checks run side by side, so that a time says when an answer came and not how"
                        + " fast a provider is.</li>");
        for (RunRecord run : comparison.runs()) {
            if (!run.leftThreads().isEmpty()) {
                line(
                        "<li>"
                                + Markup.html(run.name())
                                + ": threads that were still there after everything was closed: "
                                + Markup.html(String.join(", ", run.leftThreads()))
                                + ".</li>");
            }
        }
        line("</ul>");
    }

    private static String symbol(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "\u2713";
            case FAILED -> "\u2717";
            case UNSUPPORTED -> "\u2013";
            case NOT_RUN -> "\u25CB";
        };
    }

    private static String duration(long ms) {
        return ms < 1000 ? ms + " ms" : String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private void line(String text) {
        html.append(text).append('\n');
    }

    private static String resource(String name) {
        try (InputStream in = ComparisonPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
