// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.List;

/**
 * One line of a plot with its band, and what is to be known of some of its points.
 *
 * @param name what stands at its end
 * @param colour the number of its colour; the same provider has the same in all plots of a page
 * @param points from left to right, at least one
 * @param marks points that are marked
 */
record Curve(String name, int colour, List<Point> points, List<Mark> marks) {
    /**
     * A point of the line.
     *
     * @param x where, on the horizontal axis
     * @param y the line is at the median, the band from minimum to maximum
     */
    record Point(double x, Spread y) {}

    /**
     * A point that has a text of its own.
     *
     * @param point the point
     * @param text the text
     * @param hollow whether it is drawn as one that is out of the ordinary
     */
    record Mark(Point point, String text, boolean hollow) {}

    Point end() {
        return points.get(points.size() - 1);
    }
}
