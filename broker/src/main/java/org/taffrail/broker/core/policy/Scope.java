// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

import org.taffrail.wire.record.DestinationKind;

/** Which kinds of destinations a pattern is for. */
public enum Scope {
    /** Queues. */
    QUEUE,
    /** Topics. */
    TOPIC,
    /** Queues and topics. */
    ANY;

    boolean includes(DestinationKind kind) {
        return this == ANY || kind.isQueue() == (this == QUEUE);
    }
}
