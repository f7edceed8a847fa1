// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

/** How binding the statement is that a check holds a provider against. */
public enum Strength {
    /** The specification, or the Javadoc of the interfaces, demands it. */
    MUST("must"),
    /** The specification recommends it. */
    SHOULD("should"),
    /** It leaves it open, and providers agree all the same, so that applications rely on it. */
    COMMON_PRACTICE("common practice");

    private final String words;

    Strength(String words) {
        this.words = words;
    }

    /**
     * Returns it as a reader wants it.
     *
     * @return lower-case words
     */
    @Override
    public String toString() {
        return words;
    }
}
