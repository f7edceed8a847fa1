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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
        TAFFRAIL("taffrail", "org.taffrail.jms."),
        /** Apache ActiveMQ Artemis, by {@code org.taffrail.peer.artemis.Main}. */
        ARTEMIS("artemis", "org.apache.activemq.artemis."),
        /** Apache ActiveMQ Classic, by {@code org.taffrail.peer.classic.Main}. */
        CLASSIC("classic", "org.apache.activemq.jndi."),
        /** Apache Kafka, by {@code org.taffrail.peer.kafka.Main}. */
        KAFKA("kafka", "org.taffrail.peer.kafka.");

        private final String id;
        private final String clientPackage;

        Kind(String id, String clientPackage) {
            this.id = id;
            this.clientPackage = clientPackage;
        }

        /**
         * The kind of broker that a client is for.
         *
         * @param contextFactory the client's {@code java.naming.factory.initial}
         * @return the kind, or nothing if it is none of these
         */
        public static Optional<Kind> ofClient(String contextFactory) {
            return Stream.of(values())
                    .filter(kind -> contextFactory.startsWith(kind.clientPackage))
                    .findFirst();
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

    private static final Pattern ADDRESS = Pattern.compile("(taffrail|tcp)://[^\\s,?]+:\\d+");
    private static final long START_TIMEOUT_SECONDS = 300;
    private static final long STOP_TIMEOUT_SECONDS = 20;
    private static final int OUTPUT_LINES_MAX = 40;

    private final Setup setup;
    private final Kind kind;
    private final Recipe recipe;
    private final Path folder;
    private final Thread hook;
    private volatile Process process;
    private volatile long startedMs;
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

    private Broker(Setup setup, Recipe recipe) throws IOException {
        this.setup = setup;
        this.kind = setup.kind;
        this.recipe = recipe;
        this.folder = Files.createTempDirectory("taffrail-perf-" + kind + "-");
        this.hook = new Thread(this::end, "perf-stop-" + kind);
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
            Broker broker = new Broker(setup, Recipe.of(kind, installation));
            try {
                broker.startAgain();
                return broker;
            } catch (PeerException | IOException | RuntimeException e) {
                broker.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PeerException("Cannot start " + kind + ": " + e, e);
        }
    }

    /**
     * Another broker of the same setup, with a folder of its own. It is not started.
     *
     * @return the broker; {@link #startAgain} starts it
     * @throws IOException if its folder can't be made
     */
    public Broker another() throws IOException {
        return new Broker(setup, recipe);
    }

    private void begin() throws PeerException, IOException {
        ProcessBuilder builder = new ProcessBuilder(recipe.command(setup, data(), port));
        recipe.environment(setup)
                .forEach(
                        (name, value) ->
                                builder.environment().merge(name, value, (a, b) -> a + " " + b));
        builder.redirectErrorStream(true);
        startedMs = System.currentTimeMillis();
        process = builder.start();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void serve() throws PeerException, IOException {
        String line = awaitServing();
        Matcher matcher = ADDRESS.matcher(line);
        if (!matcher.find()) {
            throw new PeerException(kind + " says where it serves, but no address: " + line);
        }
        String address = matcher.group();
        port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        // who waits for the file finds it whole
        Path draft = folder.resolve("jndi.draft");
        Files.writeString(draft, recipe.jndi(address));
        Files.move(draft, jndi(), StandardCopyOption.ATOMIC_MOVE);
        target =
                new Target(
                        kind.toString(), jndi(), recipe.classPath(), recipe.describe(setup, line));
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
     * The JNDI file of {@link #target}. It is there from the moment at which the broker has told
     * where it serves until it is stopped.
     *
     * @return its path
     */
    public Path jndi() {
        return folder.resolve("jndi.properties");
    }

    /**
     * When the broker's process was started, the last time.
     *
     * @return ms since 1970
     */
    public long startedMs() {
        return startedMs;
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
        return recipe.keepsItsAddress();
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
     * Starts the broker on what it left, or for the first time, and waits until it serves.
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

    /** Stops the broker in an orderly way, and leaves its data for the next start. */
    public void stop() {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close(); // a program of peers/ stops at the end of its input
            if (recipe.stopsAtSignal()) {
                process.destroy();
            }
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(jndi());
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the broker and deletes its folder; nothing if that has happened. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, and the hook does it
        }
        end();
    }

    private void end() {
        stop();
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
