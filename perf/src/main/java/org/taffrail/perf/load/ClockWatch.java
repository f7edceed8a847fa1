// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * Hears when the clock of a run starts and when it stands still, so that something else can be
 * measured over exactly what the figure was measured over. The warm-up is not heard of.
 *
 * <p>Called by the thread of the run, in turns, beginning with a start. While a call lasts, nothing
 * is timed, yet the broker may be at work: it should return within a millisecond.
 */
public interface ClockWatch {
    /** Hears nothing. */
    ClockWatch NONE =
            new ClockWatch() {
                @Override
                public void started() {}

                @Override
                public void stopped() {}
            };

    /** The clock starts now. */
    void started();

    /** The clock has stopped. */
    void stopped();
}
