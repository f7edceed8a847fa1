// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

/**
 * The kinds of destinations. Temporary ones have no names of their own: they are counted as one.
 */
public enum DestinationKind {
    /** A queue. */
    QUEUE,
    /** A topic. */
    TOPIC,
    /** All temporary queues. */
    TEMPORARY_QUEUE,
    /** All temporary topics. */
    TEMPORARY_TOPIC;

    /**
     * Returns what a person calls it.
     *
     * @return for example {@code temporary queue}
     */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
