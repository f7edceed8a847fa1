// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.FolderStats;
import org.taffrail.broker.store.journal.StoppedFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Counts what a folder holds. */
@Command(name = "stats", description = "Counts what the folder holds, by files and partitions.")
final class LogStatsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private LogCommand.FolderArgument argument;

    @Option(names = "--json", description = "Says it as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, StoreException {
        StoppedFolder stopped = argument.open();
        Findings findings = new Findings(0, finding -> {});
        FolderStats stats = FolderStats.of(stopped.folder(), findings);
        stopped.checkStillStopped();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(stats));
        } else {
            print(stats, out);
        }
        out.flush();
        return LogCommand.statusOf(findings, spec);
    }

    private static void print(FolderStats stats, PrintWriter out) {
        stats.files()
                .forEach(
                        (kind, files) ->
                                out.println(
                                        "files "
                                                + kind
                                                + ": "
                                                + files.count()
                                                + ", "
                                                + files.bytes()
                                                + " bytes"));
        for (FolderStats.Segments segment : stats.segments()) {
            out.println(
                    "segment "
                            + segment.id()
                            + ": batches "
                            + segment.firstSequence()
                            + " to "
                            + segment.lastSequence());
        }
        for (FolderStats.Old file : stats.tenured()) {
            out.println(
                    "tenured "
                            + file.name()
                            + ": "
                            + file.records()
                            + " records of "
                            + file.partitions()
                            + " partitions");
        }
        for (FolderStats.Partition each : stats.partitions()) {
            out.println(
                    "partition "
                            + each.id()
                            + ": "
                            + each.records()
                            + " records, "
                            + each.bytes()
                            + " bytes, offsets "
                            + each.firstOffset()
                            + " to "
                            + each.lastOffset()
                            + ", appended "
                            + Instant.ofEpochMilli(each.firstTimeMs())
                            + " to "
                            + Instant.ofEpochMilli(each.lastTimeMs()));
        }
        out.println("staged: " + stats.stagedRecords() + " records of transactions not ended");
    }

    private static String json(FolderStats stats) {
        Json files = Json.list();
        stats.files()
                .forEach(
                        (kind, each) ->
                                files.add(
                                        Json.object()
                                                .put("kind", kind)
                                                .put("count", each.count())
                                                .put("bytes", each.bytes())));
        Json segments = Json.list();
        for (FolderStats.Segments each : stats.segments()) {
            segments.add(
                    Json.object()
                            .put("id", each.id())
                            .put("firstSequence", each.firstSequence())
                            .put("lastSequence", each.lastSequence())
                            .put("batches", each.batches()));
        }
        Json tenured = Json.list();
        for (FolderStats.Old each : stats.tenured()) {
            tenured.add(
                    Json.object()
                            .put("name", each.name())
                            .put("records", each.records())
                            .put("partitions", each.partitions()));
        }
        Json partitions = Json.list();
        for (FolderStats.Partition each : stats.partitions()) {
            partitions.add(
                    Json.object()
                            .put("id", each.id())
                            .put("records", each.records())
                            .put("bytes", each.bytes())
                            .put("firstOffset", each.firstOffset())
                            .put("lastOffset", each.lastOffset())
                            .put("firstTimeMs", each.firstTimeMs())
                            .put("lastTimeMs", each.lastTimeMs()));
        }
        return Json.object()
                .put("files", files)
                .put("segments", segments)
                .put("tenured", tenured)
                .put("partitions", partitions)
                .put("stagedRecords", stats.stagedRecords())
                .toString();
    }
}
