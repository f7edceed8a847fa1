// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.provider;

/** A provider that is not described well: the message says what to change. */
public final class SideException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong.
     *
     * @param message what, and what to do
     * @param cause what led to it, or null
     */
    public SideException(String message, Throwable cause) {
        super(message, cause);
    }
}
