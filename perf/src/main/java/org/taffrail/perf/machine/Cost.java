// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.util.Locale;

/** One thing that a message costs, in the unit that tables show. */
public enum Cost {
    /** Processor time of the broker: all its threads, the compiler's and the collector's too. */
    BROKER_CPU("broker CPU us", 1_000, "%,.1f", true),
    /**
     * What the broker has written to files: bytes passed to {@code FileChannel.write} and its like.
     */
    FILE_WRITTEN("file bytes", 1, "%,.0f", true),
    /** Forces of the broker: calls of {@code FileChannel.force}. */
    FORCES("forces", 1, "%,.3f", true),
    /** What the broker's threads have allocated. */
    BROKER_ALLOCATED("broker alloc bytes", 1, "%,.0f", true),
    /** What the threads of the measuring process have allocated: the client's side. */
    CLIENT_ALLOCATED("client alloc bytes", 1, "%,.0f", true),
    /** The most memory that the broker had, heap and all else; not by message. */
    BROKER_RESIDENT("broker peak MiB", 1024 * 1024, "%,.0f", false);

    private final String title;
    private final double unit;
    private final String format;
    private final boolean byMessage;

    Cost(String title, double unit, String format, boolean byMessage) {
        this.title = title;
        this.unit = unit;
        this.format = format;
        this.byMessage = byMessage;
    }

    /**
     * The cost's name in tables, with its unit.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }

    /**
     * The figure of a cost.
     *
     * @param total what was measured: nanoseconds, bytes or a count
     * @param messages of how many messages; above 0
     * @return the figure, in the unit of the title
     */
    public double figure(long total, long messages) {
        return total / unit / (byMessage ? messages : 1);
    }

    /**
     * A figure as tables show it.
     *
     * @param figure in the unit of the title
     * @return digits
     */
    public String print(double figure) {
        return String.format(Locale.ROOT, format, figure);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
