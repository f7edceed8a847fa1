// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A {@link Verdict} as properties, in which a measuring process hands it to the one that reports.
 */
final class VerdictProperties {
    private static final String EXAMPLE = "verdict.example.";

    private VerdictProperties() {}

    static Properties of(Verdict verdict) {
        Properties properties = new Properties();
        properties.setProperty("verdict.expected", Long.toString(verdict.expected()));
        properties.setProperty("verdict.lost", Long.toString(verdict.lost()));
        properties.setProperty("verdict.duplicated", Long.toString(verdict.duplicated()));
        properties.setProperty("verdict.disordered", Long.toString(verdict.disordered()));
        properties.setProperty("verdict.damaged", Long.toString(verdict.damaged()));
        properties.setProperty("verdict.foreign", Long.toString(verdict.foreign()));
        properties.setProperty("verdict.unacknowledged", Long.toString(verdict.unacknowledged()));
        for (int i = 0; i < verdict.examples().size(); i++) {
            properties.setProperty(EXAMPLE + i, verdict.examples().get(i));
        }
        return properties;
    }

    static Verdict read(Properties properties) {
        List<String> examples = new ArrayList<>();
        while (properties.containsKey(EXAMPLE + examples.size())) {
            examples.add(properties.getProperty(EXAMPLE + examples.size()));
        }
        return new Verdict(
                count(properties, "expected"),
                count(properties, "lost"),
                count(properties, "duplicated"),
                count(properties, "disordered"),
                count(properties, "damaged"),
                count(properties, "foreign"),
                count(properties, "unacknowledged"),
                List.copyOf(examples));
    }

    private static long count(Properties properties, String what) {
        return Long.parseLong(properties.getProperty("verdict." + what));
    }
}
