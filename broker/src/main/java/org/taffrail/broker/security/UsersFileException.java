// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.io.IOException;

/** Says what is wrong with a users file, or with a change of it, naming the file. */
public final class UsersFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, for a person to read; without anything of a hash
     */
    public UsersFileException(String message) {
        super(message);
    }
}
