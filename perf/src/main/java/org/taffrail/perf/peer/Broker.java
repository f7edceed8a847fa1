// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    /** What the launcher passes to the JVM. */
    private static final String JAVA_OPTIONS = "TAFFRAIL_JAVA_OPTS";

    private static final Pattern ADDRESS = Pattern.compile("(taffrail|tcp)://[^\\s,?]+:\\d+");
    private static final long START_TIMEOUT_SECONDS = 300;
    private static final long STOP_TIMEOUT_SECONDS = 20;
    private static final int OUTPUT_LINES_MAX = 40;

    private final Setup setup;
    private final Kind kind;
    private final Path folder;
    private final Installation installation;
    private final Thread hook;
    private volatile Process process;
    private int port;
    private Target target;

    /**
     * How a broker is set up.
     *
     * @param kind which
     * @param durability how durable it should be
     * @param heap the most heap of its JVM, as {@code -Xmx} takes it; null for its own default
     */
    public record Setup(Kind kind, Durability durability, String heap) {
        @Override
        public String toString() {
            return "started with --durability "
                    + durability
                    + (heap == null ? "" : ", heap " + heap);
        }
    }

    private Broker(Setup setup, Path folder, Installation installation) {
        this.setup = setup;
        this.kind = setup.kind;
        this.folder = folder;
        this.installation = installation;
        this.hook = new Thread(this::stop, "perf-stop-" + kind);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param setup which, and how
     * @param installation where it is found
     * @return the running broker
     * @throws PeerException if it does not start
     */
    public static Broker start(Setup setup, Installation installation) throws PeerException {
        Kind kind = setup.kind;
        try {
            Path folder = Files.createTempDirectory("taffrail-perf-" + kind + "-");
            Broker broker = new Broker(setup, folder, installation);
            try {
                broker.begin();
                broker.serve();
                return broker;
            } catch (PeerException | IOException | RuntimeException e) {
                broker.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PeerException("Cannot start " + kind + ": " + e, e);
        }
    }

    private void begin() throws PeerException, IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        if (kind == Kind.TAFFRAIL && setup.heap != null) {
            builder.environment().merge(JAVA_OPTIONS, "-Xmx" + setup.heap, (a, b) -> a + " " + b);
        }
        process = builder.start();
    }

    private List<String> command() throws PeerException {
        Durability durability = setup.durability;
        String data = data().toString();
        List<String> command = new ArrayList<>();
        switch (kind) {
            case TAFFRAIL -> {
                command.add(installation.launcher().toString());
                command.addAll(List.of("broker", "--data", data));
                command.addAll(List.of("--port", Integer.toString(port)));
                command.addAll(List.of("--durability", durability.toString()));
            }
            case ARTEMIS -> {
                command.add(Installation.java().toString());
                command.addAll(artemisJavaOptions());
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

    private List<String> artemisJavaOptions() {
        List<String> options = new ArrayList<>(ARTEMIS_JAVA_OPTIONS);
        if (setup.heap != null) {
            options.addAll(List.of("-Xms" + setup.heap, "-Xmx" + setup.heap));
        }
        return options;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void serve() throws PeerException, IOException {
        Durability durability = setup.durability;
        String line = awaitServing();
        Matcher matcher = ADDRESS.matcher(line);
        if (!matcher.find()) {
            throw new PeerException(kind + " says where it serves, but no address: " + line);
        }
        String address = matcher.group();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        Path jndi = folder.resolve("jndi.properties");
        switch (kind) {
            case TAFFRAIL -> {
                Files.writeString(jndi, taffrailJndi(address));
                target =
                        new Target(
                                kind.toString(),
                                jndi,
                                installation.taffrailClassPath(),
                                setup.toString());
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
                                        + String.join(" ", artemisJavaOptions())
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
        Process of = process;
        Thread reader = new Thread(() -> read(of, serving), "perf-output-" + kind);
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

    private void read(Process of, CompletableFuture<String> serving) {
        List<String> first = new ArrayList<>();
        try (BufferedReader output =
                        new BufferedReader(
                                new InputStreamReader(
                                        of.getInputStream(), StandardCharsets.UTF_8));
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

    /**
     * The broker's process.
     *
     * @return its id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Counts what the broker has in its folder.
     *
     * @return bytes, of files that are there as a whole
     * @throws IOException if it can't be read
     */
    public long diskBytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.toList()) {
                try {
                    bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
                } catch (NoSuchFileException e) {
                    continue; // deleted meanwhile
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return bytes;
    }

    /**
     * Whether it comes back at the same address when it is started again.
     *
     * @return false where it chooses another
     */
    public boolean keepsItsAddress() {
        return kind == Kind.TAFFRAIL;
    }

    /** Ends the process as {@code kill -9} does. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts the broker again on what it left, and waits until it serves.
     *
     * @throws PeerException if it does not start
     * @throws IOException if it can't be started
     */
    public void startAgain() throws PeerException, IOException {
        begin();
        serve();
    }

    /**
     * Kills the broker and starts it with an empty folder.
     *
     * @throws PeerException if it does not start
     * @throws IOException if it can't be started
     */
    public void startEmpty() throws PeerException, IOException {
        kill();
        delete(data());
        startAgain();
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
            if (process == null) {
                return;
            }
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
        } finally {
            delete(folder);
        }
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
