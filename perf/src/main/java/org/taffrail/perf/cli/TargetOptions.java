// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.peer.Broker;
import org.taffrail.perf.peer.Durability;
import org.taffrail.perf.peer.Installation;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import javax.naming.Context;

/** Which providers are measured, and how often. */
final class TargetOptions {
    /** What the launcher documents for providers it does not know. */
    private static final String CLASS_PATH_VARIABLE = "TAFFRAIL_CLASSPATH";

    @Option(
            names = "--jndi",
            paramLabel = "[NAME=]FILE",
            description = "jndi.properties of a provider whose broker runs already; repeatable")
    private List<String> jndi = new ArrayList<>();

    @Option(
            names = "--start",
            paramLabel = "BROKER",
            description =
                    "start a broker for this call: taffrail, artemis, classic, kafka; repeatable")
    private List<Broker.Kind> start = new ArrayList<>();

    @Option(
            names = "--durability",
            paramLabel = "MODE",
            description = "of brokers started: force, page-cache (${DEFAULT-VALUE})")
    private Durability durability = Durability.FORCE;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "the most heap of brokers started, such as 512m (default: their own)")
    private String heap;

    @Option(
            names = "--classpath",
            paramLabel = "NAME=PATH",
            description = "the client library of a provider that --start does not know")
    private Map<String, String> classPaths = new LinkedHashMap<>();

    @Option(
            names = "--connection-factory",
            paramLabel = "NAME",
            description = "the factory's name in JNDI (${DEFAULT-VALUE})")
    private String connectionFactory = "ConnectionFactory";

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            description = "of the measuring JVM (${DEFAULT-VALUE})")
    private String javaOptions = "-Xms1g -Xmx1g -XX:+UseParallelGC -XX:+AlwaysPreTouch";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "folder for the results (default: one under perf/target/results)")
    private Path out;

    Durability durability() {
        return durability;
    }

    String connectionFactory() {
        return connectionFactory;
    }

    List<String> javaOptions() {
        return Stream.of(javaOptions.split(" +")).filter(option -> !option.isEmpty()).toList();
    }

    Path out(Installation installation, String defaultName) {
        return out != null ? out.toAbsolutePath() : installation.results(defaultName);
    }

    /**
     * Refuses a command line without a provider.
     *
     * @throws IllegalArgumentException if it has none
     */
    void check() {
        if (jndi.isEmpty() && start.isEmpty()) {
            throw new IllegalArgumentException("Name a provider: --jndi FILE or --start BROKER");
        }
    }

    /**
     * Refuses a command line without a broker that is started.
     *
     * @throws IllegalArgumentException if it has none
     */
    void checkStarts() {
        if (start.isEmpty()) {
            throw new IllegalArgumentException("Name a broker to start: --start BROKER");
        }
    }

    /**
     * Finds the running brokers and starts the others.
     *
     * @param installation where class paths and brokers are found
     * @param started brokers that were started are added here, also when one fails
     * @return the providers, those of {@code --jndi} first
     * @throws PeerException if one can't be had
     */
    List<Target> targets(Installation installation, List<Broker> started) throws PeerException {
        List<Target> targets = new ArrayList<>();
        for (String named : jndi) {
            targets.add(running(named, installation));
        }
        for (Broker.Kind kind : start) {
            Broker broker = Broker.start(new Broker.Setup(kind, durability, heap), installation);
            started.add(broker);
            targets.add(broker.target());
        }
        Set<String> names = new HashSet<>();
        for (Target target : targets) {
            if (!names.add(target.name())) {
                throw new IllegalArgumentException(
                        "Two providers are called '" + target.name() + "': use --jndi NAME=FILE");
            }
        }
        return targets;
    }

    private Target running(String named, Installation installation) throws PeerException {
        int equals = named.indexOf('=');
        Path file = Path.of(named.substring(equals + 1)).toAbsolutePath();
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new PeerException("Cannot read " + file + ": " + e, e);
        }
        String factory = properties.getProperty(Context.INITIAL_CONTEXT_FACTORY, "");
        Optional<Broker.Kind> kind = Broker.Kind.ofClient(factory);
        String name =
                equals >= 0
                        ? named.substring(0, equals)
                        : kind.map(Broker.Kind::toString).orElse("provider");
        List<Path> classPath;
        if (classPaths.containsKey(name)) {
            classPath = List.of(Path.of(classPaths.get(name)));
        } else if (kind.isPresent()) {
            classPath = installation.classPath(kind.get());
        } else if (System.getenv(CLASS_PATH_VARIABLE) != null) {
            classPath = List.of(Path.of(System.getenv(CLASS_PATH_VARIABLE)));
        } else {
            throw new PeerException(
                    "The client library for "
                            + file
                            + " is not known: add --classpath "
                            + name
                            + "=PATH, or set "
                            + CLASS_PATH_VARIABLE);
        }
        return new Target(name, file, classPath, "running already, durability as configured there");
    }
}
