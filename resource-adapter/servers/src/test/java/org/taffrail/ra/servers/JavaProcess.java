// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One life of a server in a JVM of its own, which writes what it has to say to a file. It does not
 * outlive this JVM, unless that is killed.
 */
final class JavaProcess {
    private static final int STOP_SECONDS = 60;
    private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LIVING.forEach(Process::destroyForcibly)));
    }

    private final Path log;
    private final long seen;
    private final Process process;

    /** Starts a JVM, whose output is appended to a log. */
    JavaProcess(Path log, List<String> arguments) {
        this(log, arguments, Map.of());
    }

    /** As the other, with more in its environment. */
    JavaProcess(Path log, List<String> arguments, Map<String, String> environment) {
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            seen = Files.exists(log) ? Files.size(log) : 0;
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .directory(log.getParent().toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LIVING.add(process);
        process.onExit().thenAccept(LIVING::remove);
    }

    /** Waits until something is in the log of this life; fails if the process ends before. */
    String await(Pattern pattern) {
        Matcher[] found = new Matcher[1];
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            boolean alive = process.isAlive();
                            found[0] = pattern.matcher(output());
                            if (found[0].find()) {
                                return true;
                            }
                            if (!alive) {
                                throw new AssertionError("the server has ended:\n" + output());
                            }
                            return false;
                        });
        return found[0].group();
    }

    /** Returns what this life has written. */
    String output() {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(
                    all,
                    (int) seen,
                    all.length - (int) seen,
                    java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as a power cut would: no signal handler runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to stop, and waits until it has. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the server does not end:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
