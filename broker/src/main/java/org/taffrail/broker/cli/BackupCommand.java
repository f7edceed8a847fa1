// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.ReadOnlyFolder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.BackupNote;
import org.taffrail.broker.store.journal.FolderBackup;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

/**
 * Copies the folder of a broker that runs, or does not, as of one moment, and looks whether the
 * copy is whole before it is called a backup. Reads the folder, and changes nothing in it.
 */
@Command(
        name = "backup",
        description =
                "Copies the data folder of a running broker as of one moment; without stopping it,"
                        + " and without its help.")
final class BackupCommand implements Callable<Integer> {
    private static final String UNFINISHED = ".unfinished";

    @Spec private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The broker's data folder.")
    private Path data;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR|FILE.tar.gz",
            description = "What to make: a folder, or one packed file; it must not be there yet.")
    private Path to;

    @Option(
            names = "--rate",
            paramLabel = "MIB",
            description =
                    "How many MiB a second it copies and then reads again at most, so that the broker"
                            + " gets at the disk; ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "100",
            converter = NumberRange.Rate.class)
    private long rate;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws IOException, StoreException {
        Path target = to.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new WireException(ErrorCode.INVALID_OPTION, target + " is there already");
        }
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        if (Files.exists(unfinished)) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    unfinished + " is left over from a backup that was interrupted: delete it");
        }
        ReadOnlyFolder source = new ReadOnlyFolder(data);
        Folder copy = new DiskFolder(unfinished);
        boolean done = false;
        BackupNote note;
        try {
            Instant taken = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            FolderBackup.Pace pace = new Throttle(rate << 20);
            FolderBackup.Moment moment = new FolderBackup(source, copy, pace).run();
            WholeFolder.check(new PacedFolder(copy, pace));
            note = BackupNote.write(new PacedFolder(copy, pace), taken, moment);
            publish(unfinished, target);
            done = true;
        } finally {
            if (!done && Files.exists(unfinished)) {
                WholeFolder.delete(unfinished);
            }
        }
        long bytes = note.files().values().stream().mapToLong(BackupNote.FileNote::bytes).sum();
        spec.commandLine()
                .getOut()
                .println(
                        "backup of "
                                + note.taken()
                                + ": "
                                + note.files().size()
                                + " files, "
                                + bytes
                                + " bytes, up to batch "
                                + note.lastSequence()
                                + ", sound");
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** Gives it its name, when all of it is there. */
    private static void publish(Path unfinished, Path target) throws IOException {
        if (TarGz.isOne(target)) {
            Path packed = target.resolveSibling(target.getFileName() + ".part");
            boolean done = false;
            try {
                String name = target.getFileName().toString().replaceAll("\\.(tar\\.gz|tgz)$", "");
                TarGz.pack(unfinished, name, packed);
                Files.move(packed, target, StandardCopyOption.ATOMIC_MOVE);
                done = true;
            } finally {
                if (!done) {
                    Files.deleteIfExists(packed);
                }
            }
            WholeFolder.delete(unfinished);
        } else {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
        new DiskFolder(target.getParent()).force();
    }

    /** Waits as long as the rate is exceeded. */
    private static final class Throttle implements FolderBackup.Pace {
        private final long bytesPerSecond;
        private final long begunNs = System.nanoTime();
        private long bytes;

        Throttle(long bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
        }

        @Override
        public void copied(long more) throws IOException {
            bytes += more;
            long dueMs = bytes * 1000 / bytesPerSecond;
            long aheadMs = dueMs - (System.nanoTime() - begunNs) / 1_000_000;
            if (aheadMs > 0) {
                try {
                    Thread.sleep(aheadMs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
            }
        }
    }
}
