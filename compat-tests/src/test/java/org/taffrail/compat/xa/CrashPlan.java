// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.xa;

import java.util.Locale;

/**
 * Who dies in the course of a transaction, and when: before or after the transaction manager's n-th
 * call of a resource, both resources counted.
 *
 * @param before whether the call is not made any more
 * @param call the number of the call, from 1
 * @param victim who dies
 */
record CrashPlan(boolean before, int call, Victim victim) {
    /** Who dies. */
    enum Victim {
        APPLICATION,
        BROKER,
        BOTH;

        boolean includesBroker() {
            return this != APPLICATION;
        }

        boolean includesApplication() {
            return this != BROKER;
        }
    }

    /** Returns what {@link #toString} wrote. */
    static CrashPlan of(String text) {
        String[] parts = text.split("-");
        return new CrashPlan(
                parts[0].equals("before"),
                Integer.parseInt(parts[1]),
                Victim.valueOf(parts[2].toUpperCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return (before ? "before-" : "after-")
                + call
                + "-"
                + victim.name().toLowerCase(Locale.ROOT);
    }
}
