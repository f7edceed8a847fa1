// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.taffrail.perf.load.Series;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A latency report as one HTML file that needs nothing else: its style and its plots are in it, it
 * has no script. All that comes from a campaign is escaped.
 */
public final class LatencyPage {
    private static final List<Percentile> OF_RATES =
            List.of(Percentile.P50, Percentile.P99, Percentile.P99_9);

    private static final List<Series> FIRST =
            List.of(Series.END_TO_END_LAG_OFF, Series.SEND_ACK_LAG_OFF);

    private static final List<Series> RAW = List.of(Series.END_TO_END, Series.SEND_ACK);

    private static final List<Series> TABLES_ONLY = List.of(Series.SEND_SERVICE, Series.TIMER_LAG);

    private final LatencyReport report;
    private final StringBuilder html = new StringBuilder();

    private LatencyPage(LatencyReport report) {
        this.report = report;
    }

    /**
     * Makes the page.
     *
     * @param report what it shows
     * @return the page's text
     */
    public static String of(LatencyReport report) {
        return new LatencyPage(report).page();
    }

    /** Returns the style of pages and plots. */
    static String style() {
        return resource("page.css");
    }

    private String page() {
        String title =
                "Latency: "
                        + report.providers().stream()
                                .map(LatencyReport.Provider::name)
                                .collect(Collectors.joining(", "));
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<title>%s</title>", Markup.html(title));
        line("<style>\n%s</style>", style());
        line("</head>");
        line("<body>");
        introduction(title);
        if (report.levels().size() > 1) {
            rates();
            report.levels().forEach(this::foldedLevel);
        } else {
            report.levels().forEach(this::level);
        }
        providers();
        campaigns();
        line("</body>");
        line("</html>");
        return html.toString();
    }

    private void introduction(String title) {
        line("<header>");
        line("<h1>%s</h1>", Markup.html(title));
        report.campaigns().stream()
                .map(CampaignFile::plan)
                .filter(plan -> !plan.isEmpty())
                .distinct()
                .forEach(plan -> line("<p>%s.</p>", Markup.html(plan)));
        line(
                "<p>Messages are due at an even pace, whatever the provider does, and every time is"
                        + " counted from when its message was due. <i>Lag off</i> is less what the"
                        + " timer of the sending thread added, which is no doing of the provider."
                        + " A line is the median of the repetitions, each in a JVM of its own; the"
                        + " band around it reaches from the best of them to the worst.</p>");
        line("</header>");
        List<String> warnings = report.warnings();
        if (!warnings.isEmpty()) {
            line("<ul class=\"warnings\" aria-label=\"warnings\">");
            warnings.forEach(warning -> line("<li>%s</li>", Markup.html(warning)));
            line("</ul>");
        }
    }

    /** How times grow with the rate: plots, and a table with a row per rate. */
    private void rates() {
        Series series = FIRST.get(0);
        line("<h2>Latency by rate</h2>");
        line(
                "<p>%s, by the rate that was achieved. A hollow point is a rate that was missed:"
                        + " its times tell how long the queue of unsent messages was.</p>",
                capital(series.title()));
        if (report.levels().stream().anyMatch(level -> !level.with(series).isEmpty())) {
            line("<div class=\"panels\">");
            for (Plot plot : LatencyCurves.byRate(series, report, OF_RATES)) {
                line("<figure><figcaption>%s</figcaption>", Markup.html(plot.title()));
                line("%s</figure>", plot.svg(Plot.Size.NARROW));
            }
            line("</div>");
        }
        new RateTable(report, series, OF_RATES).appendTo(html);
    }

    private void foldedLevel(LatencyReport.Level level) {
        line("<details class=\"level\"><summary><h2>%s</h2></summary>", heading(level));
        plots(level);
        line("</details>");
    }

    private void level(LatencyReport.Level level) {
        line("<h2>%s</h2>", heading(level));
        plots(level);
    }

    private static String heading(LatencyReport.Level level) {
        return String.format(Locale.ROOT, "At %,d messages/s", level.ratePerSecond());
    }

    private void plots(LatencyReport.Level level) {
        FIRST.forEach(series -> series(level, series, true));
        line(
                "<details><summary>As measured, with the timer's lag; the call alone; the lag"
                        + " itself</summary>");
        RAW.forEach(series -> series(level, series, true));
        TABLES_ONLY.forEach(series -> series(level, series, false));
        line("</details>");
    }

    private void series(LatencyReport.Level level, Series series, boolean plotted) {
        line("<section>");
        line("<h3>%s</h3>", capital(series.title()));
        if (level.with(series).isEmpty()) {
            line("<p>Nothing was recorded.</p>");
        } else {
            if (plotted) {
                Plot plot =
                        LatencyCurves.byPercentile(
                                series.id() + "-" + level.ratePerSecond(), series, level);
                line("<figure>");
                line("%s%s", plot.svg(Plot.Size.WIDE), plot.svg(Plot.Size.NARROW));
                line("</figure>");
            }
            new PercentileTable(level, series).appendTo(html);
        }
        line("</section>");
    }

    private void providers() {
        line("<h2>How each provider was set up</h2>");
        line("<dl>");
        for (LatencyReport.Provider provider : report.providers()) {
            List<String> known = new ArrayList<>(List.of(provider.product(), provider.setup()));
            known.removeIf(String::isEmpty);
            line("<dt>%s</dt>", Markup.html(provider.name()));
            line("<dd>%s</dd>", Markup.html(String.join(": ", known)));
        }
        line("</dl>");
    }

    private void campaigns() {
        for (CampaignFile campaign : report.campaigns()) {
            if (!campaign.machine().isEmpty()) {
                line("<h2>The machine</h2>");
                line("<ul>");
                campaign.machine().forEach(fact -> line("<li>%s</li>", Markup.html(fact)));
                line("</ul>");
            }
            if (!campaign.command().isEmpty()) {
                line("<h2>The command line that made it</h2>");
                line("<pre tabindex=\"0\"><code>%s</code></pre>", Markup.html(campaign.command()));
            }
        }
    }

    static String capital(String words) {
        return Markup.html(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    }

    private void line(String format, Object... arguments) {
        html.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String resource(String name) {
        try (InputStream in = LatencyPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
