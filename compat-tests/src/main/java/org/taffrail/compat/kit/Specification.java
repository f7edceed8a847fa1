// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

/** Which specification providers are held against. */
public final class Specification {
    /** The version's first number. */
    public static final int MAJOR = 3;

    /** The version's second number. */
    public static final int MINOR = 1;

    /** The version. */
    public static final String VERSION = MAJOR + "." + MINOR;

    /** What it is called, with its version. */
    public static final String TITLE = "Jakarta Messaging " + VERSION;

    private Specification() {}
}
