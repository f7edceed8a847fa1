// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.WireException;

/** What a destination's name stands for; the ordinal is its number on the wire and on disk. */
public enum DestinationKind {
    /** A queue that lasts. */
    QUEUE,
    /** A topic that lasts. */
    TOPIC,
    /** A queue that dies with the connection that made it. */
    TEMPORARY_QUEUE,
    /** A topic that dies with the connection that made it. */
    TEMPORARY_TOPIC;

    private static final DestinationKind[] VALUES = values();

    /**
     * Tells whether messages go to one group.
     *
     * @return true for both kinds of queue
     */
    public boolean isQueue() {
        return this == QUEUE || this == TEMPORARY_QUEUE;
    }

    /**
     * Tells whether the destination dies with its connection.
     *
     * @return true for both temporary kinds
     */
    public boolean isTemporary() {
        return this == TEMPORARY_QUEUE || this == TEMPORARY_TOPIC;
    }

    /**
     * Returns the kind with this number.
     *
     * @param number any number; an unknown one is malformed
     * @return the kind
     */
    public static DestinationKind of(int number) {
        if (number < 0 || number >= VALUES.length) {
            throw WireException.malformed("destination kind " + number);
        }
        return VALUES[number];
    }
}
