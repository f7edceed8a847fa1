// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

/**
 * A provider or a broker that can't be had: something is not built, not found or does not start.
 */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with its cure, where there is one.
     *
     * @param message what happened, and what to do
     */
    public PeerException(String message) {
        super(message);
    }

    /**
     * A failure that something else caused.
     *
     * @param message what happened
     * @param cause the cause
     */
    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
