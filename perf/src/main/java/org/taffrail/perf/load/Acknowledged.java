// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * Hears of each message that the provider has acknowledged, on whatever thread that was; for one
 * producer the calls come one after another.
 */
@FunctionalInterface
interface Acknowledged {
    /**
     * A message was acknowledged.
     *
     * @param stamp the message
     * @param calledNs when the call was made that the acknowledgement answers: {@code send}, or
     *     {@code commit} in a transacted session
     * @param ackNs when the acknowledgement was known
     */
    void acknowledged(Stamp stamp, long calledNs, long ackNs);
}
