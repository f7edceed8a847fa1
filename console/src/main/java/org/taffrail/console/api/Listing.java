// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.broker.core.Counts;
import org.taffrail.broker.core.DestinationStatus;
import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.metrics.Sample;
import org.taffrail.console.metrics.Track;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Lists the destinations of a sample: those that match, by what they are sorted by, in pages. */
final class Listing {
    private static final Set<String> KNOWN =
            Set.of(
                    "kind",
                    "pattern",
                    "containing",
                    "deadLetters",
                    "sort",
                    "descending",
                    "skip",
                    "limit");
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1000;

    private static final Map<String, ToDoubleFunction<Track.Point>> NUMBERS =
            Map.ofEntries(
                    Map.entry("depth", point -> point.status().depth()),
                    Map.entry("ready", point -> ready(point.status())),
                    Map.entry("held", point -> point.status().held()),
                    Map.entry("waiting", point -> point.status().waiting()),
                    Map.entry("failed", point -> point.status().failed()),
                    Map.entry("consumers", point -> point.status().consumers()),
                    Map.entry("oldest", point -> -oldest(point.status())),
                    Map.entry("inRate", Track.Point::inPerSecond),
                    Map.entry("outRate", Track.Point::outPerSecond),
                    Map.entry("redelivered", point -> point.status().counts().redelivered()),
                    Map.entry("deadLettered", point -> point.status().counts().deadLettered()),
                    Map.entry("expired", point -> point.status().counts().expired()));

    private Listing() {}

    private static double ready(DestinationStatus status) {
        return status.depth() - status.held() - status.waiting();
    }

    private static double oldest(DestinationStatus status) {
        return status.oldestMs() <= 0 ? Double.MAX_VALUE : status.oldestMs();
    }

    static Json of(Sample sample, Request request) {
        Arguments arguments = Arguments.of(request, KNOWN);
        List<Track.Point> found = new ArrayList<>();
        sample.destinations().stream().filter(wanted(arguments)).forEach(found::add);
        found.sort(order(arguments));
        int skip = (int) arguments.number("skip", 0, 0, Integer.MAX_VALUE);
        int limit = (int) arguments.number("limit", LIMIT, 1, LIMIT_MAX);
        Json rows = Json.list();
        found.stream().skip(skip).limit(limit).forEach(point -> rows.add(row(point)));
        return Json.object()
                .put("takenMs", sample.takenMs())
                .put("serving", sample.serving())
                .put("total", sample.destinations().size())
                .put("found", found.size())
                .put("destinations", rows);
    }

    private static Predicate<Track.Point> wanted(Arguments arguments) {
        Predicate<Track.Point> wanted = point -> true;
        if (arguments.has("kind")) {
            boolean queue = arguments.kind().equals("queue");
            wanted = wanted.and(point -> point.status().kind().isQueue() == queue);
        }
        if (arguments.has("deadLetters")) {
            boolean collects = arguments.flag("deadLetters");
            wanted = wanted.and(point -> point.status().collects() == collects);
        }
        if (arguments.has("containing")) {
            String part = arguments.text("containing").toLowerCase(Locale.ROOT);
            wanted =
                    wanted.and(
                            point -> point.status().name().toLowerCase(Locale.ROOT).contains(part));
        }
        if (arguments.has("pattern")) {
            DestinationPattern pattern = pattern(arguments.text("pattern"));
            wanted =
                    wanted.and(
                            point -> pattern.matches(point.status().kind(), point.status().name()));
        }
        return wanted;
    }

    private static DestinationPattern pattern(String text) {
        try {
            return DestinationPattern.of(Scope.ANY, text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.BAD_REQUEST, "'pattern': " + e.getMessage());
        }
    }

    private static Comparator<Track.Point> order(Arguments arguments) {
        Comparator<Track.Point> byName = Comparator.comparing(point -> point.status().name());
        String sort = arguments.text("sort");
        if (sort == null || sort.equals("name")) {
            return arguments.flag("descending") ? byName.reversed() : byName;
        }
        ToDoubleFunction<Track.Point> number = NUMBERS.get(sort);
        if (number == null) {
            throw Arguments.wrong(
                    "sort", "name or one of " + NUMBERS.keySet().stream().sorted().toList());
        }
        Comparator<Track.Point> byNumber = Comparator.comparingDouble(number);
        return (arguments.flag("descending") ? byNumber.reversed() : byNumber)
                .thenComparing(byName);
    }

    private static Json row(Track.Point point) {
        DestinationStatus status = point.status();
        Counts counts = status.counts();
        Json depths = Json.list();
        for (int each : point.track().depths()) {
            depths.add(each);
        }
        return Json.object()
                .put("kind", status.kind().isQueue() ? "queue" : "topic")
                .put("name", status.name())
                .put("temporary", status.kind().isTemporary())
                .put("deadLetters", status.collects())
                .put("depth", status.depth())
                .put("ready", status.depth() - status.held() - status.waiting())
                .put("held", status.held())
                .put("waiting", status.waiting())
                .put("failed", status.failed())
                .put("consumers", status.consumers())
                .put("groups", status.groups())
                .put("oldestMs", status.oldestMs())
                .put("inRate", point.inPerSecond())
                .put("outRate", point.outPerSecond())
                .put("in", counts.in())
                .put("delivered", counts.delivered())
                .put("redelivered", counts.redelivered())
                .put("accepted", counts.accepted())
                .put("expired", counts.expired())
                .put("deadLettered", counts.deadLettered())
                .put("removed", counts.removed())
                .put("lost", counts.lost())
                .put("depths", depths);
    }
}
