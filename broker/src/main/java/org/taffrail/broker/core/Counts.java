// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * How many messages something has happened to since the broker's start. A message counts for each
 * group that it came to; numbers never go down, and begin anew with the next start.
 *
 * @param in came in; for a destination each message once, whoever it is for
 * @param bytesIn how many bytes these have as the log has them; 0 for a group
 * @param delivered were given to a consumer, each time
 * @param redelivered of these, deliveries flagged as redelivered
 * @param accepted were consumed
 * @param expired were ended because their time was over, moved to an expiry queue or not
 * @param deadLettered were moved to a dead-letter queue
 * @param removed were purged or moved elsewhere by a manager
 * @param lost were ended unconsumed by damage or by a retention that was told to
 */
public record Counts(
        long in,
        long bytesIn,
        long delivered,
        long redelivered,
        long accepted,
        long expired,
        long deadLettered,
        long removed,
        long lost) {
    /** Nothing has happened. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * Adds what has happened elsewhere.
     *
     * @param other to what
     * @return the sum
     */
    public Counts plus(Counts other) {
        return new Counts(
                in + other.in,
                bytesIn + other.bytesIn,
                delivered + other.delivered,
                redelivered + other.redelivered,
                accepted + other.accepted,
                expired + other.expired,
                deadLettered + other.deadLettered,
                removed + other.removed,
                lost + other.lost);
    }

    /**
     * Tells what has happened since an earlier look.
     *
     * @param before what it was then
     * @return the difference; what is less than before has begun anew and counts from 0
     */
    public Counts since(Counts before) {
        boolean anew = in < before.in || delivered < before.delivered || ended() < before.ended();
        Counts from = anew ? NONE : before;
        return new Counts(
                in - from.in,
                bytesIn - from.bytesIn,
                delivered - from.delivered,
                redelivered - from.redelivered,
                accepted - from.accepted,
                expired - from.expired,
                deadLettered - from.deadLettered,
                removed - from.removed,
                lost - from.lost);
    }

    /**
     * Sums up what has left for good.
     *
     * @return messages that are settled, for whatever reason
     */
    public long ended() {
        return accepted + expired + deadLettered + removed + lost;
    }
}
