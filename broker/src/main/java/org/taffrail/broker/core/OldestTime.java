// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RunLayout;

import java.util.List;

/**
 * When the oldest message of a group that is not settled was appended. Known where its record is in
 * memory; otherwise the log is asked once, and the answer kept as long as it is the same message:
 * nothing has to be remembered of messages that nobody asks about.
 */
final class OldestTime {
    private long offset = -1;
    private long appendedMs;

    /** Returns ms since 1970; 0 if nothing is unsettled, -1 if it is not known. */
    long of(Position position) {
        long first = position.firstUnsettled();
        if (first < 0) {
            return 0;
        }
        if (first != offset) {
            Window.Run run = position.partition.find(first);
            if (run == null) {
                return -1;
            }
            offset = first;
            appendedMs = run.appendTimeMs();
        }
        return appendedMs;
    }

    /** Takes what the log has answered to whoever asked. */
    void loaded(Position position, List<byte[]> runs) {
        long first = position.firstUnsettled();
        if (first < 0 || first == offset) {
            return;
        }
        for (byte[] run : runs) {
            long from = RunLayout.offset(run, 0);
            if (from <= first && first < from + RunLayout.count(run, 0)) {
                offset = first;
                appendedMs = RunLayout.appendTimeMs(run, 0);
                return;
            }
        }
    }
}
