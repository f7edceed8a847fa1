// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands for a running broker that are about one kind of thing. */
abstract class ManageCommand implements Runnable {
    private final PasswordEntry entry;

    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    ManageCommand(PasswordEntry entry) {
        this.entry = entry;
    }

    PasswordEntry entry() {
        return entry;
    }

    /** Returns what its commands are about: {@code queue} or {@code topic}. */
    String kind() {
        return "queue";
    }

    @Override
    public void run() {
        throw new WireException(
                ErrorCode.INVALID_OPTION,
                "say what to do: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
