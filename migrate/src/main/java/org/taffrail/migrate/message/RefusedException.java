// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

/**
 * A message that can't be carried, whatever the state of the providers: trying again does not help.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Says why.
     *
     * @param why what is wrong with the message, and what to do
     * @param cause what the provider said, or null
     */
    public RefusedException(String why, Throwable cause) {
        super(why, cause);
    }
}
