// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

/**
 * How a run is bounded.
 *
 * @param workers how many checks are made side by side
 * @param checkMs how long a check may take before it is given up
 * @param answerMs how long a provider may take to open a connection before it counts as gone
 */
public record Limits(int workers, long checkMs, long answerMs) {
    /**
     * Checks the values.
     *
     * @param workers how many checks at once
     * @param checkMs the limit of a check
     * @param answerMs the limit of a connection
     */
    public Limits {
        if (workers < 1 || checkMs < 1 || answerMs < 1) {
            throw new IllegalArgumentException(
                    "not positive: " + workers + ", " + checkMs + ", " + answerMs);
        }
    }
}
