// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

/** How the kit ends. */
final class ExitCode {
    /** Nothing that the specification demands failed. */
    static final int OK = 0;

    /** Something that it demands failed, or was not run because the provider was gone. */
    static final int FAILED = 1;

    /** The command line is wrong; picocli's own number. */
    static final int USAGE = 2;

    /** The provider can't be had: no file, no jars, no server, no connection. */
    static final int NO_PROVIDER = 3;

    private ExitCode() {}
}
