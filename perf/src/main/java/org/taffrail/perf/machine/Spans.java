// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Spans of time that don't overlap, to tell what happened within one of them. */
public final class Spans {
    private final TreeMap<Instant, Instant> untilByFrom = new TreeMap<>();

    /** No spans. */
    public Spans() {}

    /**
     * Adds a span.
     *
     * @param from its beginning
     * @param until its end
     */
    public void add(Instant from, Instant until) {
        untilByFrom.put(from, until);
    }

    /**
     * Whether a moment is in a span.
     *
     * @param moment the moment
     * @return true from the beginning of a span on, false from its end on
     */
    public boolean contain(Instant moment) {
        Map.Entry<Instant, Instant> latest = untilByFrom.floorEntry(moment);
        return latest != null && moment.isBefore(latest.getValue());
    }
}
