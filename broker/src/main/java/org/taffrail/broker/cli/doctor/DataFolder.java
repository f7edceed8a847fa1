// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.taffrail.broker.cli.doctor.Finding.Weight.NOTE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.SEVERE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.WARNING;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.FolderCheck;
import org.taffrail.broker.store.journal.StoppedFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges a broker's data folder: what is in the files while it is stopped, whose they are always.
 */
public final class DataFolder {
    private static final int DAMAGES_SHOWN = 3;
    private static final long FUTURE_MS_MAX = 60_000;
    private static final Pattern PROCESS = Pattern.compile("process (\\d+)");

    private final Path path;
    private final List<Finding> findings = new ArrayList<>();
    private long process;

    /**
     * Names a folder.
     *
     * @param path where it is; it exists
     */
    public DataFolder(Path path) {
        this.path = path;
    }

    /**
     * Judges. Reads all files where no broker runs on the folder.
     *
     * @param nowMs the time, ms since 1970
     * @return in the order in which it was found
     * @throws IOException if the folder can't be read
     */
    public List<Finding> findings(long nowMs) throws IOException {
        lookAtFiles(nowMs);
        try {
            StoppedFolder stopped = StoppedFolder.open(path);
            if (stopped.isUsed()) {
                lookInside(stopped);
            }
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.HELD) {
                Matcher holder = PROCESS.matcher(e.getMessage());
                process = holder.find() ? Long.parseLong(holder.group(1)) : 0;
            } else {
                findings.add(
                        new Finding(
                                SEVERE,
                                e.getMessage(),
                                "the broker refuses to start on it",
                                "\"When a folder is damaged\" in docs/operations.md"));
            }
        }
        return findings;
    }

    /**
     * Tells which process runs on the folder.
     *
     * @return its id as {@link #findings} has found it; 0 if there is none, or it is not known
     */
    public long process() {
        return process;
    }

    private void lookAtFiles(long nowMs) throws IOException {
        UserPrincipal owner = owner(path);
        Path foreign = null;
        Path future = null;
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                if (Files.exists(file)) {
                    foreign = owner != null && !owner.equals(owner(file)) ? file : foreign;
                    boolean ahead =
                            Files.getLastModifiedTime(file).toMillis() > nowMs + FUTURE_MS_MAX;
                    future = ahead ? file : future;
                }
            }
        }
        if (foreign != null) {
            findings.add(
                    new Finding(
                            WARNING,
                            path
                                    + " is owned by "
                                    + owner.getName()
                                    + ", "
                                    + foreign.getFileName()
                                    + " in it is not",
                            "somebody else, often root, has started a broker on it by hand; the"
                                    + " service may not be able to write its own files any more",
                            "chown -R " + owner.getName() + " " + path));
        }
        if (future != null) {
            findings.add(
                    new Finding(
                            WARNING,
                            future.getFileName() + " was written later than now",
                            "the clock was set back: what expires or is delayed waits longer than"
                                    + " it should",
                            "let the machine keep its time (chrony, ntpd)"));
        }
    }

    private static UserPrincipal owner(Path file) throws IOException {
        FileOwnerAttributeView view =
                Files.getFileAttributeView(file, FileOwnerAttributeView.class);
        return view == null ? null : view.getOwner();
    }

    private void lookInside(StoppedFolder stopped) throws IOException, StoreException {
        List<String> damages = new ArrayList<>();
        Findings found =
                new Findings(
                        DAMAGES_SHOWN,
                        each -> {
                            if (each.harm() == Findings.Harm.DAMAGE) {
                                damages.add(
                                        each.file() + ':' + each.position() + ": " + each.what());
                            }
                        });
        new FolderCheck(stopped.folder(), found).run();
        stopped.checkStillStopped();
        if (found.count(Findings.Harm.DAMAGE) > 0) {
            findings.add(
                    new Finding(
                            SEVERE,
                            found.count(Findings.Harm.DAMAGE)
                                    + " damaged places in "
                                    + path
                                    + ", such as "
                                    + String.join("; ", damages),
                            "the broker refuses to start where something that was confirmed is"
                                    + " not whole",
                            "taffrail log verify "
                                    + path
                                    + " names all; restore a backup, or taffrail log repair"));
        } else if (!stopped.wasLeftInOrder()) {
            findings.add(
                    new Finding(
                            NOTE,
                            "the last broker on " + path + " was killed, or its machine stopped",
                            "the next start reads the end of the journal again, and flags what may"
                                    + " have been seen as redelivered; nothing confirmed is lost",
                            "find out why, if you don't know; systemctl stop and SIGTERM stop in"
                                    + " order"));
        }
    }
}
