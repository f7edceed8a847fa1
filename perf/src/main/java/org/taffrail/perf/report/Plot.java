// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A plot: curves over two axes, drawn as SVG. Its colours are those of the page that it is put
 * into, by the classes {@code c0}, {@code c1}, and so on.
 *
 * @param id a name that no other plot of the page has
 * @param title what it shows
 * @param description what it shows in words, for those who don't see it
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param curves the curves
 */
record Plot(String id, String title, String description, LogAxis x, LogAxis y, List<Curve> curves) {
    /** How many colours there are; further curves begin again with the first. */
    static final int COLOURS = 6;

    /** How large a plot is drawn, in units that are pixels where there is room. */
    enum Size {
        /** For a screen. */
        WIDE(760, 400, 22),
        /** For a phone, or for several plots side by side. */
        NARROW(372, 300, 13);

        private final int width;
        private final int height;
        private final int labelCharactersMax;

        Size(int width, int height, int labelCharactersMax) {
            this.width = width;
            this.height = height;
            this.labelCharactersMax = labelCharactersMax;
        }
    }

    private static final double CHARACTER = 7.2;
    private static final double LINE = 15;
    private static final double LEADER = 24;
    private static final double KEY = 4;
    private static final double TOP = 30;
    private static final double BOTTOM = 44;
    private static final double AXIS_GAP = 8;

    /**
     * Draws the plot.
     *
     * @param size how large
     * @return an {@code svg} element
     */
    String svg(Size size) {
        return new Drawing(size).draw();
    }

    private final class Drawing {
        private final Size size;
        private final StringBuilder svg = new StringBuilder();
        private final double left;
        private final double right;
        private final double bottom;

        Drawing(Size size) {
            this.size = size;
            this.left = AXIS_GAP + CHARACTER * longest(y.ticks().stream().map(LogAxis.Tick::label));
            this.right =
                    size.width
                            - LEADER
                            - 2
                            - CHARACTER * longest(curves.stream().map(curve -> label(curve)));
            this.bottom = size.height - BOTTOM;
        }

        private static double longest(Stream<String> texts) {
            return texts.mapToInt(String::length).max().orElse(0);
        }

        private String label(Curve curve) {
            return Markup.shortened(curve.name(), size.labelCharactersMax);
        }

        String draw() {
            String name = id + "-" + size.name().toLowerCase(Locale.ROOT);
            add(
                    "<svg class=\"plot %s\" viewBox=\"0 0 %d %d\" role=\"img\""
                            + " aria-labelledby=\"%s-title %s-desc\">",
                    size.name().toLowerCase(Locale.ROOT), size.width, size.height, name, name);
            add("<title id=\"%s-title\">%s</title>", name, Markup.html(title));
            add("<desc id=\"%s-desc\">%s</desc>", name, Markup.html(description));
            axes();
            for (Curve curve : curves) {
                band(curve);
            }
            for (Curve curve : curves) {
                curve(curve);
            }
            labels();
            add("</svg>");
            return svg.toString();
        }

        private void axes() {
            for (LogAxis.Tick tick : y.ticks()) {
                double height = down(tick.value());
                add(
                        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                        left, height, right, height);
                if (!tick.label().isEmpty()) {
                    add(
                            "<text x=\"%.1f\" y=\"%.1f\" dy=\"0.35em\" text-anchor=\"end\">%s</text>",
                            left - AXIS_GAP, height, Markup.html(tick.label()));
                }
            }
            for (LogAxis.Tick tick : x.ticks()) {
                double place = across(tick.value());
                add(
                        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                        place, TOP, place, bottom);
                if (!tick.label().isEmpty()) {
                    add(
                            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                            place, bottom + LINE + 2, Markup.html(tick.label()));
                }
            }
            add("<text class=\"axis\" x=\"0\" y=\"14\">%s</text>", Markup.html(y.title()));
            add(
                    "<text class=\"axis\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    (left + right) / 2, size.height - 6, Markup.html(x.title()));
        }

        private void band(Curve curve) {
            if (curve.points().stream().allMatch(point -> point.y().min() == point.y().max())) {
                return;
            }
            List<String> corners = new ArrayList<>();
            for (Curve.Point point : curve.points()) {
                corners.add(corner(point.x(), point.y().max()));
            }
            for (int i = curve.points().size() - 1; i >= 0; i--) {
                Curve.Point point = curve.points().get(i);
                corners.add(corner(point.x(), point.y().min()));
            }
            add("<path class=\"band %s\" d=\"M%sZ\"/>", colour(curve), String.join("L", corners));
        }

        private void curve(Curve curve) {
            List<String> corners = new ArrayList<>();
            for (Curve.Point point : curve.points()) {
                corners.add(corner(point.x(), point.y().median()));
            }
            add("<path class=\"curve %s\" d=\"M%s\"/>", colour(curve), String.join("L", corners));
            for (Curve.Mark mark : curve.marks()) {
                add(
                        "<circle class=\"mark%s %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\">"
                                + "<title>%s</title></circle>",
                        mark.hollow() ? " hollow" : "",
                        colour(curve),
                        across(mark.point().x()),
                        down(mark.point().y().median()),
                        Markup.html(mark.text()));
            }
        }

        /** The name of each curve, at its end. */
        private void labels() {
            double[] wanted =
                    curves.stream().mapToDouble(curve -> down(curve.end().y().median())).toArray();
            double[] places = LabelColumn.spread(wanted, LINE, TOP, bottom);
            for (int i = 0; i < places.length; i++) {
                Curve curve = curves.get(i);
                add(
                        "<path class=\"leader %s\" d=\"M%sL%.1f,%.1fL%.1f,%.1f\"/>",
                        colour(curve),
                        corner(curve.end().x(), curve.end().y().median()),
                        right + 2,
                        places[i],
                        right + LEADER - 3 * KEY,
                        places[i]);
                add(
                        "<circle class=\"key %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.0f\"/>",
                        colour(curve), right + LEADER - 2 * KEY, places[i], KEY);
                add(
                        "<text class=\"label\" x=\"%.1f\" y=\"%.1f\" dy=\"0.35em\">%s"
                                + "<title>%s</title></text>",
                        right + LEADER,
                        places[i],
                        Markup.html(label(curve)),
                        Markup.html(curve.name()));
            }
        }

        private String corner(double xValue, double yValue) {
            return String.format(Locale.ROOT, "%.1f,%.1f", across(xValue), down(yValue));
        }

        private double across(double value) {
            return left + (right - left) * x.at(value);
        }

        private double down(double value) {
            return bottom - (bottom - TOP) * y.at(value);
        }

        private static String colour(Curve curve) {
            return "c" + curve.colour() % COLOURS;
        }

        private void add(String format, Object... arguments) {
            svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        }
    }
}
