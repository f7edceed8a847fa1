// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bin/taffrail migrate} as the script runs it, with one output for all its lives. */
final class BridgeProcess implements AutoCloseable {
    private final List<String> command;
    private final Path log;
    private Process process;

    BridgeProcess(Path folder, ProviderProcess old, ProviderProcess fresh, String... arguments) {
        log = folder.resolve("bridge.log");
        Path target = Path.of("target").toAbsolutePath();
        String classPath =
                String.join(
                        File.pathSeparator,
                        target.resolve("classes").toString(),
                        target.resolve("lib") + File.separator + "*",
                        old.classPath(),
                        fresh.classPath());
        command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath,
                                "org.taffrail.migrate.Main"));
        command.addAll(List.of(arguments));
    }

    BridgeProcess start() throws IOException {
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        return this;
    }

    /** Waits until it ends, for so long at most; tells whether it has. */
    boolean endsWithin(long ms) throws InterruptedException {
        return process.waitFor(ms, TimeUnit.MILLISECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C and kill do. */
    void terminate() {
        process.destroy();
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
