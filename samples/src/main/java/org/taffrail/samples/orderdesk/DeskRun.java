// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

/**
 * One run of the desk, and the names of the properties on its messages.
 *
 * @param id tells this run's messages from what an earlier one left on the same broker
 * @param ledger the books of this run
 * @param latencies where latencies go
 */
record DeskRun(String id, Ledger ledger, LatencySink latencies) {
    /** The property that says which application a message belongs to, and its value. */
    static final String APPLICATION = "application";

    static final String ORDER_DESK = "orderdesk";

    /** The run that sent the message. */
    static final String RUN = "run";

    /** The order that a message is about. */
    static final String ORDER_ID = "orderId";

    /** The clerk who filled the order. */
    static final String CLERK = "clerk";

    /** {@code System.nanoTime()} just before the send; only on orders placed by day. */
    static final String SENT_NANOS = "sentNanos";
}
