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
     * Returns a time for measuring what is short, which nobody can set.
     *
     * @return in ns, from an arbitrary point
     */
    default long elapsedNs() {
        return elapsedMs() * 1_000_000;
    }

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

            @Override
            public long elapsedNs() {
                return System.nanoTime();
            }
        };
    }
}
