// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSContext;

import org.junit.jupiter.api.Test;
import org.taffrail.console.http.Request;
import org.taffrail.console.visit.Visit;
import org.taffrail.console.visit.Visits;
import org.taffrail.link.Link;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** However many destinations there are, the series are bounded, and nothing is left out of sums. */
class CardinalityTest {
    private static final int DESTINATIONS = 10_000;
    private static final int SENT = 100;
    private static final int SHOWN = 50;
    private static final String DEPTH = "taffrail_destination_depth{destination=\"";
    private static final String OTHER = "(other)\",kind=\"queue\"}";

    /** All at once: one after the other would take as many round trips. */
    private static void makeQueues(ConsoleRig rig) throws Exception {
        try (Visits visits = new Visits(rig.broker);
                Visit visit =
                        visits.begin(
                                new Request("GET", "/", Map.of(), "test", null, new byte[0]))) {
            List<CompletableFuture<Link.Target>> made = new ArrayList<>();
            for (int i = 0; i < DESTINATIONS; i++) {
                made.add(visit.link().resolve(DestinationKind.QUEUE, "q" + i));
            }
            for (CompletableFuture<Link.Target> each : made) {
                Visit.await(each);
            }
        }
    }

    private static Set<String> shown(Map<String, Double> scraped) {
        return scraped.keySet().stream()
                .filter(key -> key.startsWith(DEPTH) && !key.contains("("))
                .map(key -> key.substring(DEPTH.length(), key.indexOf('"', DEPTH.length())))
                .collect(Collectors.toSet());
    }

    @Test
    void tenThousandDestinationsHaveABoundedNumberOfSeries() throws Exception {
        Map<String, String> keys =
                Map.of("metrics.destinationsMax", "" + SHOWN, "destinations.max", "20000");
        try (ConsoleRig rig = ConsoleRig.started(keys);
                JMSContext context = rig.jms().createContext(JMSContext.SESSION_TRANSACTED)) {
            for (int i = 0; i < SENT; i++) {
                context.createProducer().send(context.createQueue("q" + i), "x");
            }
            context.commit();
            makeQueues(rig); // after that: a sample amid it finds those that have something
            Map<String, Double> first = rig.scrape();
            assertEquals(DESTINATIONS, first.get("taffrail_destinations"));
            assertEquals(SHOWN, first.get("taffrail_destinations_shown"));
            assertEquals(DESTINATIONS - SHOWN, first.get("taffrail_destinations_summed"));
            Set<String> shown = shown(first);
            assertEquals(SHOWN, shown.size());
            assertEquals(SENT - SHOWN, first.get(DEPTH + OTHER));
            double counted =
                    first.entrySet().stream()
                            .filter(
                                    each ->
                                            each.getKey()
                                                    .startsWith("taffrail_destination_in_total"))
                            .mapToDouble(Map.Entry::getValue)
                            .sum();
            assertEquals(SENT, counted);
            assertTrue(first.size() < 1500 + 20 * (SHOWN + 2), "series: " + first.size());

            // a little more elsewhere moves nobody, much more does
            String hidden = "q9999";
            assertFalse(shown.contains(hidden), "it has nothing, and others have");
            context.createProducer().send(context.createQueue(hidden), "x");
            context.commit();
            assertEquals(shown, shown(rig.scrape()));
            for (int i = 0; i < 300; i++) {
                context.createProducer().send(context.createQueue(hidden), "x");
            }
            context.commit();
            Map<String, Double> last = rig.scrape();
            assertTrue(shown(last).contains(hidden));
            assertEquals(301, last.get(DEPTH + hidden + "\",kind=\"queue\"}"));
            assertEquals(SHOWN, shown(last).size());
            double others = last.get("taffrail_destination_in_total{destination=\"" + OTHER);
            assertTrue(
                    others >= first.get("taffrail_destination_in_total{destination=\"" + OTHER),
                    "a sum of what only grows only grows");
        }
    }
}
