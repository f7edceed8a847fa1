// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where things are on this machine: the checkout this code was built in, or the distribution it was
 * packed into, the jars of each provider, and the Java to run child processes with.
 *
 * <p>No provider is on the class path of this code; each gets a process of its own with its jars.
 */
public final class Installation {
    private static final Path IN_CHECKOUT = Path.of("perf", "target");
    private static final Path IN_DISTRIBUTION = Path.of("lib", "perf");

    private final Path root;
    private final boolean unpacked;

    private Installation(Path root, boolean unpacked) {
        this.root = root;
        this.unpacked = unpacked;
    }

    /**
     * The installation this code runs from.
     *
     * @return the installation
     * @throws PeerException if this code is neither in a checkout nor in a distribution
     */
    public static Installation find() throws PeerException {
        // ROOT/perf/target/classes, ROOT/perf/target/taffrail-perf-VERSION.jar, or in ROOT/lib/perf
        Path code = locationOf(Installation.class);
        Path folder = code.getParent();
        boolean unpacked = folder != null && folder.endsWith(IN_DISTRIBUTION);
        if (folder == null
                || !unpacked && !folder.endsWith(IN_CHECKOUT)
                || folder.getParent().getParent() == null) {
            throw new PeerException(
                    code + " is neither in perf/target of a checkout nor in lib/perf");
        }
        return new Installation(folder.getParent().getParent(), unpacked);
    }

    private static Path locationOf(Class<?> type) throws PeerException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new PeerException("No file: " + source.getLocation(), e);
        }
    }

    /**
     * The launcher.
     *
     * @return {@code bin/taffrail}
     * @throws PeerException if it is not there
     */
    Path launcher() throws PeerException {
        Path launcher = root.resolve("bin").resolve("taffrail");
        if (!Files.isExecutable(launcher)) {
            throw new PeerException("There is no " + launcher);
        }
        return launcher;
    }

    /**
     * What a measuring process needs besides a provider: this code, JMS, HdrHistogram, and no more.
     *
     * @return jars and folders
     * @throws PeerException if one is not on the class path
     */
    List<Path> measuringClassPath() throws PeerException {
        List<Path> classPath = new ArrayList<>();
        for (String type :
                List.of(
                        Installation.class.getName(),
                        "jakarta.jms.Message",
                        "org.HdrHistogram.Histogram",
                        "picocli.CommandLine",
                        "org.slf4j.Logger",
                        "org.slf4j.simple.SimpleLogger")) {
            try {
                classPath.add(
                        locationOf(
                                Class.forName(type, false, Installation.class.getClassLoader())));
            } catch (ClassNotFoundException e) {
                throw new PeerException(type + " is not on the class path", e);
            }
        }
        return classPath;
    }

    /**
     * The class path of a known client.
     *
     * @param kind the kind of broker that it is for
     * @return jars and folders
     * @throws PeerException if it was not built
     */
    public List<Path> classPath(Broker.Kind kind) throws PeerException {
        return Recipe.of(kind, this).classPath();
    }

    /**
     * The class path of a peer, client and server.
     *
     * @param kind the peer, which is what its module is called
     * @return jars and folders
     * @throws PeerException if it was not built
     */
    List<Path> peerClassPath(Broker.Kind kind) throws PeerException {
        Path target = root.resolve(Path.of("peers", kind.toString(), "target"));
        List<Path> classPath = new ArrayList<>();
        classPath.add(target.resolve("classes"));
        classPath.addAll(jars(target.resolve("lib"), ""));
        if (classPath.size() < 2) {
            throw new PeerException(
                    unpacked
                            ? kind + " is not in the distribution: use the source tree, or --jndi"
                            : kind
                                    + " is not in "
                                    + target.resolve("lib")
                                    + "; build it: mvn package -DskipTests -pl peers/"
                                    + kind);
        }
        return classPath;
    }

    /**
     * The class path of Taffrail's client.
     *
     * @return its jar, which holds all it needs but for the interfaces of JMS and SLF4J
     * @throws PeerException if it was not built
     */
    List<Path> taffrailClassPath() throws PeerException {
        Path target =
                root.resolve(unpacked ? Path.of("lib", "provider") : Path.of("provider", "target"));
        List<Path> found = jars(target, "taffrail-provider-");
        found.removeIf(jar -> jar.toString().matches(".*-(sources|javadoc|tests)\\.jar"));
        if (found.size() != 1) {
            throw new PeerException(
                    "There is not one provider jar in "
                            + target
                            + " but "
                            + found.size()
                            + "; build it: mvn package -DskipTests -pl provider -am");
        }
        return found;
    }

    private static List<Path> jars(Path folder, String prefix) throws PeerException {
        if (!Files.isDirectory(folder)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (IOException e) {
            throw new PeerException("Cannot list " + folder, e);
        }
    }

    /**
     * A folder for results that nobody named.
     *
     * @param name the folder's name
     * @return its path; it need not exist
     */
    public Path results(String name) {
        return unpacked
                ? Path.of("perf-results", name).toAbsolutePath()
                : root.resolve(Path.of("perf", "target", "results", name));
    }

    /**
     * The Java that this process runs on.
     *
     * @return the path of its executable
     */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static String join(List<Path> classPath) {
        return classPath.stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
