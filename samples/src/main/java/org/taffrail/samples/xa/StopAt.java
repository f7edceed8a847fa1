// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

/** Where in a transaction the application stops, to be killed. */
enum StopAt {
    /** Nowhere. */
    NEVER,

    /**
     * Message and row are prepared, and the transaction manager has not yet written down that it
     * will commit: after the crash nobody wants this transaction, and it is rolled back.
     */
    PREPARED,

    /**
     * The transaction manager has written it down, and nobody has committed yet: after the crash it
     * is committed everywhere.
     */
    DECIDED
}
