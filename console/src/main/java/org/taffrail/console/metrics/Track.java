// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import org.taffrail.broker.core.Counts;
import org.taffrail.broker.core.DestinationStatus;

/**
 * What one destination was like at the last few samples. Owned by the sampler; {@link Point}s are
 * for anybody.
 */
public final class Track {
    /** How many depths are remembered. */
    static final int DEPTHS = 60;

    private final int[] depths = new int[DEPTHS];
    private int count;
    private DestinationStatus last;
    private long lastMs;
    private double inPerSecond;
    private double outPerSecond;

    /**
     * A destination at one sample.
     *
     * @param status what it was like
     * @param track what it was like before
     * @param since what has happened since the sample before
     * @param inPerSecond how many messages came in a second, since then
     * @param outPerSecond how many left for good
     */
    public record Point(
            DestinationStatus status,
            Track track,
            Counts since,
            double inPerSecond,
            double outPerSecond) {
        /**
         * Returns the age of the oldest message.
         *
         * @param nowMs the time, ms since 1970
         * @return in ms; 0 where nothing is unsettled, -1 if it is not known yet
         */
        public long oldestAgeMs(long nowMs) {
            long oldestMs = status.oldestMs();
            return oldestMs <= 0 ? oldestMs : Math.max(0, nowMs - oldestMs);
        }
    }

    /** Takes the next sample. */
    synchronized Point next(DestinationStatus status, long nowMs) {
        boolean same = last != null && last.id() == status.id();
        Counts before = same ? last.counts() : Counts.NONE;
        Counts since = status.counts().since(before);
        long passedMs = nowMs - lastMs;
        if (same && passedMs > 0) {
            inPerSecond = since.in() * 1000.0 / passedMs;
            outPerSecond = since.ended() * 1000.0 / passedMs;
        }
        last = status;
        lastMs = nowMs;
        depths[count++ % DEPTHS] = (int) Math.min(Integer.MAX_VALUE, status.depth());
        return new Point(status, this, since, inPerSecond, outPerSecond);
    }

    /**
     * Returns the depths at the last samples, the oldest first.
     *
     * @return at most so many as are remembered
     */
    public synchronized int[] depths() {
        int size = Math.min(count, DEPTHS);
        int[] ordered = new int[size];
        for (int i = 0; i < size; i++) {
            ordered[i] = depths[(count - size + i) % DEPTHS];
        }
        return ordered;
    }
}
