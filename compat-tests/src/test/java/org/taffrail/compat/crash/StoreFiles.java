// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files that a broker's folder was seen to have: they say what its journal has done. */
final class StoreFiles {
    private final Path folder;
    private final TreeSet<String> segments = new TreeSet<>();
    private final TreeSet<String> tenured = new TreeSet<>();

    StoreFiles(Path folder) {
        this.folder = folder;
    }

    /** Looks what is there. */
    void look() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .forEach(
                            name -> {
                                if (name.endsWith(".journal")) {
                                    segments.add(name);
                                } else if (name.startsWith("tenured-")) {
                                    tenured.add(name);
                                }
                            });
        }
    }

    /** The journal must have rolled, given segments up, and moved what was needed of them. */
    void checkThatTheJournalMoved() {
        assertTrue(segments.size() > 2, "the journal has not rolled: " + this);
        assertTrue(
                !Files.exists(folder.resolve(segments.first())), "no segment has retired: " + this);
        assertTrue(!tenured.isEmpty(), "nothing was tenured: " + this);
    }

    @Override
    public String toString() {
        return segments.size() + " segments, " + tenured.size() + " tenured files";
    }
}
