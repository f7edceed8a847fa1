// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

/** What a sender knows of a send or a client of its transaction. */
enum Outcome {
    /** It is not answered, and may never be. */
    UNKNOWN,
    DONE,
    /** It was refused, or the broker has never heard of it. */
    REFUSED
}
