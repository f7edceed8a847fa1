// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.bridge.Link;
import org.taffrail.migrate.bridge.Totals;
import org.taffrail.migrate.provider.Side;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a bridge has carried in all its runs, with checksums. */
final class Report {
    private final Side from;
    private final Side to;
    private final boolean mirror;
    private final List<Link> links;

    Report(Side from, Side to, boolean mirror, List<Link> links) {
        this.from = from;
        this.to = to;
        this.mirror = mirror;
        this.links = links;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "%s from %s to %s", mirror ? "Mirrored" : "Drained", from, to);
        line(
                text,
                to.imports()
                        ? "Message ids, times and users were kept."
                        : "Message ids, times and users are the new provider's: it does not import.");
        for (Link link : links) {
            link(text, link);
        }
        return text.toString();
    }

    private void link(StringBuilder text, Link link) {
        Totals totals = link.totals();
        line(text, "");
        line(text, "%s: %s", link.route(), state(link));
        line(text, "  messages      %,d  (%s)", totals.messages(), kinds(totals));
        line(text, "  body bytes    %,d", totals.bodyBytes());
        line(text, "  content       %s", totals.content());
        line(text, "  with ids      %s", totals.whole());
        if (totals.recognised() > 0) {
            line(text, "  recognised    %,d came again and were not doubled", totals.recognised());
        }
        if (totals.repliesLost() > 0) {
            line(
                    text,
                    "  no reply      %,d ask for a reply on a temporary queue, which is gone",
                    totals.repliesLost());
        }
        if (link.setAside() > 0) {
            line(text, "  set aside     %,d in this run", link.setAside());
        }
    }

    private static String kinds(Totals totals) {
        return totals.byKind().isEmpty()
                ? "none"
                : totals.byKind().entrySet().stream()
                        .map(
                                kind ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %,d",
                                                kind.getKey().name().toLowerCase(Locale.ROOT),
                                                kind.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private String state(Link link) {
        return switch (link.state()) {
            case ENDED ->
                    mirror && link.route().isQueue()
                            ? "ended, what a browser was shown is there"
                            : "ended, nothing was left";
            case STOPPED -> "stopped, can go on";
            case FAILED -> "FAILED: " + link.why();
            case CONNECTING, CARRYING -> "still at work";
        };
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
