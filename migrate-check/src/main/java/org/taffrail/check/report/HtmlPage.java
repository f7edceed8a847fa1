// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.Feature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report as one HTML file that needs nothing else: no script, no link, no picture. All that
 * comes from a file is escaped.
 */
final class HtmlPage {
    /** What is shown of peaks, by their names in files. */
    static final List<String> PEAKS =
            List.of(
                    "sent in a second",
                    "sent in a minute",
                    "received in a second",
                    "received in a minute",
                    "connections",
                    "sessions",
                    "consumers");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Report report;
    private final Run run;
    private final StringBuilder html = new StringBuilder();

    private HtmlPage(Report report) {
        this.report = report;
        this.run = report.run();
    }

    static String of(Report report) {
        return new HtmlPage(report).page();
    }

    private String page() {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<title>Ready for Taffrail?</title>");
        line("<style>\n" + PageStyle.CSS + "</style>");
        line("</head>");
        line("<body>");
        header();
        warnings();
        for (Verdict each : Verdict.values()) {
            judgements(each);
        }
        destinations();
        jndi();
        runs();
        unseen();
        line("</body>");
        line("</html>");
        return html.toString();
    }

    private void header() {
        line("<header>");
        line("<h1>Ready for Taffrail?</h1>");
        line("<p class=\"verdict " + (report.hasWhatDoesNotWork() ? "not" : "works") + "\">");
        line(
                report.hasWhatDoesNotWork()
                        ? "Not yet: "
                                + things(report.count(Verdict.NOT))
                                + " that the application uses "
                                + (report.count(Verdict.NOT) == 1 ? "does" : "do")
                                + " not work."
                        : "All that was seen works"
                                + (report.count(Verdict.SETTING) > 0
                                        ? ", with the settings below."
                                        : "."));
        line("</p>");
        line("<p>Recorded on " + text(Summary.provider(run)) + ".</p>");
        line("<ul class=\"tiles\">");
        for (Verdict each : Verdict.values()) {
            line(
                    "<li class=\""
                            + style(each)
                            + "\"><b>"
                            + report.count(each)
                            + "</b> "
                            + heading(each).toLowerCase(Locale.ROOT)
                            + "</li>");
        }
        line("<li><b>" + Texts.number(run.sent()) + "</b> messages sent</li>");
        line("<li><b>" + Texts.number(run.received()) + "</b> messages received</li>");
        line("</ul>");
        line("</header>");
    }

    private static String things(long count) {
        return count == 1 ? "one thing" : count + " things";
    }

    private static String style(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String heading(Verdict verdict) {
        return switch (verdict) {
            case NOT -> "Does not work";
            case SETTING -> "Needs a setting";
            case LOOK -> "To be looked at";
            case WORKS -> "Works unchanged";
        };
    }

    private void warnings() {
        for (Map.Entry<String, Long> each : run.lost().entrySet()) {
            line(
                    "<p class=\"warning\">There was no room for more of "
                            + text(each.getKey())
                            + ": "
                            + Texts.number(each.getValue())
                            + " uses are not in this report.</p>");
        }
        for (Map.Entry<String, Count> each : run.uses(Feature.NOT_WRAPPED).entrySet()) {
            line(
                    "<p class=\"warning\">Objects of "
                            + text(each.getKey())
                            + " could not be watched: what was done with them is not in this"
                            + " report.</p>");
        }
        for (Map.Entry<String, Count> each : run.uses(Feature.NOT_RECORDED).entrySet()) {
            line(
                    "<p class=\"warning\">"
                            + Texts.number(each.getValue().count())
                            + " calls could not be recorded: "
                            + text(each.getKey())
                            + "</p>");
        }
    }

    private void judgements(Verdict verdict) {
        List<Judgement> of =
                report.judgements().stream().filter(each -> each.verdict() == verdict).toList();
        if (of.isEmpty()) {
            return;
        }
        String heading =
                "<h2 class=\""
                        + style(verdict)
                        + "\">"
                        + heading(verdict)
                        + " ("
                        + of.size()
                        + ")</h2>";
        boolean folded = verdict == Verdict.WORKS;
        line(folded ? "<details><summary>" + heading + "</summary>" : heading);
        line("<table class=\"judgements\">");
        line(
                "<colgroup><col class=\"c-what\"><col><col class=\"c-times\"><col class=\"c-place\"></colgroup>");
        line(
                "<tr><th>The application uses</th><th>On Taffrail</th>"
                        + "<th class=\"number\">Times</th><th>First in</th></tr>");
        Judgement.Area area = null;
        for (Judgement each : of) {
            if (each.area() != area) {
                area = each.area();
                line("<tr><th class=\"area\" colspan=\"4\">" + area.text() + "</th></tr>");
            }
            line("<tr>");
            cell("what", each.what());
            line(
                    "<td>"
                            + text(each.advice())
                            + (each.line().isEmpty() ? "" : "<pre>" + text(each.line()) + "</pre>")
                            + "</td>");
            cell("number", Texts.number(each.count().count()));
            place(each.count().place());
            line("</tr>");
        }
        line("</table>");
        if (folded) {
            line("</details>");
        }
    }

    private void destinations() {
        line("<h2>Destinations</h2>");
        if (run.places().isEmpty()) {
            line("<p>None was used.</p>");
            return;
        }
        line("<table>");
        line("<tr><th>Destination</th><th class=\"number\">Sent</th>");
        line("<th class=\"number\">p50 / p99 / most</th><th class=\"number\">Received</th>");
        line("<th class=\"number\">p50 / p99 / most</th><th>Bodies</th>");
        line("<th class=\"number\">Consumers at a time</th><th>First in</th></tr>");
        for (Place each : run.places()) {
            line("<tr>");
            cell(
                    "what",
                    each.kind().text() + " " + (each.name().isEmpty() ? "(all)" : each.name()));
            cell("number", Texts.number(each.sent().count()));
            cell("number", sizes(each.sent()));
            cell("number", Texts.number(each.received().count()));
            cell("number", sizes(each.received()));
            String bodies = each.sent().bodies();
            cell("", bodies.isEmpty() ? each.received().bodies() : bodies);
            cell("number", Texts.number(each.consumersMax()));
            place(each.firstSeen());
            line("</tr>");
        }
        line("</table>");
        line(
                "<p class=\"note\">Sizes are of bodies, and estimated: characters of texts, bytes"
                        + " of bytes messages where their length can be asked for, none of streams"
                        + " and objects. Of received messages a sample is measured.</p>");
    }

    private static String sizes(Flow flow) {
        return flow.knowsSizes()
                ? Texts.bytes(flow.percentileBytes(0.5))
                        + " / "
                        + Texts.bytes(flow.percentileBytes(0.99))
                        + " / "
                        + Texts.bytes(flow.bytesMax())
                : "";
    }

    private void jndi() {
        line("<h2>jndi.properties for Taffrail</h2>");
        line("<pre>" + text(String.join("\n", JndiLines.of(run))) + "</pre>");
        String artifact = run.isJavax() ? "taffrail-provider-javax" : "taffrail-provider";
        line("<p class=\"note\">With the jar " + artifact + " in place of the provider's.</p>");
    }

    private void runs() {
        line("<h2>The run</h2>");
        line("<table>");
        line("<tr><th>Process</th><th>Java</th><th>From</th><th>To</th></tr>");
        for (Map<String, String> each : run.processes()) {
            line("<tr>");
            cell("what", each.getOrDefault("process", ""));
            cell("", each.getOrDefault("java", ""));
            cell("", time(each.get("startedMs")));
            cell("", time(each.get("writtenMs")));
            line("</tr>");
        }
        line("</table>");
        line("<table>");
        line("<tr><th>Most, in one process</th><th class=\"number\"></th></tr>");
        for (String each : PEAKS) {
            line("<tr>");
            cell("", each);
            cell("number", Texts.number(run.peak(each)));
            line("</tr>");
        }
        line("</table>");
        if (run.hasUsed(Feature.EXCEPTION)) {
            line("<h3>Exceptions that the provider has thrown</h3>");
            line("<table>");
            line("<tr><th>Call</th><th class=\"number\">Times</th><th>First in</th></tr>");
            for (Map.Entry<String, Count> each : run.uses(Feature.EXCEPTION).entrySet()) {
                line("<tr>");
                cell("what", each.getKey());
                cell("number", Texts.number(each.getValue().count()));
                place(each.getValue().place());
                line("</tr>");
            }
            line("</table>");
        }
    }

    private void unseen() {
        line("<h2>What can't be seen</h2>");
        line("<ul>");
        for (String each :
                List.of(
                        "What was not done while it was recorded: month ends, error paths.",
                        "Casts to classes of the present provider, and its classes in the code:"
                                + " look for its packages among the imports.",
                        "What is read of a message, Message.acknowledge(), and objects that are"
                                + " put into one with setObject.",
                        "What the present broker is configured to do: redelivery, expiry, diverts,"
                                + " bridges, permissions, TLS. Taffrail has no"
                                + " permissions by destination yet.",
                        "Options in the URL or the factory of the present provider: those of"
                                + " Taffrail are in docs/options.md.")) {
            line("<li>" + text(each) + "</li>");
        }
        line("</ul>");
    }

    private static String time(String ms) {
        try {
            return ms == null ? "" : TIME.format(Instant.ofEpochMilli(Long.parseLong(ms)));
        } catch (NumberFormatException | DateTimeException e) {
            return "";
        }
    }

    /** A frame of a stack, which breaks where its names end. */
    private void place(String frame) {
        line("<td class=\"place\">" + text(frame).replace(".", ".<wbr>") + "</td>");
    }

    private void cell(String style, String text) {
        line("<td class=\"" + style + "\">" + text(text) + "</td>");
    }

    private void line(String text) {
        html.append(text).append('\n');
    }

    /** Escaped, with control characters and directions of writing made visible. */
    static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(each -> append(safe, each));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int codePoint) {
        switch (codePoint) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            case '\n' -> safe.append('\n');
            default -> {
                int type = Character.getType(codePoint);
                boolean invisible =
                        type == Character.CONTROL
                                || type == Character.FORMAT
                                || type == Character.SURROGATE;
                safe.appendCodePoint(invisible ? 0xFFFD : codePoint);
            }
        }
    }
}
