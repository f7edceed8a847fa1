// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.FolderReader;
import org.taffrail.broker.store.journal.StoppedFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Shows what a folder holds, a line for each batch, run and record. */
@Command(
        name = "dump",
        description =
                "Shows batches, runs and records, one a line: tenured files first, then the journal.")
final class LogDumpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private LogCommand.FolderArgument argument;

    @Option(
            names = "--partition",
            paramLabel = "ID",
            description = "Only runs and records of this partition.",
            converter = NumberRange.PartitionId.class)
    private Long partition;

    @Option(
            names = "--from-offset",
            paramLabel = "N",
            description = "Only records from this offset on.",
            converter = NumberRange.Offset.class)
    private Long fromOffset;

    @Option(
            names = "--to-offset",
            paramLabel = "N",
            description = "Only records up to this offset.",
            converter = NumberRange.Offset.class)
    private Long toOffset;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Ends after so many lines.",
            converter = NumberRange.Limit.class)
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--bodies",
            description =
                    "Shows bodies too: text as it is, anything else and compressed text as Base64.")
    private boolean bodies;

    @Option(names = "--json", description = "Each line is a JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, StoreException {
        StoppedFolder stopped = argument.open();
        Findings findings = new Findings(0, finding -> {});
        PrintWriter out = spec.commandLine().getOut();
        Consumer<DumpLine> print = line -> out.println(json ? line.json() : line.text());
        DumpFilter filter = new DumpFilter(partition, fromOffset, toOffset);
        new FolderReader(stopped.folder(), findings, new Dump(filter, limit, bodies, print)).run();
        out.flush();
        stopped.checkStillStopped();
        return LogCommand.statusOf(findings, spec);
    }
}
