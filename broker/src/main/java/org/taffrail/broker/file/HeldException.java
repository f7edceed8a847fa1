// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.IOException;

/** Says that another owner holds a folder. */
public final class HeldException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message names the folder and who holds it
     */
    public HeldException(String message) {
        super(message);
    }
}
