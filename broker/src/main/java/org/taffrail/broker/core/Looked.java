// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * How far somebody has looked at the ready messages of a position, so that each is looked at once:
 * an offset for each priority, and what is to be looked at again, or was told, besides.
 */
final class Looked {
    private final long[] upTo = new long[Position.PRIORITIES];
    private final OffsetSet[] told = new OffsetSet[Position.PRIORITIES];

    /** What may be looked at without being told of; null for all that is ready. */
    private final OffsetSet[] among;

    /** Has looked at nothing, and looks at all that is ready. */
    Looked() {
        this(null);
    }

    /**
     * Looks at some messages, and at what it is told of.
     *
     * @param among for each priority which messages; they may change
     */
    Looked(OffsetSet[] among) {
        this.among = among;
    }

    /** Hears that a message can be delivered (again). */
    void becameReady(long offset, int priority) {
        if (offset < upTo[priority]) {
            tell(offset, priority);
        }
    }

    /** Is to look at a message, whether it has before or not. */
    void tell(long offset, int priority) {
        toldOf(priority).add(offset);
    }

    /** Is to look at messages, whether it has before or not. */
    void tell(OffsetSet offsets, int priority) {
        toldOf(priority).addAll(offsets);
    }

    private OffsetSet toldOf(int priority) {
        if (told[priority] == null) {
            told[priority] = new OffsetSet();
        }
        return told[priority];
    }

    /** Returns the next offset of a priority that it has not looked at, or -1. */
    long next(OffsetSet ready, int priority) {
        long again = nextTold(ready, told[priority]);
        long fresh =
                among == null
                        ? ready.next(upTo[priority])
                        : ready.nextAlsoIn(among[priority], upTo[priority]);
        return again < 0 || fresh >= 0 && fresh < again ? fresh : again;
    }

    private static long nextTold(OffsetSet ready, OffsetSet told) {
        while (told != null && !told.isEmpty()) {
            long offset = told.first();
            if (ready.contains(offset)) {
                return offset;
            }
            told.remove(offset);
        }
        return -1;
    }

    /** Notes that it has looked at an offset that {@link #next} returned. */
    void looked(long offset, int priority) {
        if (told[priority] != null) {
            told[priority].remove(offset);
        }
        upTo[priority] = Math.max(upTo[priority], offset + 1);
    }
}
