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

    boolean includes(DestinationKind kind) {
        return this == ANY || kind.isQueue() == (this == QUEUE);
    }
}
