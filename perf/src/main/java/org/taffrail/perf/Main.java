// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf;

import org.taffrail.perf.cli.CommandLineSetup;

/**
 * {@code bin/taffrail perf}: how fast a Jakarta Messaging provider is, shown so that others can
 * repeat it.
 */
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the JVM.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        // ends threads as well that a provider has left behind
        System.exit(CommandLineSetup.commandLine().execute(arguments));
    }
}
