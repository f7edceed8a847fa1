// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.Locale;

/** What one may do with a destination. Each stands for itself: none implies another. */
public enum Right {
    /** Send messages to it. */
    SEND("send to"),
    /** Take messages from it: consume from a queue, subscribe to a topic. */
    RECEIVE("receive from"),
    /** Look at its messages without taking any, and read its past. */
    BROWSE("browse"),
    /** Make it by naming it, where there is none yet. */
    CREATE("create"),
    /** Look at its state; create, delete, purge, move, retry, reset, replay it. */
    MANAGE("manage"),
    /** Send messages to it that keep what another broker gave them. */
    IMPORT("import into");

    private final String verb;

    Right(String verb) {
        this.verb = verb;
    }

    /**
     * Returns the configuration key that grants it.
     *
     * @return such as {@code permissions.send}
     */
    public String key() {
        return "permissions." + word();
    }

    /**
     * Returns its name as people and keys write it.
     *
     * @return such as {@code send}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what one does with it, before a destination's name. */
    String verb() {
        return verb;
    }
}
