// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

/**
 * What is wrong with a configuration.
 *
 * @param where the file and line, or the variable; null for what was typed, or where several values
 *     don't fit each other
 * @param what what is wrong, with the value and what is allowed
 */
public record Mistake(String where, String what) {
    /** Returns one line. */
    @Override
    public String toString() {
        return where == null ? what : where + ": " + what;
    }
}
