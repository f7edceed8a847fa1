// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

/** Says what did not go at the order desk as it should, such as a wait in vain. */
public final class DeskException extends Exception {
    private static final long serialVersionUID = 1L;

    DeskException(String message) {
        super(message);
    }
}
