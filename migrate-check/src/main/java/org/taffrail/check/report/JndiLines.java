// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.Feature;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** The {@code jndi.properties} with which the application finds on Taffrail what it looks up. */
final class JndiLines {
    private JndiLines() {}

    static List<String> of(Run run) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "java.naming.factory.initial=org.taffrail."
                        + (run.isJavax() ? "javax." : "")
                        + "jms.jndi.TaffrailInitialContextFactory");
        List<String> factories = new ArrayList<>(run.uses(Feature.JNDI_FACTORY).keySet());
        if (factories.isEmpty()) {
            factories.add("ConnectionFactory");
        }
        for (String factory : factories) {
            lines.add(
                    "connectionFactory."
                            + Texts.property(factory)
                            + "=taffrail://localhost:61700"
                            + query(run));
        }
        destinations(run, Feature.JNDI_QUEUE, DestinationKind.QUEUE, lines);
        destinations(run, Feature.JNDI_TOPIC, DestinationKind.TOPIC, lines);
        return lines;
    }

    private static String query(Run run) {
        SortedSet<String> classes = MessageRules.allowed(run);
        return classes.isEmpty() || classes.stream().anyMatch(each -> !each.matches("[\\w.$]+"))
                ? ""
                : "?jms.deserializationAllowList=" + String.join(",", classes);
    }

    private static void destinations(
            Run run, Feature feature, DestinationKind kind, List<String> lines) {
        Provider provider = Provider.of(run);
        for (String each : run.uses(feature).keySet()) {
            int tab = each.indexOf('\t');
            if (tab > 0) {
                String name = each.substring(tab + 1);
                lines.add(
                        kind.text()
                                + "."
                                + Texts.property(each.substring(0, tab))
                                + "="
                                + Texts.property(DestinationName.of(kind, name, provider).name()));
            }
        }
    }
}
