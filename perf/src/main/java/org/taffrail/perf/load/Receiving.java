// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * The consumers of a run; each has a connection of its own.
 *
 * @param consumers how many there are
 * @param mode how they acknowledge
 * @param batch {@link AckMode#CLIENT} and {@link AckMode#TRANSACTED}: after how many messages
 * @param taking how they take messages
 */
public record Receiving(int consumers, AckMode mode, int batch, Taking taking) {
    /** How a consumer takes messages. */
    public enum Taking {
        /** By {@code MessageListener}. */
        LISTENING,
        /** By {@code receive}. */
        RECEIVING,
        /** By {@code MessageListener}, which replies to each. */
        ANSWERING
    }

    /**
     * Checks the bounds.
     *
     * @param consumers see the record
     * @param mode see the record
     * @param batch see the record
     * @param taking see the record
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

    /**
     * Consumers that don't reply.
     *
     * @param consumers see the record
     * @param mode see the record
     * @param batch see the record
     * @param listener whether they take messages by {@code MessageListener} rather than by {@code
     *     receive}
     */
    public Receiving(int consumers, AckMode mode, int batch, boolean listener) {
        this(consumers, mode, batch, listener ? Taking.LISTENING : Taking.RECEIVING);
    }

    /**
     * Whether they take messages by {@code MessageListener}.
     *
     * @return false if by {@code receive}
     */
    public boolean listener() {
        return taking != Taking.RECEIVING;
    }
}
