// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;

/**
 * Which messages of a queue or of a topic's subscriptions a manager means. Only those that are
 * there when the request comes, and that no consumer holds.
 *
 * @param kind the destination's kind
 * @param destination the destination's name
 * @param group which of a topic's subscriptions, 0 for all of them; of a queue always 0
 * @param filter which messages of these
 */
public record Selection(DestinationKind kind, String destination, long group, Filter filter) {
    /**
     * Which messages of a group.
     *
     * @param offset only the message at this offset, {@link #ANY} for wherever they stand
     * @param selector only messages that this selects
     * @param messagesMax at most so many, the first in the log
     */
    public record Filter(long offset, Selector selector, long messagesMax) {
        /** Stands for every offset. */
        public static final long ANY = -1;

        /** All of them. */
        public static final Filter ALL = new Filter(ANY, Selector.ALL, Long.MAX_VALUE);
    }
}
