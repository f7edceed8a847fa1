// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders of servers. */
final class Folders {
    private Folders() {}

    /** Makes an empty folder: what an earlier run has left is deleted. */
    static void empty(Path folder) {
        delete(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new PeerException("cannot make " + folder, e);
        }
    }

    /** Deletes a folder, if it is there. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new PeerException("cannot delete " + folder, e);
        }
    }
}
