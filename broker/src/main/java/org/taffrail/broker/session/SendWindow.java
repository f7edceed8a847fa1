// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.loop.Recorder;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.Arrays;

/**
 * Counts the sends of a connection that are not answered yet, and holds the client to the window
 * that it was granted. A ring of runs, oldest first.
 */
final class SendWindow {
    private final int messagesMax;
    private final int bytesMax;
    private final Recorder recorder;
    private long[] lasts = new long[16];
    private int[] counts = new int[16];
    private int[] sizes = new int[16];
    private long[] arrivals = new long[16];
    private int first;
    private int count;
    private long messages;
    private long bytes;

    /**
     * Makes an empty one.
     *
     * @param recorder hears how long each run took from {@link #sent} to {@link #answered}
     */
    SendWindow(int messagesMax, int bytesMax, Recorder recorder) {
        this.recorder = recorder;
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    /**
     * Notes a run.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it does not fit
     */
    void sent(long last, int runMessages, int runBytes) {
        if (messages + runMessages > messagesMax || bytes + runBytes > bytesMax) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    (messages + runMessages)
                            + " messages and "
                            + (bytes + runBytes)
                            + " bytes unanswered, granted are "
                            + messagesMax
                            + " and "
                            + bytesMax);
        }
        if (count == lasts.length) {
            grow();
        }
        int at = (first + count) & (lasts.length - 1);
        lasts[at] = last;
        counts[at] = runMessages;
        sizes[at] = runBytes;
        arrivals[at] = recorder.nowNs();
        count++;
        messages += runMessages;
        bytes += runBytes;
    }

    /** Notes that all sends up to one are answered. */
    void answered(long last) {
        while (count > 0 && lasts[first] <= last) {
            messages -= counts[first];
            bytes -= sizes[first];
            recorder.confirmed(recorder.nowNs() - arrivals[first]);
            first = (first + 1) & (lasts.length - 1);
            count--;
        }
    }

    private void grow() {
        long[] oldLasts = lasts;
        int[] oldCounts = counts;
        int[] oldSizes = sizes;
        long[] oldArrivals = arrivals;
        lasts = Arrays.copyOf(oldLasts, 2 * count);
        counts = Arrays.copyOf(oldCounts, 2 * count);
        sizes = Arrays.copyOf(oldSizes, 2 * count);
        arrivals = Arrays.copyOf(oldArrivals, 2 * count);
        for (int i = 0; i < count; i++) {
            int at = (first + i) & (count - 1);
            lasts[i] = oldLasts[at];
            counts[i] = oldCounts[at];
            sizes[i] = oldSizes[at];
            arrivals[i] = oldArrivals[at];
        }
        first = 0;
    }
}
