// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

/**
 * The producers of a run; each has a connection and a thread of its own.
 *
 * @param producers how many there are
 * @param mode how they send
 * @param window {@link SendMode#TRANSACTED}: messages a commit; {@link SendMode#ASYNC}: how many a
 *     producer sends ahead of the completions at most; otherwise without a meaning
 * @param shape what they send
 */
public record Sending(int producers, SendMode mode, int window, MessageShape shape) {
    /** The most producers or consumers a run has. */
    public static final int PARTIES_MAX = 10_000;

    /**
     * Checks the bounds.
     *
     * @param producers see the record
     * @param mode see the record
     * @param window see the record
     * @param shape see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public Sending {
        if (producers < 1 || producers > PARTIES_MAX) {
            throw new IllegalArgumentException(
                    "There are 1 to " + PARTIES_MAX + " producers, not " + producers);
        }
        if (window < 1) {
            throw new IllegalArgumentException("A batch or window is at least 1, not " + window);
        }
    }
}
