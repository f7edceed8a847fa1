// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import org.taffrail.compat.cli.CompatCommand;

/**
 * {@code bin/taffrail compat}, and {@code java -jar} of the kit: holds a provider against Jakarta
 * Messaging.
 */
public final class Main {
    private static final long EXIT_MS_MAX = 10_000;

    private Main() {}

    /**
     * Runs a command and ends the JVM, with the threads that a provider has left behind.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        int exitCode = CompatCommand.commandLine().execute(arguments);
        Thread impatience = new Thread(() -> haltAfter(exitCode), "kit-exit");
        impatience.setDaemon(true);
        impatience.start();
        System.exit(exitCode);
    }

    /** For a provider whose shutdown hook never returns. */
    private static void haltAfter(int exitCode) {
        try {
            Thread.sleep(EXIT_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
