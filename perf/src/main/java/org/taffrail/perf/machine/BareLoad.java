// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

/**
 * Who uses a bare path at the same time, each over a connection of its own.
 *
 * @param producers how many send, each a message and then nothing until that is answered
 * @param consumers how many the messages are dealt out to; 0 if they go nowhere
 */
public record BareLoad(int producers, int consumers) {
    /** The size of every message. */
    public static final int MESSAGE_BYTES = 1024;

    /** The most producers and consumers together. */
    public static final int CLIENTS_MAX = 64;

    /**
     * Checks the bounds.
     *
     * @param producers see the record
     * @param consumers see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public BareLoad {
        if (producers < 1 || consumers < 0 || producers + consumers > CLIENTS_MAX) {
            throw new IllegalArgumentException(
                    "A bare path has 1 to "
                            + CLIENTS_MAX
                            + " clients, not "
                            + producers
                            + " producers and "
                            + consumers
                            + " consumers");
        }
    }

    @Override
    public String toString() {
        String senders = producers == 1 ? "1 producer" : producers + " producers";
        return consumers == 0 ? senders : senders + " to " + consumers + " consumers";
    }
}
