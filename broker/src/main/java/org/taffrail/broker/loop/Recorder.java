// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

/**
 * Hears how long things took, on the broker's thread, from which it must return at once: whoever
 * wants to know distributions and not only sums. A broker that nobody watches has {@link #NONE}.
 */
public interface Recorder {
    /** Records nothing, and costs no look at the clock. */
    Recorder NONE =
            new Recorder() {
                @Override
                public long nowNs() {
                    return 0;
                }

                @Override
                public void turned(long ns) {}

                @Override
                public void forced(long ns) {}

                @Override
                public void confirmed(long ns) {}
            };

    /**
     * Returns the time that what follows is measured with.
     *
     * @return ns since any moment
     */
    long nowNs();

    /**
     * Hears of a turn of the loop, with the flushes behind it.
     *
     * @param ns how long it took
     */
    void turned(long ns);

    /**
     * Hears of a force of the journal.
     *
     * @param ns how long it took
     */
    void forced(long ns);

    /**
     * Hears that a run of sends is answered.
     *
     * @param ns how long the broker has had it, from its arrival on
     */
    void confirmed(long ns);
}
