// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a scenario has found: figures by name, each once for each round. The names say what they
 * are: {@code empty.} before what was measured before the backlog was there and {@code loaded.}
 * before what was measured with it; the unit last, of which {@code /s} is better when high.
 */
public final class Figures {
    /** What stands before the names of figures that were taken before the backlog was there. */
    public static final String EMPTY = "empty.";

    /** What stands before the names of figures that were taken with the backlog. */
    public static final String LOADED = "loaded.";

    /** What stands before the names of figures that only make the programs warm. */
    public static final String WARM_UP = "warm-up.";

    private static final String KEY = "figure.";

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** No figures yet. */
    public Figures() {}

    /**
     * Adds a figure.
     *
     * @param name its name, with its unit last
     * @param value the figure
     */
    public void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    /**
     * Adds what another step has found.
     *
     * @param properties its outcome
     */
    public void addAll(Properties properties) {
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (key.startsWith(KEY)) {
                String name = key.substring(key.indexOf('.', KEY.length()) + 1);
                for (String value : properties.getProperty(key).split(" ")) {
                    add(name, Double.parseDouble(value));
                }
            }
        }
    }

    /**
     * Writes the figures, with their order.
     *
     * @param properties where to
     */
    public void writeTo(Properties properties) {
        int number = 0;
        for (Map.Entry<String, List<Double>> each : values.entrySet()) {
            properties.setProperty(
                    String.format(Locale.ROOT, "%s%03d.%s", KEY, number++, each.getKey()),
                    each.getValue().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }

    /**
     * All figures.
     *
     * @return by their names, in the order in which they were taken
     */
    public Map<String, List<Double>> all() {
        return values;
    }
}
