// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

/** How the suite ends. */
final class ExitCode {
    /** All runs were carried out and verified. */
    static final int OK = 0;

    /** Something could not be run. */
    static final int FAILED = 1;

    /** The command line is wrong; picocli's own number. */
    static final int USAGE = 2;

    /** A provider lost, duplicated, disordered or damaged messages. */
    static final int NOT_VERIFIED = 3;

    private ExitCode() {}
}
