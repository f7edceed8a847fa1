// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.selector.Selector;

/**
 * A scan of a queue (Jakarta Messaging 4.1.6): highest priority first, and the offsets within each
 * in their order. What was ready when it began, stays ready, and matches the selector is shown
 * exactly once.
 */
final class QueueBrowser extends Browser {
    private int priority = Position.PRIORITIES - 1;
    private long nextOffset;

    QueueBrowser(Client client, int id, Group group, Selector selector) {
        super(client, id, group, selector);
    }

    @Override
    long next(long nowMs) {
        while (priority >= 0) {
            long offset = group.position.ready(priority).next(nextOffset);
            if (offset >= 0 && offset < end()) {
                return offset;
            }
            priority--;
            nextOffset = 0;
        }
        return -1;
    }

    @Override
    boolean looks(long offset, Window.Run run) {
        nextOffset = offset + 1;
        return true;
    }
}
