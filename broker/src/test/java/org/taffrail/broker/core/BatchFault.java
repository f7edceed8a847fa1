// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

/** A defect that changes what a core decided on its way to the log. */
interface BatchFault {
    /** No defect. */
    BatchFault NONE = (events, runs) -> {};

    /** Changes the events and runs of a batch. */
    void damage(ByteSink events, ByteSink runs);

    /** Leaves out some copies, as if a message were settled without its copy. */
    static BatchFault losesCopies() {
        int[] copies = {0};
        return (events, runs) -> {
            ByteSink kept = new ByteSink(64);
            for (int at = 0; at < runs.length(); at += RunLayout.length(runs.array(), at)) {
                if (!isCopy(runs.array(), at) || ++copies[0] % 7 != 0) {
                    kept.putBytes(runs.array(), at, RunLayout.length(runs.array(), at));
                }
            }
            replace(runs, kept);
        };
    }

    /** Writes copies a batch later than the settlements they belong to. */
    static BatchFault copiesLate() {
        ByteSink late = new ByteSink(64);
        return (events, runs) -> {
            ByteSink now = new ByteSink(64);
            now.putBytes(late.array(), 0, late.length());
            late.clear();
            for (int at = 0; at < runs.length(); at += RunLayout.length(runs.array(), at)) {
                ByteSink to = isCopy(runs.array(), at) ? late : now;
                to.putBytes(runs.array(), at, RunLayout.length(runs.array(), at));
            }
            replace(runs, now);
        };
    }

    /** Leaves out the settlements of moved messages, as if they were copied only. */
    static BatchFault losesMoves() {
        return (events, runs) -> {
            ByteSink kept = new ByteSink(64);
            for (int at = 0; at < events.length(); at += Bytes.getInt(events.array(), at)) {
                if (!isMove(events.array(), at)) {
                    kept.putBytes(events.array(), at, Bytes.getInt(events.array(), at));
                }
            }
            replace(events, kept);
        };
    }

    private static void replace(ByteSink sink, ByteSink by) {
        sink.clear();
        sink.putBytes(by.array(), 0, by.length());
    }

    private static boolean isCopy(byte[] array, int run) {
        return new RecordView().wrap(array, run + RunLayout.HEADER_BYTES).copy();
    }

    /** See {@link EventCodec}: a settlement has type 5, and its reason behind two ids. */
    private static boolean isMove(byte[] array, int at) {
        return array[at + 4] == 5 && array[at + 24] == Event.Reason.MOVED.ordinal();
    }
}
