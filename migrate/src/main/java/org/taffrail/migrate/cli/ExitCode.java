// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

/** What the exit codes mean. */
final class ExitCode {
    /** Everything went as asked. */
    static final int OK = 0;

    /** A link could not go on, or what was found differs from what was carried. */
    static final int FAILED = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** A provider can't be had. */
    static final int NO_PROVIDER = 3;

    private ExitCode() {}
}
