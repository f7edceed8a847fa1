// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * The consumers of a run; each has a connection of its own.
 *
 * @param consumers how many there are
 * @param mode how they acknowledge
 * @param batch {@link AckMode#CLIENT} and {@link AckMode#TRANSACTED}: after how many messages
 * @param listener whether they take messages by {@code MessageListener} rather than by {@code
 *     receive}
 */
public record Receiving(int consumers, AckMode mode, int batch, boolean listener) {
    /**
     * Checks the bounds.
     *
     * @param consumers see the record
     * @param mode see the record
     * @param batch see the record
     * @param listener see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public Receiving {
        if (consumers < 1 || consumers > Sending.PARTIES_MAX) {
            throw new IllegalArgumentException(
                    "There are 1 to " + Sending.PARTIES_MAX + " consumers, not " + consumers);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("A batch is at least 1, not " + batch);
        }
    }
}
