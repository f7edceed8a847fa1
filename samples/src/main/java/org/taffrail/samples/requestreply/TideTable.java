// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import java.util.List;
import java.util.Map;

/**
 * When the water is highest at a port, by the two strongest of the forces that move it: the moon's
 * half-day tide, and the fortnight in which the sun's comes in and out of step with it. Good enough
 * to look busy, and the same wherever it is worked out.
 */
final class TideTable {
    private static final double MOON_MS = 44_714_164.0;
    private static final double FORTNIGHT_MS = 1_275_721_400.0;

    /**
     * A port.
     *
     * @param lagMs how long after the moon the water comes
     * @param meanCm the mean height of high water
     * @param springCm how much more it is when sun and moon pull together
     */
    private record Port(long lagMs, int meanCm, int springCm) {}

    private static final Map<String, Port> PORTS =
            Map.of(
                    "Brest", new Port(13_680_000, 610, 140),
                    "Dover", new Port(40_320_000, 600, 80),
                    "Esbjerg", new Port(8_100_000, 170, 25),
                    "Hoek van Holland", new Port(7_380_000, 185, 25),
                    "Leith", new Port(8_640_000, 500, 70),
                    "Saint-Malo", new Port(21_600_000, 1070, 160));

    /**
     * A high water.
     *
     * @param timeMs when, in milliseconds since 1970
     * @param heightCm how high, in centimetres above chart datum
     */
    record HighWater(long timeMs, int heightCm) {}

    private TideTable() {}

    /** The ports that have a table, sorted. */
    static List<String> ports() {
        return PORTS.keySet().stream().sorted().toList();
    }

    /** Whether there is a table for a port. */
    static boolean covers(String port) {
        return PORTS.containsKey(port);
    }

    /**
     * Works out the next high water.
     *
     * @param port one of {@link #ports()}
     * @param afterMs it is the first one later than this, in milliseconds since 1970
     */
    static HighWater next(String port, long afterMs) {
        Port table = PORTS.get(port);
        long tide = (long) Math.floor((afterMs - table.lagMs()) / MOON_MS) + 1;
        long timeMs = table.lagMs() + Math.round(tide * MOON_MS);
        if (timeMs <= afterMs) {
            timeMs = table.lagMs() + Math.round((tide + 1) * MOON_MS);
        }
        double spring = Math.cos(2 * Math.PI * timeMs / FORTNIGHT_MS);
        return new HighWater(timeMs, (int) Math.round(table.meanCm() + spring * table.springCm()));
    }
}
