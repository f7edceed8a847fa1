// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.selector.Selector;

/**
 * One scan of a queue that takes nothing (Jakarta Messaging 4.1.6): a consumer with credit like any
 * other, which never holds a message. Where another takes from what is ready, this has a cursor:
 * highest priority first, and the offsets within each in their order. What costs the broker is the
 * cursor, however long the queue is.
 *
 * <p>The scan ends where the log ended when it began, so that it comes to an end however fast
 * messages are sent. What was ready then, stays ready, and matches the selector is shown exactly
 * once.
 */
final class Browser extends Consumer {
    private static final long NOT_BEGUN = -1;

    /** Whether its group has it on the list of those that want something. */
    boolean isAwake;

    private int priority = Position.PRIORITIES - 1;
    private long nextOffset;
    private long end = NOT_BEGUN;

    Browser(Client client, int id, Group group, Selector selector) {
        super(client, id, group, selector, false);
    }

    /**
     * Takes credit: from now on there is something to do for it.
     *
     * @throws WireException where too many frames wait
     */
    @Override
    void grant(ClientFrame.Credit frame) {
        super.grant(frame);
        group.browsers.wake(this);
    }

    boolean hasBegun() {
        return end != NOT_BEGUN;
    }

    /** Begins the scan of what stands before an offset. */
    void begin(long endOffset) {
        end = endOffset;
    }

    /** Returns the next offset to be looked at, or -1 at the end of the scan. */
    long next() {
        while (priority >= 0) {
            long offset = group.position.ready(priority).next(nextOffset);
            if (offset >= 0 && offset < end) {
                return offset;
            }
            priority--;
            nextOffset = 0;
        }
        return -1;
    }

    /** Notes that it has looked at what {@link #next} returned. */
    void looked(long offset) {
        nextOffset = offset + 1;
    }
}
