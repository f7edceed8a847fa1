// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate;

import org.taffrail.migrate.cli.MigrateCommand;

/** {@code bin/taffrail migrate}. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the JVM, with the threads that a provider has left behind.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        System.exit(MigrateCommand.commandLine().execute(arguments));
    }
}
