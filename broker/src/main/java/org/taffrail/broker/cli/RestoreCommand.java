// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.file.ReadOnlyFolder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.BackupNote;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Makes a data folder of a backup, from which a broker can start. Leaves the backup as it is. */
@Command(
        name = "restore",
        description = "Makes a data folder of a backup, and says which moment it is of.")
final class RestoreCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DIR|FILE.tar.gz",
            description = "The backup.")
    private Path from;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data folder to make: one that is not there, or empty.")
    private Path data;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws IOException, StoreException {
        Path target = data.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.findAny().isPresent()) {
                    throw new WireException(
                            ErrorCode.INVALID_OPTION,
                            target
                                    + " is not empty: a restore replaces nothing; name a new folder,"
                                    + " or move that one away");
                }
            }
        }
        BackupNote note = TarGz.isOne(from) ? unpack(target) : restore(from, target);
        spec.commandLine()
                .getOut()
                .println(
                        target
                                + " is as of "
                                + note.taken()
                                + ", up to batch "
                                + note.lastSequence()
                                + ": what was sent since is not there, what was consumed since"
                                + " comes again");
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static BackupNote restore(Path backup, Path target) throws IOException, StoreException {
        ReadOnlyFolder source = new ReadOnlyFolder(backup);
        BackupNote note = BackupNote.read(source);
        boolean done = false;
        try {
            note.restore(source, new DiskFolder(target));
            WholeFolder.check(new ReadOnlyFolder(target));
            done = true;
        } finally {
            if (!done && Files.exists(target)) {
                WholeFolder.delete(target);
            }
        }
        return note;
    }

    /** Unpacks beside the target first: what is in the file is checked before it counts. */
    private BackupNote unpack(Path target) throws IOException, StoreException {
        Path unpacked = target.resolveSibling(target.getFileName() + ".unpacked");
        Files.createDirectory(unpacked);
        try {
            TarGz.unpack(from, unpacked);
            return restore(unpacked, target);
        } finally {
            WholeFolder.delete(unpacked);
        }
    }
}
