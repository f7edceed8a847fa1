// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The guide, the dashboard and the alerts name what a real scrape has. */
class MonitoringFilesTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:taffrail|jvm)_[a-z_]+[a-z]\\b");
    private static final Path ROOT = Path.of(System.getProperty("taffrail.root"));

    /** The names of metrics, and those of the series that histograms have. */
    private static Set<String> metrics;

    private static Set<String> series;

    @BeforeAll
    static void scrape() throws Exception {
        try (ConsoleRig rig = ConsoleRig.started(Map.of());
                JMSContext context = rig.jms().createContext()) {
            context.setClientID("desk");
            context.createDurableConsumer(context.createTopic("prices"), "audit").close();
            context.createProducer().send(context.createQueue("orders"), "x");
            context.createProducer().send(context.createTopic("prices"), "x");
            rig.scrape();
            String text = rig.get("/metrics").body();
            metrics = found(text, Pattern.compile("(?m)^# TYPE (taffrail_\\w+)"));
            series = found(text, Pattern.compile("(?m)^((?:taffrail|jvm)_\\w+)"));
        }
    }

    private static Set<String> found(String text, Pattern pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(matcher.groupCount()));
        }
        return found;
    }

    private static String file(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    @Test
    void theGuideListsEachMetricAndNoOther() throws Exception {
        Set<String> listed = new TreeSet<>();
        file("docs/monitoring.md")
                .lines()
                .filter(line -> line.startsWith("| `taffrail_"))
                .forEach(line -> listed.addAll(found(line, NAME)));
        listed.removeIf(Predicate.not(name -> name.startsWith("taffrail_")));

        assertEquals(metrics, listed);
    }

    @Test
    void theAlertsAreAboutSeriesThatThereAre() throws Exception {
        assertNamesSeries(file("ops/prometheus/taffrail-alerts.yml"), 12);
    }

    @Test
    void theDashboardShowsSeriesThatThereAre() throws Exception {
        assertNamesSeries(file("ops/grafana/taffrail.json"), 20);
    }

    private static void assertNamesSeries(String text, int least) {
        Set<String> named = found(text, Pattern.compile("(" + NAME.pattern() + ")"));
        assertTrue(named.size() >= least, named.toString());
        named.removeAll(series);
        assertEquals(Set.of(), named);
    }
}
