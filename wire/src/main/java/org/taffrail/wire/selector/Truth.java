// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * A value of SQL's three-valued logic. A selector selects a message only if it evaluates to {@link
 * #TRUE}; false and unknown do not select (Jakarta Messaging 3.1, section 3.8.1.2, tables 3-4 to
 * 3-6).
 */
public enum Truth {
    /** The condition holds. */
    TRUE,
    /** The condition does not hold. */
    FALSE,
    /** A value the condition needs is NULL. */
    UNKNOWN;

    /**
     * Wraps a two-valued result.
     *
     * @param value the result
     * @return {@link #TRUE} or {@link #FALSE}
     */
    public static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /**
     * The AND of table 3-4: false if either side is false, else unknown if either is unknown.
     *
     * @param other the other side
     * @return this AND other
     */
    public Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == TRUE && other == TRUE ? TRUE : UNKNOWN;
    }

    /**
     * The OR of table 3-5: true if either side is true, else unknown if either is unknown.
     *
     * @param other the other side
     * @return this OR other
     */
    public Truth or(Truth other) {
        if (this == TRUE || other == TRUE) {
            return TRUE;
        }
        return this == FALSE && other == FALSE ? FALSE : UNKNOWN;
    }

    /**
     * The NOT of table 3-6: unknown stays unknown.
     *
     * @return NOT this
     */
    public Truth not() {
        if (this == UNKNOWN) {
            return UNKNOWN;
        }
        return this == TRUE ? FALSE : TRUE;
    }
}
