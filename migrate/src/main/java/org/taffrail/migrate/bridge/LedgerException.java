// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

/** A ledger that is not what it must be: going on could lose or double messages. */
public final class LedgerException extends Exception {
    private static final long serialVersionUID = 1;

    LedgerException(String message) {
        super(message);
    }
}
