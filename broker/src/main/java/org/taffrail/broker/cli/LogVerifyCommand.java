// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.Findings.Harm;
import org.taffrail.broker.store.journal.FolderCheck;
import org.taffrail.broker.store.journal.StoppedFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Reads all that counts in a folder and says what is damaged: a line each, and one at the end. */
@Command(
        name = "verify",
        description = "Checks every byte of what counts; exit status 1 if something is damaged.")
final class LogVerifyCommand implements Callable<Integer> {
    private static final int FINDINGS_MAX = 1000;

    @Spec private CommandSpec spec;
    @Mixin private LogCommand.FolderArgument argument;

    @Override
    public Integer call() throws IOException, StoreException {
        PrintWriter out = spec.commandLine().getOut();
        StoppedFolder stopped = argument.open();
        Findings findings = new Findings(FINDINGS_MAX, finding -> out.println(line(finding)));
        FolderCheck.Summary summary = new FolderCheck(stopped.folder(), findings).run();
        stopped.checkStillStopped();
        if (findings.untold() > 0) {
            out.println("... and " + findings.untold() + " more");
        }
        boolean damaged = findings.count(Harm.DAMAGE) > 0;
        out.println((damaged ? "damaged: " : "sound: ") + counts(findings) + text(summary));
        out.flush();
        return damaged ? Main.FAILED : 0;
    }

    private static String line(Findings.Finding finding) {
        String place = place(finding);
        return switch (finding.harm()) {
            case DAMAGE -> "damage " + place;
            case CUT -> "tail " + place + "; the next start cuts it off, nothing confirmed is lost";
            case NONE -> "harmless " + place;
        };
    }

    static String place(Findings.Finding finding) {
        return finding.file() + ':' + finding.position() + ": " + finding.what();
    }

    private static String counts(Findings findings) {
        return "damage "
                + findings.count(Harm.DAMAGE)
                + ", tail "
                + findings.count(Harm.CUT)
                + ", harmless "
                + findings.count(Harm.NONE)
                + "; ";
    }

    private static String text(FolderCheck.Summary summary) {
        return summary.batches()
                + " batches ("
                + summary.firstSequence()
                + " to "
                + summary.lastSequence()
                + ") in "
                + summary.segments()
                + " segments, "
                + summary.snapshotParts()
                + " parts of a snapshot, "
                + summary.tenuredRecords()
                + " records in "
                + summary.tenuredFiles()
                + " tenured files, "
                + summary.bytes()
                + " bytes";
    }
}
