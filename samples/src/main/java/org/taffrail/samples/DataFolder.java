// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that a sample works in: one that was named, and stays, or a temporary one, which is
 * removed at the end.
 *
 * @param path the folder, which is there
 * @param temporary whether it is removed
 */
record DataFolder(Path path, boolean temporary) implements AutoCloseable {
    /** Makes it where it is missing. */
    static DataFolder of(Optional<String> named, String sample) throws IOException {
        if (named.isPresent()) {
            Path path = Path.of(named.get());
            Files.createDirectories(path);
            return new DataFolder(path, false);
        }
        return new DataFolder(Files.createTempDirectory("taffrail-" + sample + "-"), true);
    }

    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.delete(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
