// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What this machine carries of messages when a broker is left with what none can spare: a message
 * of 1 KiB comes in over TCP on loopback, is written to a preallocated file, forced with those that
 * came at the same time, and answered. There is no queue, no protocol and no check.
 *
 * @param forced whether there was a force, or only the write to the page cache
 * @param figures what came of each load, in the order in which they were measured
 */
public record BarePath(boolean forced, Map<BareLoad, Figure> figures) {
    /**
     * What came of a load.
     *
     * @param perSecond messages a second: answered, and received where there are consumers
     * @param forcesEach forces divided by messages
     */
    public record Figure(double perSecond, double forcesEach) {}

    /**
     * Makes it immutable.
     *
     * @param forced see the record
     * @param figures see the record
     */
    public BarePath {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /**
     * Measures some loads, one after another.
     *
     * @param forced see the record
     * @param loads the loads; nothing is started if there are none
     * @param duration for how long each is measured, after half as long a warm-up
     * @return what came of them
     * @throws IOException if the server can't be started, or fails
     */
    public static BarePath measure(boolean forced, Collection<BareLoad> loads, Duration duration)
            throws IOException {
        Map<BareLoad, Figure> figures = new LinkedHashMap<>();
        if (!loads.isEmpty()) {
            try (BareProcess server = BareProcess.start(forced)) {
                for (BareLoad load : loads) {
                    figures.put(load, BareClients.measure(server.address(), load, duration));
                }
            }
        }
        return new BarePath(forced, figures);
    }

    /**
     * The rate of a load.
     *
     * @param load the load
     * @return messages a second; empty if it was not measured
     */
    public OptionalDouble perSecond(BareLoad load) {
        Figure figure = figures.get(load);
        return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure.perSecond());
    }

    /**
     * The figures as lines of text.
     *
     * @return one line; none if nothing was measured
     */
    public List<String> lines() {
        if (figures.isEmpty()) {
            return List.of();
        }
        String how = forced ? "with a force" : "to the page cache";
        return List.of(
                figures.entrySet().stream()
                        .map(entry -> words(entry.getKey(), entry.getValue()))
                        .collect(
                                Collectors.joining(
                                        "; ", "bare path " + how + ", messages/s of ", "")));
    }

    private String words(BareLoad load, Figure figure) {
        String rate = String.format(Locale.ROOT, "%s: %,.0f", load, figure.perSecond());
        return forced
                ? rate + String.format(Locale.ROOT, " (%.2f forces each)", figure.forcesEach())
                : rate;
    }
}
