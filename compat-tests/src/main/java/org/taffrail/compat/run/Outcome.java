// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import org.taffrail.compat.kit.UnsupportedFacilityException;

/** What became of a check. */
public enum Outcome {
    /** The provider behaves as the statement says. */
    PASSED("passed"),
    /** It does not. */
    FAILED("failed"),
    /** It does not have what the check needs, or this way of running it does not. */
    UNSUPPORTED("unsupported"),
    /** The check was not made. */
    NOT_RUN("not run");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /**
     * Judges what a check threw.
     *
     * @param thrown what it threw, null if it returned
     * @return passed, failed or unsupported
     */
    static Outcome of(Throwable thrown) {
        if (thrown == null) {
            return PASSED;
        }
        // The two errors: a provider of an older API, which lacks the method that was called.
        return thrown instanceof UnsupportedFacilityException
                        || thrown instanceof UnsupportedOperationException
                        || thrown instanceof AbstractMethodError
                        || thrown instanceof NoSuchMethodError
                ? UNSUPPORTED
                : FAILED;
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
