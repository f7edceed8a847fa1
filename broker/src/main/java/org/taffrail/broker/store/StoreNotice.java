// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

/** What a store says of itself, beside what becomes of batches: for whoever looks after it. */
public sealed interface StoreNotice {
    /**
     * How much room there is. Told when it becomes short, when it no longer is, and after a start
     * that finds it short.
     *
     * @param isShort whether nothing should be added but what ends or settles something: the free
     *     bytes were fewer than the reserve, and are not more than that by a margin again
     * @param freeBytes how many bytes could still be written when it was looked at
     * @param reserveBytes how many are kept for what must always be possible
     */
    record Room(boolean isShort, long freeBytes, long reserveBytes) implements StoreNotice {
        /** There is room for everything. */
        public static final Room ENOUGH = new Room(false, Long.MAX_VALUE, 0);
    }

    /**
     * Room is not short yet, but scarce: what nobody needs should go. Told with each look, about
     * once a second, while less than one and a half reserves is free.
     *
     * @param freeBytes how many bytes could still be written
     * @param reserveBytes how many are kept for what must always be possible
     */
    record Scarce(long freeBytes, long reserveBytes) implements StoreNotice {}

    /**
     * Something was put off because there was no room for it; what was there before still counts.
     *
     * @param what such as {@code snapshot}
     * @param detail where, and how much there is
     */
    record NoRoomFor(String what, String detail) implements StoreNotice {}

    /**
     * A force takes long, or took long. Told at most once a minute.
     *
     * @param ms how long, up to now where it has not ended
     */
    record SlowForce(long ms) implements StoreNotice {}
}
