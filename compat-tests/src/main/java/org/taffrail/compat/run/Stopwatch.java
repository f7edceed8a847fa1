// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import java.util.concurrent.TimeUnit;

/** How long a check takes, without the times in which it waits for others. Thread-safe. */
final class Stopwatch {
    private long beforeNs;
    private long sinceNs;
    private boolean runs;

    synchronized void start() {
        sinceNs = System.nanoTime();
        runs = true;
    }

    synchronized void pause() {
        beforeNs = elapsedNs();
        runs = false;
    }

    synchronized long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(elapsedNs());
    }

    private long elapsedNs() {
        return runs ? beforeNs + System.nanoTime() - sinceNs : beforeNs;
    }
}
