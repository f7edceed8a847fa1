// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.IOException;

/** Says that a file system has no room left, or none for this user. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message names the file and what was wanted
     * @param cause the cause or null
     */
    public NoRoomException(String message, Throwable cause) {
        super(message, cause);
    }
}
