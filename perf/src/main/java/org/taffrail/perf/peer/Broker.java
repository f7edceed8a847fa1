// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A broker that the suite has started: a process of its own, on loopback and an ephemeral port,
 * with a folder that is deleted afterwards.
 *
 * <p>It stops when it is closed, or when this JVM ends in whatever way lets it run its hooks.
 */
public final class Broker implements AutoCloseable {
    /** The brokers that can be started. */
    public enum Kind {
        /** Taffrail, through its launcher. */
        TAFFRAIL("taffrail"),
        /** Apache ActiveMQ Artemis, by {@code org.taffrail.peer.artemis.Main}. */
        ARTEMIS("artemis");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /**
         * The kind as it is typed.
         *
         * @return lower case
         */
        @Override
        public String toString() {
            return id;
        }
    }

    /** As {@code artemis create} writes them into the profile of a broker. */
    private static final List<String> ARTEMIS_JAVA_OPTIONS =
            List.of("-XX:+UseParallelGC", "-Xms512M", "-Xmx2G", "-XX:AutoBoxCacheMax=20000");

    private static final Pattern ADDRESS = Pattern.compile("(taffrail|tcp)://[^\\s,?]+:\\d+");
    private static final long START_TIMEOUT_SECONDS = 300;
    private static final long STOP_TIMEOUT_SECONDS = 20;
    private static final int OUTPUT_LINES_MAX = 40;

    private final Kind kind;
    private final Path folder;
    private final Process process;
    private final Thread hook;
    private Target target;

    private Broker(Kind kind, Path folder, Process process) {
        this.kind = kind;
        this.folder = folder;
        this.process = process;
        this.hook = new Thread(this::stop, "perf-stop-" + kind);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param kind which
     * @param durability how durable it should be
     * @param installation where it is found
     * @return the running broker
     * @throws PeerException if it does not start
     */
    public static Broker start(Kind kind, Durability durability, Installation installation)
            throws PeerException {
        try {
            Path folder = Files.createTempDirectory("taffrail-perf-" + kind + "-");
            Process process =
                    new ProcessBuilder(command(kind, folder, durability, installation))
                            .redirectErrorStream(true)
                            .start();
            Broker broker = new Broker(kind, folder, process);
            try {
                broker.serve(durability, installation);
                return broker;
            } catch (PeerException | IOException | RuntimeException e) {
                broker.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PeerException("Cannot start " + kind + ": " + e, e);
        }
    }

    private static List<String> command(
            Kind kind, Path folder, Durability durability, Installation installation)
            throws PeerException {
        String data = folder.resolve("data").toString();
        List<String> command = new ArrayList<>();
        switch (kind) {
            case TAFFRAIL -> {
                command.add(installation.launcher().toString());
                command.addAll(List.of("broker", "--data", data, "--port", "0"));
                command.addAll(List.of("--durability", durability.toString()));
            }
            case ARTEMIS -> {
                command.add(Installation.java().toString());
                command.addAll(ARTEMIS_JAVA_OPTIONS);
                command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
                command.add("-cp");
                List<Path> classPath = new ArrayList<>(installation.artemisClassPath());
                classPath.addAll(installation.measuringClassPath());
                command.add(Installation.join(classPath));
                command.add("org.taffrail.peer.artemis.Main");
                command.addAll(List.of(data, durability.toString()));
            }
        }
        return command;
    }

    private void serve(Durability durability, Installation installation)
            throws PeerException, IOException {
        String line = awaitServing();
        Matcher matcher = ADDRESS.matcher(line);
        if (!matcher.find()) {
            throw new PeerException(kind + " says where it serves, but no address: " + line);
        }
        String address = matcher.group();
        Path jndi = folder.resolve("jndi.properties");
        switch (kind) {
            case TAFFRAIL -> {
                Files.writeString(jndi, taffrailJndi(address));
                target =
                        new Target(
                                kind.toString(),
                                jndi,
                                installation.taffrailClassPath(),
                                "started with --durability " + durability);
            }
            case ARTEMIS -> {
                Files.writeString(jndi, artemisJndi(address));
                target =
                        new Target(
                                kind.toString(),
                                jndi,
                                installation.artemisClassPath(),
                                "started for durability "
                                        + durability
                                        + ", "
                                        + line.substring(line.indexOf(" with ") + 1)
                                        + ", JVM "
                                        + String.join(" ", ARTEMIS_JAVA_OPTIONS)
                                        + ", client confirmationWindowSize=1048576");
            }
        }
    }

    private static String taffrailJndi(String address) {
        return String.format(
                Locale.ROOT,
                """
        java.naming.factory.initial=org.taffrail.jms.jndi.TaffrailInitialContextFactory
        java.naming.provider.url=%1$s
        connectionFactory.ConnectionFactory=%1$s
        """,
                address);
    }

    /**
     * Without a confirmation window, Artemis completes an asynchronous send before it is durable.
     */
    private static String artemisJndi(String address) {
        return String.format(
                Locale.ROOT,
                """
        java.naming.factory.initial=\
        org.apache.activemq.artemis.jndi.ActiveMQInitialContextFactory
        connectionFactory.ConnectionFactory=%s?confirmationWindowSize=1048576
        """,
                address);
    }

    /** Reads the broker's output until it names its address; what follows goes to a file. */
    private String awaitServing() throws PeerException {
        CompletableFuture<String> serving = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(serving), "perf-output-" + kind);
        reader.setDaemon(true);
        reader.start();
        try {
            return serving.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("Interrupted while " + kind + " was starting", e);
        } catch (ExecutionException e) {
            throw new PeerException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new PeerException(
                    kind + " did not serve within " + START_TIMEOUT_SECONDS + " s", e);
        }
    }

    private void read(CompletableFuture<String> serving) {
        List<String> first = new ArrayList<>();
        try (BufferedReader output =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter copy = Files.newBufferedWriter(folder.resolve("broker.log"))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.write(line);
                copy.newLine();
                copy.flush();
                if (ADDRESS.matcher(line).find()) {
                    serving.complete(line);
                } else if (first.size() < OUTPUT_LINES_MAX) {
                    first.add(line);
                }
            }
        } catch (IOException e) {
            first.add(e.toString());
        }
        serving.completeExceptionally(
                new IOException(
                        kind + " ended before it served:\n  " + String.join("\n  ", first)));
    }

    /**
     * The broker as something to measure.
     *
     * @return its JNDI file, its client's class path and how it was set up
     */
    public Target target() {
        return target;
    }

    /** Stops the broker and deletes its folder; nothing if that has happened. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and the hook does it
        }
        stop();
    }

    private void stop() {
        try {
            process.getOutputStream().close(); // the Artemis process stops at the end of its input
            if (kind == Kind.TAFFRAIL) {
                process.destroy();
            }
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Cannot delete " + folder + ": " + e);
        }
    }
}
