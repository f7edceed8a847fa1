// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** What destinations keep though nobody needs it, because their retention says so. */
public final class History {
    private final Decisions decisions;

    History(Decisions decisions) {
        this.decisions = decisions;
    }

    /**
     * Tells whether some destination may keep records for a time.
     *
     * @return false where {@link #hasEnded} need not be asked
     */
    public boolean hasBoundsOfTime() {
        return decisions.limits().policies().anyRetainsForTime();
    }

    /**
     * Tells whether some records are kept no longer because of their age.
     *
     * @param nowMs the time
     * @return true if there may be something that nothing needs any more
     */
    public boolean hasEnded(long nowMs) {
        for (Destination destination : decisions.state().destinations()) {
            if (destination.partition.nextEndMs() <= nowMs) {
                return true;
            }
        }
        return false;
    }

    /**
     * Gives up the oldest quarter of what each destination keeps beyond need, because room is
     * scarce: before anybody has to wait for it.
     *
     * @return false if there is nothing to be given up
     */
    public boolean giveUpOldest() {
        boolean any = false;
        for (Destination destination : decisions.state().destinations()) {
            any |= destination.partition.giveUpOldest();
        }
        return any;
    }
}
