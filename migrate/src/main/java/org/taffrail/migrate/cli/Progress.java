// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.bridge.Link;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A line for each link that says how far it is and how fast. */
final class Progress {
    private final List<Link> links;
    private final PrintWriter out;
    private final Map<Link, Long> before = new HashMap<>();
    private long beforeNanos = System.nanoTime();

    Progress(List<Link> links, PrintWriter out) {
        this.links = links;
        this.out = out;
    }

    void show() {
        long nowNanos = System.nanoTime();
        double seconds = (nowNanos - beforeNanos) / 1e9;
        for (Link link : links) {
            long messages = link.totals().messages();
            Long last = before.put(link, messages);
            // the first line of a run would count what earlier ones have carried
            String rate =
                    last == null
                            ? ""
                            : String.format(Locale.ROOT, ", %,.0f/s", (messages - last) / seconds);
            out.printf(
                    Locale.ROOT,
                    "%s  %s: %,d carried%s, %s%s%n",
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    link.route(),
                    messages,
                    rate,
                    link.state().name().toLowerCase(Locale.ROOT),
                    link.state() == Link.State.CONNECTING && link.why() != null
                            ? ": " + link.why()
                            : "");
        }
        beforeNanos = nowNanos;
        out.flush();
    }
}
