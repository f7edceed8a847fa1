// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.FolderCheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What backups and restores do with the folder that they make. */
final class WholeFolder {
    private WholeFolder() {}

    /**
     * Reads all of it, as {@code log verify} does.
     *
     * @throws StoreException CORRUPT if something that counts is damaged
     */
    static void check(Folder folder) throws IOException, StoreException {
        List<String> damages = new ArrayList<>();
        Findings findings =
                new Findings(
                        Integer.MAX_VALUE,
                        each -> {
                            if (each.harm() == Findings.Harm.DAMAGE && damages.isEmpty()) {
                                damages.add(
                                        each.file() + ':' + each.position() + ": " + each.what());
                            }
                        });
        new FolderCheck(folder, findings).run();
        if (!damages.isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    "the copy is damaged, because the original is (see taffrail log verify): "
                            + damages.get(0));
        }
    }

    /** Deletes a folder of files that was made a moment ago. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
