// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/** How a producer sends, which is also what counts as the acknowledgement of a message. */
public enum SendMode {
    /** {@code send(message)}: acknowledged when the call returns. */
    SYNC,
    /** {@code send(message, CompletionListener)}: acknowledged when the listener is called. */
    ASYNC,
    /** A transacted session: acknowledged when the commit of its batch returns. */
    TRANSACTED,
    /** A request: acknowledged when its reply is received. */
    REQUEST,
    /** A global transaction, prepared and then committed: acknowledged when that returns. */
    XA
}
