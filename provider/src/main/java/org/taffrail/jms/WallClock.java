// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

/** The time of day: the one place where the provider reads it. */
final class WallClock {
    private WallClock() {}

    /** Returns the time in milliseconds since 1970. */
    static long nowMs() {
        return System.currentTimeMillis();
    }
}
