// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.selector.Selector;

/**
 * One scan that takes nothing: a consumer with credit like any other, which never holds a message.
 * Where another takes from what is ready, this has a cursor; that is what it costs the broker,
 * however much there is to be looked through.
 *
 * <p>The scan ends where the log ended when it began, so that it comes to an end however fast
 * messages are sent.
 */
abstract class Browser extends Consumer {
    private static final long NOT_BEGUN = -1;

    /** Whether its group has it on the list of those that want something. */
    boolean isAwake;

    private long end = NOT_BEGUN;
    private long awaited;

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

    /** Where its scan ends. */
    long end() {
        return end;
    }

    /** Returns the next offset to be looked at, or -1 at the end of the scan. */
    abstract long next(long nowMs);

    /**
     * Notes that it looks at what {@link #next} returned.
     *
     * @return whether that is a message it may be shown
     */
    abstract boolean looks(long offset, Window.Run run);

    /** Waits for a record to be loaded. */
    void await(long offset) {
        awaits = true;
        awaited = offset;
    }

    /** Whether it waits for this record, to be looked at or as a part of what it is shown. */
    final boolean isAwaiting(long offset) {
        return isToLookAt(offset)
                || stream != null && stream.loading && stream.nextOffset() == offset;
    }

    /** Whether it waits for this record to be looked at. */
    final boolean isToLookAt(long offset) {
        return awaits && awaited == offset;
    }

    /**
     * Hears that a record which it waits for is not there any more.
     *
     * @param next where the first is that may be
     */
    void missed(long next) {}
}
