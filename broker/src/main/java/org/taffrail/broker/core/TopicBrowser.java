// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.selector.Selector;

/**
 * A scan of what a topic keeps, in the order of its log: what its retention keeps, and what some
 * subscription has not settled. It belongs to no subscription, so none is moved by it, and it keeps
 * nothing from being given up: what has gone when its turn comes is passed over.
 */
final class TopicBrowser extends Browser {
    private final RecordView record = new RecordView();
    private final long notBeforeMs;
    private long cursor;

    /**
     * Where a scan begins.
     *
     * @param offset before this nothing is shown
     * @param notBeforeMs what was appended earlier is not shown, ms since 1970
     */
    record From(long offset, long notBeforeMs) {}

    TopicBrowser(Client client, int id, Group onlookers, Selector selector, From from) {
        super(client, id, onlookers, selector);
        cursor = from.offset;
        notBeforeMs = from.notBeforeMs;
    }

    @Override
    long next(long nowMs) {
        long offset = group.position.partition.nextKept(cursor, nowMs);
        return offset < end() ? offset : -1;
    }

    @Override
    boolean looks(long offset, Window.Run run) {
        cursor = offset + 1;
        if (run.appendTimeMs() < notBeforeMs) {
            cursor = run.lastOffset() + 1;
            return false;
        }
        int at = run.recordAt(offset);
        if (RecordLayout.isPart(run.array, at)) {
            return false;
        }
        if (RecordLayout.hasParts(run.array, at)) {
            // they are read when the message is shown, not to find out that they are parts
            cursor += record.wrap(run.array, at).partCount();
        }
        return true;
    }

    @Override
    void missed(long next) {
        cursor = Math.max(cursor, next);
    }
}
