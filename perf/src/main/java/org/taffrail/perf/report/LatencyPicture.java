// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.taffrail.perf.load.Series;

/**
 * The first plot of a latency report, end to end by percentile at one rate, as a picture for other
 * documents: an SVG file that needs nothing else.
 */
public final class LatencyPicture {
    private static final Series SERIES = Series.END_TO_END_LAG_OFF;

    private static final String STYLE =
            "svg { background: var(--ground); font-family: sans-serif; }";

    private LatencyPicture() {}

    /**
     * Draws it.
     *
     * @param report what was measured
     * @param ratePerSecond at which rate; 0 for the only one there is
     * @return the file's text
     * @throws IllegalArgumentException if there is not just one rate that is meant, or nothing of
     *     it was received
     */
    public static String of(LatencyReport report, long ratePerSecond) {
        LatencyReport.Level found = null;
        for (LatencyReport.Level level : report.levels()) {
            if (ratePerSecond == 0 || level.ratePerSecond() == ratePerSecond) {
                if (found != null) {
                    throw new IllegalArgumentException(
                            "There are several rates: --rate says which is drawn");
                }
                found = level;
            }
        }
        if (found == null || found.with(SERIES).isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing was received at " + ratePerSecond + " messages/s");
        }
        Plot plot = LatencyCurves.byPercentile("latency", SERIES, found);
        String style = "<style>\n" + LatencyPage.style() + STYLE + "\n</style>";
        String svg = plot.svg(Plot.Size.WIDE);
        int end = svg.indexOf('>') + 1;
        return svg.substring(0, end).replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                + style
                + svg.substring(end)
                + "\n";
    }
}
