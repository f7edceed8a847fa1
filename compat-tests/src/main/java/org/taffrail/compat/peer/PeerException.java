// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

/** A server can't be had: something is not built, not found, does not start or does not end. */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what happened, and what to do
     */
    public PeerException(String message) {
        super(message);
    }

    /**
     * Makes one.
     *
     * @param message what happened, and what to do
     * @param cause what was thrown
     */
    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
