// SPDX-License-Identifier: Apache-2.0
package org.taffrail.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.ConfigSources;
import org.taffrail.broker.config.Mistake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The distribution as it is packed: unpacked into a folder with a space, and used. */
class DistributionIT {
    private static final String VERSION = System.getProperty("taffrail.version");
    private static final int PATIENCE_S = 60;

    @TempDir private static Path folder;

    private static Path home;

    private record Result(int status, String out) {}

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Path archive = Path.of("target", "taffrail-" + VERSION + ".tar.gz").toAbsolutePath();
        Path target = Files.createDirectory(folder.resolve("my programs"));
        Result unpacked = run("tar", "-xzf", archive.toString(), "-C", target.toString());
        assertEquals(0, unpacked.status, unpacked.out);
        home = target.resolve("taffrail-" + VERSION);
    }

    private static Result run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS));
        return new Result(process.exitValue(), out.strip());
    }

    private static Result taffrail(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/taffrail").toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static List<Path> files(Path under) throws IOException {
        try (Stream<Path> files = Files.walk(under)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** A broker that {@code bin/taffrail} has started. */
    private static final class Running implements AutoCloseable {
        private final Process process;
        private final Path log;
        private final BufferedReader out;

        private Running() throws IOException {
            log = Files.createTempFile(folder, "broker", ".log");
            process =
                    new ProcessBuilder(
                                    home.resolve("bin/taffrail").toString(),
                                    "broker",
                                    "--config",
                                    home.resolve("conf/taffrail.properties").toString(),
                                    "--data",
                                    folder.resolve("my data").toString(),
                                    "--port=0",
                                    "--set=journal.segmentBytes=32MiB")
                            .redirectError(log.toFile())
                            .start();
            out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
        }

        String url() throws IOException {
            String line = out.readLine();
            Matcher url = Pattern.compile("taffrail://[0-9.]+:\\d+").matcher("" + line);
            assertTrue(url.find(), line + "; logged " + Files.readString(log));
            return url.group();
        }

        int stop() throws InterruptedException {
            process.toHandle().destroy();
            assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS));
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** An application whose class path is what the distribution has for applications. */
    private static String exchange(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                home.resolve("lib/provider").resolve("*")
                                        + System.getProperty("path.separator")
                                        + Path.of("target", "test-classes").toAbsolutePath(),
                                Exchange.class.getName()));
        command.addAll(List.of(arguments));
        Result result = run(command.toArray(String[]::new));
        assertEquals(0, result.status, result.out);
        return result.out;
    }

    @Test
    void servesFromAFolderWithASpaceAndStopsInOrder() throws IOException, InterruptedException {
        try (Running broker = new Running()) {
            exchange(broker.url(), "send", "order 1");

            assertEquals(143, broker.stop());
            assertTrue(Files.readString(broker.log).contains("event=broker_stopped stage=STOPPED"));
        }
        try (Running broker = new Running()) {
            assertTrue(exchange(broker.url(), "receive").endsWith("order 1"));

            assertTrue(Files.readString(broker.log).contains("event=store_recovered"));
            assertTrue(Files.readString(broker.log).contains(" clean=true "));
            assertEquals(143, broker.stop());
        }
    }

    @Test
    void theLauncherKnowsThatItIsInstalled() throws IOException, InterruptedException {
        assertEquals("taffrail " + VERSION, taffrail("--version").out);
        assertTrue(taffrail("help").out.contains("config check|show"));
        Result sample = taffrail("sample", "xa");
        assertEquals(1, sample.status);
        assertTrue(sample.out.contains("source tree"), sample.out);
        Result javax = taffrail("compat-javax", "--list");
        assertEquals(1, javax.status);
        assertTrue(javax.out.contains("is not part of this installation"), javax.out);
    }

    @Test
    void completionKnowsTheCommandsOfAllJars() throws IOException, InterruptedException {
        String script = taffrail("completion").out;

        assertEquals(
                Files.readString(home.resolve("share/completion/taffrail.bash")).strip(), script);
        for (String command :
                List.of("queue_purge", "config_check", "perf_latency", "migrate_drain")) {
            assertTrue(script.contains("_picocli_taffrail_" + command + "()"), command);
        }
    }

    @Test
    void everyCommandHasItsJars() throws IOException, InterruptedException {
        for (String[] command :
                List.of(
                        new String[] {"perf", "--help"},
                        new String[] {"compat", "--help"},
                        new String[] {"migrate", "--help"},
                        new String[] {"quickstart", "--help"})) {
            Result help = taffrail(command);

            assertEquals(0, help.status, help.out);
            assertTrue(help.out.toLowerCase(java.util.Locale.ROOT).contains("usage"), help.out);
        }
    }

    @Test
    void perfKnowsWhereItIs() throws IOException, InterruptedException {
        Result kafka = taffrail("perf", "latency", "--start", "kafka");

        assertEquals(1, kafka.status, kafka.out);
        assertTrue(kafka.out.contains("kafka is not in the distribution"), kafka.out);
    }

    @Test
    void theExampleOfAConfigurationNamesKeysThatAre() throws IOException {
        String example = Files.readString(home.resolve("conf/taffrail.properties"));
        Path all =
                Files.writeString(
                        folder.resolve("all.properties"),
                        Pattern.compile("(?m)^#(?=[a-z]+[A-Za-z.#{}]* = )")
                                .matcher(example)
                                .replaceAll(""));

        ConfigSources sources = new ConfigSources().file(all);

        assertEquals(List.of(), sources.mistakes().stream().map(Mistake::toString).toList());
        assertTrue(sources.given().size() > 18, sources.given().keySet().toString());
    }

    @Test
    void theContainerCopiesWhatThereIs() throws IOException {
        for (String line : Files.readAllLines(home.resolve("container/Containerfile"))) {
            if (line.startsWith("COPY ")) {
                String[] words = line.split(" ");
                for (int i = 1; i < words.length - 1; i++) {
                    assertTrue(Files.exists(home.resolve(words[i])), words[i]);
                }
            }
        }
    }

    @Test
    void everyLibraryIsNamedWithItsLicence() throws IOException {
        String named = Files.readString(home.resolve("THIRD-PARTY.md"));
        assertTrue(Files.exists(home.resolve("LICENSE")));
        int libraries = 0;
        for (Path jar : files(home.resolve("lib"))) {
            String name = jar.getFileName().toString();
            assertTrue(name.endsWith(".jar"), name);
            assertFalse(name.matches(".*-(sources|javadoc|tests)\\.jar|original-.*"), name);
            if (!name.startsWith("taffrail-")) {
                libraries++;
                assertTrue(named.contains('`' + name.replaceAll("-\\d.*", "") + '`'), name);
            }
        }
        assertTrue(libraries > 10);
    }

    @Test
    void theUnitIsSound() throws IOException, InterruptedException {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        Assumptions.assumeTrue(Files.isExecutable(analyze), "no systemd-analyze here");
        Path link = Files.createSymbolicLink(folder.resolve("taffrail"), home);
        Path unit =
                Files.writeString(
                        folder.resolve("taffrail.service"),
                        Files.readString(home.resolve("systemd/taffrail.service"))
                                .replace("/opt/taffrail", link.toString()));

        Result verified = run(analyze.toString(), "verify", "--man=no", unit.toString());

        assertFalse(verified.out.contains("taffrail.service"), verified.out);
        assertEquals(0, verified.status, verified.out);
    }
}
