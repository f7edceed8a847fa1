// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A broker from the built jars, which keeps folder and port over {@link #kill}. */
final class BrokerServer {
    private static final Pattern ADDRESS = Pattern.compile("taffrail://[^ ,)]+:\\d+");

    private final Path folder;
    private JavaProcess process;
    private String address;
    private String port = "0";

    BrokerServer(Path folder) {
        this.folder = folder;
    }

    void start() {
        Path broker = Path.of(System.getProperty("taffrail.root"), "broker", "target");
        process =
                new JavaProcess(
                        folder.resolve("broker.log"),
                        List.of(
                                "-Xmx256m",
                                "-cp",
                                jar(broker) + File.pathSeparator + broker.resolve("lib") + "/*",
                                "org.taffrail.broker.cli.Main",
                                "broker",
                                "--data",
                                folder.resolve("data").toString(),
                                "--port",
                                port));
        address = process.await(ADDRESS);
        port = address.substring(address.lastIndexOf(':') + 1);
    }

    private static Path jar(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(
                            file ->
                                    file.getFileName()
                                            .toString()
                                            .matches("taffrail-broker-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no broker in " + target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return address;
    }

    void kill() {
        process.kill();
    }

    void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
