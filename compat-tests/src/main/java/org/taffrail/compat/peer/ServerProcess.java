// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One life of a server in a JVM of its own, which prints its address when it serves. What it writes
 * to standard error is added to a log. It does not outlive this JVM, unless that is killed.
 */
public final class ServerProcess {
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 60;
    private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LIVING.forEach(Process::destroyForcibly)));
    }

    private final Path log;
    private final Process process;
    private final String address;

    /**
     * Starts a server and waits until it serves.
     *
     * @param log the file for what it logs; appended to
     * @param classPath its class path
     * @param arguments its main class and what follows
     * @param addressPattern finds the address in a line on its standard output
     * @throws PeerException if it ends or has not printed an address two minutes later; the message
     *     ends with its log
     */
    public ServerProcess(
            Path log, String classPath, List<String> arguments, Pattern addressPattern) {
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", classPath));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
        } catch (IOException e) {
            throw new PeerException("the server can't be started: " + e, e);
        }
        LIVING.add(process);
        process.onExit().thenAccept(LIVING::remove);
        address = awaitAddress(addressPattern);
    }

    private String awaitAddress(Pattern pattern) {
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(pattern, found), "server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return found.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new PeerException("the server does not say where it serves:\n" + log(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted while the server started", e);
        }
    }

    /** Finds the address and reads on, lest the server be held up by what it prints. */
    private void read(Pattern pattern, CompletableFuture<String> found) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher address = pattern.matcher(line);
                if (address.find()) {
                    found.complete(address.group());
                }
            }
            found.completeExceptionally(new IOException("the server ended"));
        } catch (IOException e) {
            found.completeExceptionally(e);
        }
    }

    /**
     * Returns the address that it printed.
     *
     * @return the address
     */
    public String address() {
        return address;
    }

    /**
     * Returns the port at the end of the address.
     *
     * @return the port
     */
    public int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /**
     * Returns the process's id.
     *
     * @return the id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Tells whether the process lives.
     *
     * @return true while it does
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it as a power cut would: no signal handler runs, nothing is flushed. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /**
     * Ends its standard input, and waits until it has stopped for that.
     *
     * @return its exit code
     */
    public int endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // its input is gone: so is the server, or it will be presently
            process.destroy();
        }
        return awaitEnd();
    }

    /**
     * Asks it to stop (SIGTERM), and waits until it has.
     *
     * @return its exit code
     */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new PeerException("the server does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted while the server ended", e);
        }
    }

    private String log() {
        return textOf(log);
    }

    /**
     * Returns what has been logged.
     *
     * @param log the file
     * @return its text, or why that can't be told
     */
    public static String textOf(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }
}
