// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * What a server is set up with.
 *
 * @param folder for its files
 * @param brokerUrl where the broker is
 * @param databaseUrl where the database is
 */
record Setting(Path folder, String brokerUrl, String databaseUrl) {
    private static final Path TARGET =
            Path.of(System.getProperty("taffrail.root"), "resource-adapter", "servers", "target");

    /** Returns a server as it was unpacked, whose files are not changed. */
    static Path unpacked(String prefix) {
        try (Stream<Path> servers = Files.list(TARGET.resolve("servers"))) {
            return servers.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a resource, with the addresses filled in. */
    String filled(String resource) {
        try (InputStream in = Setting.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("<\\?xml[^>]*>\\s*", "")
                    .replace("@brokerUrl@", brokerUrl.replace("&", "&amp;"))
                    .replace("@databaseUrl@", databaseUrl);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the adapter's archive, the sample or a library where the server finds it. */
    void copy(String artifact, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(
                    Path.of(System.getProperty(artifact)), to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path to, String text) {
        try {
            Files.createDirectories(to.getParent());
            Files.writeString(to, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder with all that is in it. */
    static void copyAll(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Path copy = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
