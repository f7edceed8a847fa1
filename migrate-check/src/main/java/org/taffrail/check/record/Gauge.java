// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.util.concurrent.atomic.AtomicLong;

/** How many there are of something, and how many there were at most at a time. Thread-safe. */
public final class Gauge {
    private final AtomicLong now = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    /** Starts at zero. */
    Gauge() {}

    /** One more. */
    public void more() {
        long count = now.incrementAndGet();
        if (count > most.get()) {
            most.accumulateAndGet(count, Math::max);
        }
    }

    /** One less. */
    public void less() {
        now.decrementAndGet();
    }

    long most() {
        return most.get();
    }
}
