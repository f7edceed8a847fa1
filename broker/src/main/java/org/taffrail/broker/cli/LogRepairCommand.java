// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.server.LogRepair;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.FolderRepair;
import org.taffrail.broker.store.journal.StoppedFolder;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Saves what can be read of a damaged folder into a new one. */
@Command(
        name = "repair",
        description =
                "Saves all that can be read into a new folder that a broker starts from, and says"
                        + " what it has left out. DIR stays as it is.")
final class LogRepairCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private LogCommand.FolderArgument argument;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "NEWDIR",
            description = "The new folder; there is none of that name, or it is empty.")
    private Path target;

    private long lostMessages;

    @Override
    public Integer call() throws IOException, StoreException {
        if (target.toAbsolutePath().normalize().startsWith(argument.path())) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "--out " + target + " is in the folder that must stay as it is");
        }
        PrintWriter out = spec.commandLine().getOut();
        StoppedFolder stopped = argument.open();
        Findings findings =
                new Findings(
                        Integer.MAX_VALUE,
                        finding -> out.println("left out " + LogVerifyCommand.place(finding)));
        DiskFolder made = new DiskFolder(target);
        LogRepair repair = new LogRepair(stopped.folder(), made, findings, new Losses(out));
        FolderRepair.Result result = repair.run();
        stopped.checkStillStopped();
        out.println(
                "repaired: "
                        + target
                        + " has "
                        + result.batches()
                        + " batches, "
                        + result.lostBatches()
                        + " empty ones in place of lost ones, "
                        + result.tenuredRecords()
                        + " older records; known to be lost are "
                        + lostMessages
                        + " messages");
        out.flush();
        return 0;
    }

    /** Says what is lost, a line each. */
    private final class Losses implements LogRepair.Listener {
        private final PrintWriter out;

        Losses(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void lost(
                DestinationKind kind, String destination, String subscription, long messages) {
            lostMessages += messages;
            String of = subscription == null ? "" : ", subscription " + Json.quoted(subscription);
            out.println(
                    "lost "
                            + (kind.isQueue() ? "queue " : "topic ")
                            + Json.quoted(destination)
                            + of
                            + ": "
                            + messages
                            + " messages");
        }

        @Override
        public void unknown(long partition, long records) {
            out.println(
                    "unknown partition "
                            + partition
                            + ": "
                            + records
                            + " records were saved and are delivered to nobody: their destination"
                            + " was deleted, or what made it is left out");
        }
    }
}
