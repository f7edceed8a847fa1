// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.process;

import jakarta.jms.ConnectionFactory;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A broker from the built jars, in a process of its own on loopback. It keeps folder and port over
 * {@link #kill} and {@link #start}, so that clients find it again.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;
    private static final Pattern ADDRESS = Pattern.compile("taffrail://[^ ,)]+:(\\d+)");

    private final Path folder;
    private final String durability;
    private final List<String> options;
    private Process process;
    private int port;
    private String url;
    private boolean serving;

    /**
     * Prepares a broker.
     *
     * @param folder keeps the data and what the broker logs
     * @param durability {@code force} or {@code page-cache}
     * @param options further options of {@code taffrail broker}
     */
    public BrokerProcess(Path folder, String durability, String... options) {
        this.folder = folder;
        this.durability = durability;
        this.options = List.of(options);
    }

    /** Starts it and waits until it says that it serves. */
    public void start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-cp");
        command.add(classPath());
        command.add("org.taffrail.broker.cli.Main");
        command.addAll(List.of("broker", "--data", folder.resolve("data").toString()));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--durability", durability));
        command.addAll(options);
        try {
            Files.createDirectories(folder);
            File log = folder.resolve("broker.log").toFile();
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher address = ADDRESS.matcher(firstLine());
        if (!address.find()) {
            process.destroyForcibly();
            throw new AssertionError("the broker did not say where it serves:\n" + log());
        }
        port = Integer.parseInt(address.group(1));
        synchronized (this) {
            url = address.group();
            serving = true;
            notifyAll();
        }
    }

    /** Waits until it serves, unless the thread is interrupted. */
    public synchronized void awaitServing() {
        try {
            while (!serving) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void servesNoMore() {
        serving = false;
    }

    private String firstLine() {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture<String> line =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return lines.readLine();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        try {
            String first = line.get(START_SECONDS, TimeUnit.SECONDS);
            return first == null ? "" : first;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("the broker says nothing:\n" + log(), e);
        }
    }

    private static String classPath() {
        Path broker = Path.of(System.getProperty("taffrail.root")).resolve("broker/target");
        try (Stream<Path> jars = Files.list(broker)) {
            String jar =
                    jars.filter(
                                    path ->
                                            path.getFileName()
                                                    .toString()
                                                    .matches("taffrail-broker-[0-9].*\\.jar"))
                            .filter(path -> !path.toString().contains("-sources"))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("the broker is not built"))
                            .toString();
            return jar + File.pathSeparator + broker.resolve("lib") + File.separator + "*";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns where it serves.
     *
     * @return a URL for the provider, without options
     */
    public synchronized String url() {
        return url;
    }

    /**
     * Looks a connection factory up, as an application does.
     *
     * @return a factory for this broker
     */
    public ConnectionFactory connectionFactory() {
        return connectionFactory("");
    }

    /**
     * Looks a connection factory up, with options.
     *
     * @param query options of the URL, beginning with a question mark, or nothing
     * @return a factory for this broker
     */
    public ConnectionFactory connectionFactory(String query) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(
                Context.INITIAL_CONTEXT_FACTORY,
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        environment.put("connectionFactory.ConnectionFactory", url() + query);
        try {
            return (ConnectionFactory) new InitialContext(environment).lookup("ConnectionFactory");
        } catch (NamingException e) {
            throw new AssertionError(e);
        }
    }

    /** Kills it as a power cut would: no signal handler runs, nothing is flushed. */
    public void kill() {
        servesNoMore();
        process.destroyForcibly();
        awaitEnd();
    }

    /**
     * Asks it to stop (SIGTERM) and waits until it has.
     *
     * @return its exit code
     */
    public int stop() {
        servesNoMore();
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the broker does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * Tells whether the process lives.
     *
     * @return true while it does
     */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /**
     * Returns what the broker has logged.
     *
     * @return its log of all starts
     */
    public String log() {
        try {
            return Files.readString(folder.resolve("broker.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
