// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/** A run that could not be carried through, so that there is nothing to verify or to report. */
public final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A failure found by the run itself.
     *
     * @param message what happened
     */
    public RunFailedException(String message) {
        super(message);
    }

    /**
     * A failure that something else caused.
     *
     * @param message what happened
     * @param cause the cause
     */
    public RunFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
