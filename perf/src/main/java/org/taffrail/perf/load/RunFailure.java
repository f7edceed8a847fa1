// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The first thing that went wrong in a run; once there is one, every thread of the run stops.
 *
 * <p>Any thread may use it.
 */
public final class RunFailure {
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    /** Nothing has gone wrong yet. */
    public RunFailure() {}

    /**
     * Notes a failure; only the first counts.
     *
     * @param cause what went wrong
     */
    public void report(Throwable cause) {
        first.compareAndSet(null, cause);
    }

    /**
     * Tells whether something went wrong.
     *
     * @return true once there is a failure
     */
    public boolean happened() {
        return first.get() != null;
    }

    /**
     * Throws if something went wrong.
     *
     * @throws RunFailedException with the first failure as its cause
     */
    public void check() throws RunFailedException {
        Throwable cause = first.get();
        if (cause != null) {
            throw new RunFailedException("The run failed: " + cause, cause);
        }
    }
}
