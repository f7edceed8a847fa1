// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

/**
 * How long a service waits before it tries again to recover: twice as long each time, up to a
 * bound.
 *
 * @param firstMs before the first try
 * @param mostMs the bound
 */
record Delays(int firstMs, int mostMs) {
    /** Those of a broker that is in use. */
    static final Delays USUAL = new Delays(50, 5_000);

    private static final int DOUBLINGS_MAX = 20;

    /**
     * Returns how long to wait.
     *
     * @param before how many tries there were
     */
    long afterMs(int before) {
        return Math.min(mostMs, (long) firstMs << Math.min(before, DOUBLINGS_MAX));
    }
}
