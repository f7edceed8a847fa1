// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.Feature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that files say, added up. Of peaks, which are of one JVM each, the highest is kept. */
final class Run {
    private final List<Map<String, String>> processes = new ArrayList<>();
    private final Map<Feature, SortedMap<String, Count>> uses = new EnumMap<>(Feature.class);
    private final SortedMap<String, Long> lost = new TreeMap<>();
    private final SortedMap<String, Long> peaks = new TreeMap<>();
    private final SortedMap<String, Place> places = new TreeMap<>();

    void process(Map<String, String> process) {
        processes.add(process);
    }

    void use(Feature feature, String detail, Count count) {
        uses.computeIfAbsent(feature, each -> new TreeMap<>()).merge(detail, count, Count::plus);
    }

    void lost(String what, long count) {
        if (count > 0) {
            lost.merge(what, count, Long::sum);
        }
    }

    void peak(String what, long count) {
        peaks.merge(what, count, Math::max);
    }

    Place place(DestinationKind kind, String name) {
        return places.computeIfAbsent(kind.ordinal() + name, each -> new Place(kind, name));
    }

    /** What each JVM tells of itself. */
    List<Map<String, String>> processes() {
        return processes;
    }

    /** By detail; empty where the feature was not used. */
    SortedMap<String, Count> uses(Feature feature) {
        return uses.getOrDefault(feature, new TreeMap<>());
    }

    /** Of all details together. */
    Count use(Feature feature) {
        return uses(feature).values().stream().reduce(new Count(0, ""), Count::plus);
    }

    boolean hasUsed(Feature feature) {
        return uses.containsKey(feature);
    }

    /** What there was no room for. */
    SortedMap<String, Long> lost() {
        return lost;
    }

    long peak(String what) {
        return peaks.getOrDefault(what, 0L);
    }

    /** Queues first, in the order of their names. */
    Collection<Place> places() {
        return places.values();
    }

    /** The place of a name, or null. */
    Place known(DestinationKind kind, String name) {
        return places.get(kind.ordinal() + name);
    }

    /** Whether the application is one for {@code javax.jms}. */
    boolean isJavax() {
        return processes.stream()
                .anyMatch(each -> each.getOrDefault("api", "").startsWith("javax."));
    }

    long sent() {
        return places.values().stream().mapToLong(each -> each.sent().count()).sum();
    }

    long received() {
        return places.values().stream().mapToLong(each -> each.received().count()).sum();
    }
}
