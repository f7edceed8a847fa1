// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.Start;

/** What {@code --start} may say. */
final class StartText {
    /** For the help of commands. */
    static final String ALLOWED =
            "Where to begin: earliest, latest, an offset, a time with its zone such as"
                    + " 2026-11-25T08:00:00Z, or how long ago, such as -PT2H.";

    private StartText() {}

    /**
     * Demands that it is one of these, before anybody is asked.
     *
     * @throws org.taffrail.wire.WireException if it is not
     */
    static void check(String text) {
        Start.of(text, 0);
    }
}
