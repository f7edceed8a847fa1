// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.StoppedFolder;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;

/** Looks into the data folder of a broker that is stopped, and changes nothing in it. */
@Command(
        name = "log",
        description = "Looks into the data folder of a broker that is stopped.",
        subcommands = {
            LogVerifyCommand.class,
            LogStatsCommand.class,
            LogDumpCommand.class,
            LogRepairCommand.class
        })
final class LogCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public void run() {
        throw new WireException(
                ErrorCode.INVALID_OPTION,
                "say what to do: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }

    /** Says on standard error if something was left out because it is damaged. */
    static int statusOf(Findings findings, CommandSpec spec) {
        long damages = findings.count(Findings.Harm.DAMAGE);
        if (damages == 0) {
            return 0;
        }
        spec.commandLine()
                .getErr()
                .println(
                        spec.qualifiedName()
                                + ": what is damaged was left out ("
                                + damages
                                + " places): run 'taffrail log verify'");
        return Main.FAILED;
    }

    /** Which folder. */
    static final class FolderArgument {
        @Parameters(
                paramLabel = "DIR",
                description = "The data folder; no broker may be running on it.")
        private Path path;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this text.")
        private boolean help;

        /** The folder's whole path. */
        Path path() {
            return path.toAbsolutePath().normalize();
        }

        StoppedFolder open() throws IOException, StoreException {
            return StoppedFolder.open(path);
        }
    }
}
