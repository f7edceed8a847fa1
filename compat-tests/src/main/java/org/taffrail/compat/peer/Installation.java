// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where things are: the jars of the kit, and, in a checkout, those of the providers that the kit
 * can start. All methods return class paths as {@code java -cp} takes them.
 */
public final class Installation {
    private final Path root;

    private Installation(Path root) {
        this.root = root;
    }

    /**
     * A checkout.
     *
     * @param root its folder
     * @return the installation
     */
    public static Installation at(Path root) {
        return new Installation(root);
    }

    /**
     * The checkout that this code was built in.
     *
     * @return the installation
     * @throws PeerException if there is none: the kit's jar was copied to another place
     */
    public static Installation here() {
        Path code = location(Installation.class).orElseThrow();
        Path target = code.getParent();
        if (target == null || !target.endsWith(Path.of(Flavour.KIT, "target"))) {
            throw new PeerException(
                    code + " is not in a checkout of Taffrail: start a server, and use --jndi");
        }
        return new Installation(target.getParent().getParent());
    }

    private static Optional<Path> location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * The kit and what it needs: nothing of any provider.
     *
     * @return the kit's jar, picocli, the interfaces of Jakarta Messaging, and SLF4J if it is there
     */
    public static String kit() {
        List<String> jars = new ArrayList<>();
        for (String type :
                List.of(
                        Installation.class.getName(),
                        "picocli.CommandLine",
                        "jakarta.jms.Message",
                        "org.slf4j.Logger",
                        "org.slf4j.simple.SimpleLogger")) {
            try {
                Class<?> found = Class.forName(type, false, Installation.class.getClassLoader());
                location(found).ifPresent(jar -> jars.add(jar.toString()));
            } catch (ClassNotFoundException e) {
                // SLF4J: the provider brings its own, or does not log
                continue;
            }
        }
        return join(jars);
    }

    /**
     * Taffrail's client.
     *
     * @return the provider's jar, which holds all it needs but the interfaces of JMS and SLF4J
     */
    public String provider() {
        return jar(Flavour.PROVIDER);
    }

    /**
     * Taffrail's broker, with what it needs.
     *
     * @return its jar and its libraries
     */
    public String broker() {
        return join(List.of(jar("broker"), libraries(Path.of("broker"))));
    }

    /**
     * Apache ActiveMQ Artemis, client and server.
     *
     * @return its jars
     */
    public String artemis() {
        return peer("artemis");
    }

    /**
     * Apache ActiveMQ Classic, client and server.
     *
     * @return its jars
     */
    public String classic() {
        return peer("classic");
    }

    /**
     * Where results go that nobody named a folder for.
     *
     * @return the folder; it need not exist
     */
    public Path results() {
        return root.resolve(Path.of(Flavour.KIT, "target", "results"));
    }

    private String peer(String name) {
        Path module = Path.of("peers", name);
        return join(
                List.of(
                        root.resolve(module).resolve(Path.of("target", "classes")).toString(),
                        libraries(module)));
    }

    private String libraries(Path module) {
        Path folder = root.resolve(module).resolve(Path.of("target", "lib"));
        if (!Files.isDirectory(folder)) {
            throw new PeerException(
                    folder + " is not there; build it: mvn package -DskipTests -pl " + module);
        }
        return folder + File.separator + "*";
    }

    private String jar(String module) {
        Path target = root.resolve(Path.of(module, "target"));
        String name = "taffrail-" + module + "-";
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.of()) {
            List<Path> found =
                    files.filter(file -> file.getFileName().toString().startsWith(name))
                            .filter(file -> file.toString().endsWith(".jar"))
                            .filter(
                                    file ->
                                            !file.toString()
                                                    .matches(".*-(sources|javadoc|tests)\\.jar"))
                            .toList();
            if (found.size() == 1) {
                return found.get(0).toString();
            }
            throw new PeerException(
                    "there is not one jar "
                            + name
                            + "*.jar in "
                            + target
                            + " but "
                            + found.size()
                            + "; build it: mvn package -DskipTests -pl "
                            + module
                            + " -am");
        } catch (IOException e) {
            throw new PeerException("cannot list " + target, e);
        }
    }

    /**
     * Puts class paths behind each other.
     *
     * @param parts the class paths
     * @return one
     */
    public static String join(List<String> parts) {
        return String.join(File.pathSeparator, parts);
    }

    /**
     * The Java that this process runs on.
     *
     * @return its executable
     */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
