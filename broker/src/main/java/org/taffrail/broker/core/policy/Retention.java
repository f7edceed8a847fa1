// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

/**
 * How long the records of a destination are kept that nobody needs: what a queue's consumers have
 * settled, what a topic's subscriptions have consumed or what was sent while there were none.
 *
 * @param timeMs how long after they were appended; 0 for no bound of time
 * @param bytes how many bytes of the destination's youngest records; 0 for no bound of bytes
 * @param dropsUnsettled whether what durable subscriptions have not consumed goes as well
 */
public record Retention(long timeMs, long bytes, boolean dropsUnsettled) {
    /** Nothing is kept beyond need. */
    public static final Retention NONE = new Retention(0, 0, false);

    /**
     * Tells whether anything is kept beyond need.
     *
     * @return false if there is neither a bound of time nor one of bytes
     */
    public boolean keeps() {
        return timeMs > 0 || bytes > 0;
    }

    /**
     * Tells whether records are past a bound.
     *
     * @param ageMs how long ago the youngest of them was appended
     * @param bytesSince how many bytes were appended after them
     * @return true if they need not be kept
     */
    public boolean isOver(long ageMs, long bytesSince) {
        return timeMs > 0 && ageMs >= timeMs || bytes > 0 && bytesSince >= bytes;
    }
}
