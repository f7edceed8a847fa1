// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import java.util.List;

/**
 * Something that fails for a while.
 *
 * @param kind what
 * @param directions where, for what fails in one direction or both
 * @param flow how bytes go meanwhile, with {@link Kind#FLOW}
 * @param ending how connections end, where they do
 * @param lastsMs how long it lasts
 */
record Fault(Kind kind, List<Direction> directions, Flow flow, Ending ending, int lastsMs) {
    /** What fails. */
    enum Kind {
        /** Connections end; new ones are possible at once. */
        CUT,
        /** Connections end, and new ones do for as long as it lasts. */
        REFUSE,
        /** Connections end in one direction, or in both. */
        HALF_CLOSE,
        /** Bytes go as {@link #flow} says. */
        FLOW
    }

    @Override
    public String toString() {
        String what = kind == Kind.FLOW ? flow.toString() : kind + " " + ending;
        return what + " " + directions + " " + lastsMs + " ms";
    }
}
