// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The application as Quarkus has packed it, in a process of its own. */
class OrdersApplicationIT {
    @TempDir private Path folder;

    @Test
    void eachOrderIsConfirmedOnceAndThePoisonDies() throws IOException, InterruptedException {
        Path samples = Path.of(System.getProperty("taffrail.root"), "samples");
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-Djava.io.tmpdir=" + folder,
                                        "-jar",
                                        samples.resolve("quarkus/target/quarkus-app")
                                                .resolve("quarkus-run.jar")
                                                .toString()))
                        .redirectError(log.toFile())
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        int code = process.waitFor();

        String last = told.lines().reduce("", (earlier, later) -> later);
        assertEquals(
                "49 of 50 orders confirmed, 1 dead after 10 rollbacks",
                last,
                () -> told + read(log));
        assertEquals(0, code, () -> told + read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
