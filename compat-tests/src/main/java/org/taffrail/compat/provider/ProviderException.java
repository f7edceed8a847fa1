// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

/** A provider can't be had: its file, a name in it or a connection is missing. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what is missing, and what to do
     */
    public ProviderException(String message) {
        super(message);
    }

    /**
     * Makes one.
     *
     * @param message what is missing, and what to do
     * @param cause what was thrown
     */
    public ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
