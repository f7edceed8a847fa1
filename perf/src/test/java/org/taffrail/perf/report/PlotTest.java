// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PlotTest {
    private static final Pattern CURVE =
            Pattern.compile(
                    "<path class=\"curve c1\" d=\"M([\\d.]+),([\\d.]+)L([\\d.]+),([\\d.]+)\"/>");

    private static final Curve.Point FASTEST = new Curve.Point(2, new Spread(10, 10, 10));

    @Test
    void drawsACurveFromTheCornerOfTheSmallestToTheCornerOfTheLargest() {
        String svg = plot("a", FASTEST, new Curve.Point(10_000, new Spread(100, 100, 100)));

        Matcher corners = CURVE.matcher(svg);
        assertTrue(corners.find(), svg);
        String left = corners.group(1);
        String bottom = corners.group(2);
        String right = corners.group(3);
        String top = corners.group(4);
        assertTrue(
                svg.contains(line(left, bottom, right, bottom) + "\n<text"), // the line of 10 us
                svg);
        assertTrue(svg.contains(line(left, top, right, top)), svg); // of 100 us
        assertTrue(svg.contains(line(right, top, right, bottom)), svg); // of 99.99 %
    }

    private static String line(String x1, String y1, String x2, String y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                x1,
                y1,
                x2,
                y2);
    }

    @Test
    void drawsABandOnlyWhereRepetitionsDiffer() {
        assertFalse(plot("a", FASTEST).contains("class=\"band"));
        assertTrue(
                plot("a", FASTEST, new Curve.Point(100, new Spread(10, 20, 30)))
                        .contains("class=\"band c1\""));
    }

    @Test
    void labelsTheEndOfACurveWithItsNameShortenedToItsRoom() {
        String svg = plot("a provider with a name that has no room", FASTEST);

        assertTrue(svg.contains(">a provider w\u2026<title>a provider with a name"), svg);
    }

    @Test
    void escapesWhatComesFromOutside() {
        String svg = plot("<script>&'\"", FASTEST);

        assertFalse(svg.contains("<script>"), svg);
        assertTrue(svg.contains("&lt;script&gt;&amp;&#39;&quot;"), svg);
    }

    @Test
    void tellsInWordsWhatItShows() {
        String svg = plot("a", FASTEST);

        assertTrue(svg.contains("role=\"img\" aria-labelledby=\"p-narrow-title p-narrow-desc\""));
        assertTrue(svg.contains("<title id=\"p-narrow-title\">title</title>"), svg);
        assertTrue(svg.contains("<desc id=\"p-narrow-desc\">words</desc>"), svg);
        assertTrue(svg.contains("<title>text of the mark</title>"), svg);
    }

    @Test
    void beginsAgainWithTheFirstColourWhenThereAreNoMore() {
        Curve curve = new Curve("a", Plot.COLOURS + 1, List.of(FASTEST), List.of());

        assertTrue(plot(curve).contains("\"curve c1\""));
    }

    @Test
    void escapesControlCharactersAndLeavesTheRest() {
        assertEquals("a\uFFFDb\n\u00b5", Markup.html("a\u0000b\n\u00b5"));
    }

    private static String plot(String name, Curve.Point... points) {
        List<Curve.Mark> marks = List.of(new Curve.Mark(points[0], "text of the mark", false));
        return plot(new Curve(name, 1, List.of(points), marks));
    }

    private static String plot(Curve curve) {
        LogAxis us = LogAxis.ofMicroseconds(10, 100);
        return new Plot("p", "title", "words", LogAxis.ofPercentiles(), us, List.of(curve))
                .svg(Plot.Size.NARROW);
    }
}
