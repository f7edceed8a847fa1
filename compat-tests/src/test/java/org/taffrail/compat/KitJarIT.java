// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.Peer;
import org.taffrail.compat.peer.PeerServer;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The kit as others use it: its jar, the few it needs, and their provider. Nothing of Taffrail. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KitJarIT {
    private static final int RUN_SECONDS_MAX = 120;
    private static final Path ROOT = Path.of(System.getProperty("taffrail.root"));
    private static final Path TARGET = ROOT.resolve(Path.of("compat-tests", "target"));
    private static final String JAR =
            "taffrail-compat-tests-" + System.getProperty("taffrail.version") + ".jar";

    @TempDir Path folder;

    @Test
    void namesNoJarOfAProvider() throws IOException {
        try (JarFile jar = new JarFile(TARGET.resolve(JAR).toFile())) {
            for (String each : needed(jar)) {
                assertTrue(
                        each.matches("lib/(picocli|jakarta.jms-api|slf4j-api|slf4j-simple)-.*"),
                        each);
                assertTrue(Files.isRegularFile(TARGET.resolve(each)), each + " is not there");
            }
            assertTrue(
                    jar.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .allMatch(entry -> entry.getName().startsWith("org/taffrail/compat/")),
                    "classes that are not the kit's");
        }
    }

    private static String[] needed(JarFile jar) throws IOException {
        return jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Peer.class,
            names = {"ARTEMIS", "CLASSIC"})
    void runsAgainstAnotherProviderWithNothingOfTaffrailAround(Peer peer)
            throws IOException, InterruptedException {
        Path jar = copyOfTheJarAndWhatItNeeds();
        Installation installation = Installation.at(ROOT);
        try (PeerServer server = peer.server(installation, folder.resolve("server"))) {
            server.start();
            Path jndi = folder.resolve("jndi.properties");
            try (Writer out = Files.newBufferedWriter(jndi)) {
                server.jndi().store(out, null);
            }

            String output =
                    run(
                            "-jar",
                            jar.toString(),
                            "--jndi=" + jndi,
                            "--classpath=" + peer.classPath(installation),
                            "--name=Other",
                            "--only=ContextClose.closesTwiceQuietly",
                            "--out=" + folder.resolve("out"));

            assertTrue(output.contains("Other: 1 checks in "), output);
            String results = Files.readString(folder.resolve(Path.of("out", "other.xml")));
            assertTrue(results.contains("value=\"ActiveMQ\""), results);
            assertFalse(results.contains("value=\"FAILED\""), results);
            assertTrue(Files.exists(folder.resolve(Path.of("out", "index.html"))), output);
        }
    }

    @Test
    void startsNothingOutsideOfACheckout() throws IOException, InterruptedException {
        Path jar = copyOfTheJarAndWhatItNeeds();

        String output = run("-jar", jar.toString(), "--start=artemis");

        assertTrue(output.contains("is not in a checkout of Taffrail"), output);
    }

    private Path copyOfTheJarAndWhatItNeeds() throws IOException {
        Path jar = folder.resolve(JAR);
        Files.copy(TARGET.resolve(JAR), jar);
        Files.createDirectory(folder.resolve("lib"));
        try (JarFile opened = new JarFile(jar.toFile())) {
            for (String each : needed(opened)) {
                Files.copy(TARGET.resolve(each), folder.resolve(each));
            }
        }
        try (Stream<Path> copied = Files.list(folder.resolve("lib"))) {
            assertEquals(4, copied.count());
        }
        return jar;
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Installation.java()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().remove("TAFFRAIL_CLASSPATH");
        Process process = builder.start();
        if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
