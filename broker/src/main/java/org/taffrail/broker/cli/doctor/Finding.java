// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

/**
 * Something that is wrong, or soon will be.
 *
 * @param weight how bad it is
 * @param what what was found, with names and numbers
 * @param why why it matters
 * @param cure what to do
 */
public record Finding(Weight weight, String what, String why, String cure) {
    /** How bad something is, the worst first. */
    public enum Weight {
        /** Does harm now, or keeps the broker from working. */
        SEVERE,
        /** Will do harm, or is nearly always a mistake. */
        WARNING,
        /** Worth knowing; nothing needs to be done. */
        NOTE
    }
}
