// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

/** Where the broker gets its time; below this layer time is an argument. */
public interface Clock {
    /**
     * Returns the wall clock's time.
     *
     * @return ms since 1970; may be set back
     */
    long wallMs();

    /**
     * Returns a time for measuring how much has passed, which nobody can set.
     *
     * @return in ms, from an arbitrary point
     */
    long elapsedMs();

    /**
     * Returns the machine's clock.
     *
     * @return reads the system's clocks
     */
    static Clock system() {
        return new Clock() {
            @Override
            public long wallMs() {
                return System.currentTimeMillis();
            }

            @Override
            public long elapsedMs() {
                return System.nanoTime() / 1_000_000;
            }
        };
    }
}
