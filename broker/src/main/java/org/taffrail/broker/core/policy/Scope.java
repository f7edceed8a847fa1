// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

import org.taffrail.wire.record.DestinationKind;

/** Which kinds of destinations a pattern is for. */
public enum Scope {
    /** Queues. */
    QUEUE("queue."),
    /** Topics. */
    TOPIC("topic."),
    /** Queues and topics. */
    ANY("destination.");

    private final String prefix;

    Scope(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Returns what the name of a setting for some destinations begins with.
     *
     * @return such as {@code queue.}
     */
    public String prefix() {
        return prefix;
    }

    /**
     * Returns the scope of one kind.
     *
     * @param kind queue or topic
     * @return such that no other kind is in it
     */
    public static Scope of(DestinationKind kind) {
        return kind.isQueue() ? QUEUE : TOPIC;
    }

    /**
     * Tells whether it is for a kind.
     *
     * @param kind any kind
     * @return true for {@link #ANY}
     */
    public boolean includes(DestinationKind kind) {
        return this == ANY || kind.isQueue() == (this == QUEUE);
    }
}
