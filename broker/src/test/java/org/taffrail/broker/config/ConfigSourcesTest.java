// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ConfigSourcesTest {
    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("broker.properties"), text);
    }

    private static List<String> mistakes(ConfigSources sources) {
        return sources.mistakes().stream().map(Mistake::toString).toList();
    }

    private static String where(ConfigSources sources, String name) {
        return sources.given().get(name).where();
    }

    @Test
    void theCommandLineCountsMoreThanTheEnvironmentAndThatMoreThanTheFile() throws IOException {
        Path file = file("port=1\nhost=::1\nconnections.max=3\n");

        ConfigSources sources =
                new ConfigSources()
                        .file(file)
                        .environment(Map.of("TAFFRAIL_PORT", "2", "TAFFRAIL_HOST", "127.0.0.2"))
                        .commandLine(Map.of("port", "3"));

        BrokerConfig config = sources.config();
        assertEquals(3, config.number(BrokerKeys.PORT));
        assertEquals("127.0.0.2", config.get(BrokerKeys.HOST));
        assertEquals(3, config.number(BrokerKeys.CONNECTIONS_MAX));
        assertEquals(Setting.COMMAND_LINE, where(sources, "port"));
        assertEquals("TAFFRAIL_HOST", where(sources, "host"));
        assertEquals(file + ":3", where(sources, "connections.max"));
    }

    @Test
    void everyKeyHasAVariableOfItsOwn() {
        Set<String> variables = new HashSet<>();
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            assertTrue(variables.add(ConfigEnvironment.variable(key)), key.name());
            assertTrue(ConfigEnvironment.variable(key).matches("TAFFRAIL_[A-Z0-9_]+"), key.name());
        }
        assertTrue(variables.contains("TAFFRAIL_JOURNAL_SEGMENTBYTES"));
    }

    @Test
    void noKeyHoldsASecret() {
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            boolean suspicious = key.name().matches("(?i).*(password|secret|token).*");
            assertTrue(
                    !suspicious || key.name().endsWith("File"),
                    key + " would be shown by 'config show' and stand in process lists");
        }
    }

    @Test
    void tellsAllMistakesOfAFileWithTheirLines() throws IOException {
        Path file =
                file(
                        "# comment \\\nprot = 1\n\nhost = \\\n   127.0.0.1\njurnal.segmentBytes=64MiB\n"
                                + "connections.max = many\ndurability = page-cash\n"
                                + "queue.a.redelivery.delayMx=1\n");

        assertEquals(
                List.of(
                        file + ":2: unknown option \"prot\"; did you mean \"port\"?",
                        file
                                + ":6: unknown option \"jurnal.segmentBytes\"; did you mean"
                                + " \"journal.segmentBytes\"?",
                        file + ":7: connections.max=many is not allowed; allowed: 1 to 1000000",
                        file
                                + ":8: durability=page-cash is not allowed; allowed: force or"
                                + " page-cache; did you mean \"page-cache\"?",
                        file
                                + ":9: unknown option \"queue.a.redelivery.delayMx\"; did you mean"
                                + " \"queue.a.redelivery.delayMs\"?"),
                mistakes(new ConfigSources().file(file)));
    }

    @Test
    void theFirstMistakeRefusesAndSaysHowManyMoreThereAre() throws IOException {
        Path file = file("prot=1\nhots=2\n");
        ConfigSources sources = new ConfigSources().file(file);

        WireException refused = assertThrows(WireException.class, sources::config);

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertEquals(
                file
                        + ":1: unknown option \"prot\"; did you mean \"port\"? (and 1 more: see"
                        + " \"taffrail config check\")",
                refused.getMessage());
    }

    @Test
    void refusesAKeyThatStandsTwiceInOneFile() throws IOException {
        Path file = file("port=1\nqueue.a.#.expiry.queue=x\nport=2\nqueue.a.>.expiry.queue=y\n");

        assertEquals(
                List.of(
                        file + ":3: port is given twice: also at " + file + ":1",
                        file + ":4: queue.a.#.expiry.queue is given twice: also at " + file + ":2"),
                mistakes(new ConfigSources().file(file)));
    }

    @Test
    void aPolicyIsTheSameHoweverItsPatternIsWritten() throws IOException {
        ConfigSources sources =
                new ConfigSources()
                        .file(file("queue.a.#.expiry.queue=x\n"))
                        .commandLine(Map.of("queue.a.>.expiry.queue", "y"));

        assertEquals(Map.of("queue.a.#.expiry.queue", "y"), sources.config().policiesShown());
        assertEquals(Setting.COMMAND_LINE, where(sources, "queue.a.#.expiry.queue"));
    }

    @Test
    void readsTheEscapesOfAPropertiesFile() throws IOException {
        Path file = file("\uFEFFhost = ::\\u0031\r\nqueue.a\\:b.expiry.queue=gr\u00fcn\rport=7");

        BrokerConfig config = new ConfigSources().file(file).config();

        assertEquals("::1", config.get(BrokerKeys.HOST));
        assertEquals(7, config.number(BrokerKeys.PORT));
        assertEquals(Map.of("queue.a:b.expiry.queue", "gr\u00fcn"), config.policiesShown());
    }

    @Test
    void refusesWhatIsNoPropertiesFile() throws IOException {
        Path bad = file("port=\\u00zz\n");
        Path latin =
                Files.write(
                        folder.resolve("latin"),
                        "host=gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.write(folder.resolve("large"), new byte[ConfigFile.BYTES_MAX + 1]);

        assertTrue(
                mistakes(new ConfigSources().file(bad))
                        .get(0)
                        .startsWith(bad + ":1: can't be read: "));
        assertEquals(
                List.of(latin + ": it is not UTF-8"), mistakes(new ConfigSources().file(latin)));
        assertEquals(
                List.of(large + ": has 1048577 bytes, a configuration has 1048576 at most"),
                mistakes(new ConfigSources().file(large)));
        assertEquals(
                List.of("there is no file " + folder.resolve("none")),
                mistakes(new ConfigSources().file(folder.resolve("none"))));
    }

    @Test
    void namesTheNearestVariable() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TAFFRAIL_PROT", "1");
        environment.put("TAFFRAIL_JAVA_OPT", "-Xmx1g");
        environment.put("TAFFRAIL_PASSWORD", "secret");
        environment.put("TAFFRAIL_CONNECTIONS_MAX", "-1");
        environment.put("HOME", "/root");

        assertEquals(
                List.of(
                        "TAFFRAIL_JAVA_OPT: no key of the configuration has this variable; did you"
                                + " mean \"TAFFRAIL_JAVA_OPTS\"?",
                        "TAFFRAIL_PROT: no key of the configuration has this variable; did you"
                                + " mean \"TAFFRAIL_PORT\"?",
                        "TAFFRAIL_CONNECTIONS_MAX: connections.max=-1 is not allowed; allowed: 1 to"
                                + " 1000000"),
                mistakes(new ConfigSources().environment(environment)));
    }

    @Test
    void knowsTheVariablesThatKubernetesMakesOfAService() {
        Map<String, String> environment =
                Map.of(
                        "TAFFRAIL_SERVICE_HOST", "10.0.0.7",
                        "TAFFRAIL_PORT", "tcp://10.0.0.7:61700",
                        "TAFFRAIL_PORT_61700_TCP", "tcp://10.0.0.7:61700");

        List<String> mistakes = mistakes(new ConfigSources().environment(environment));

        assertEquals(1, mistakes.size(), mistakes.toString());
        assertTrue(mistakes.get(0).contains("enableServiceLinks: false"), mistakes.get(0));
    }

    @Test
    void tellsAllThatDoesNotFitTogether() {
        ConfigSources sources =
                new ConfigSources()
                        .commandLine(
                                Map.of(
                                        "journal.segmentBytes", "32MiB",
                                        "memory.transactionBytes", "13MiB",
                                        "disk.bytesMax", "1MiB",
                                        "security.anonymous", "false",
                                        "tls.protocols", "TLSv1.3",
                                        "destinations.max", "2",
                                        "destinations.queues", "a, b,c"));

        List<String> mistakes = mistakes(sources);

        assertEquals(5, mistakes.size(), mistakes.toString());
        assertEquals(
                "destinations.queues and destinations.topics name 3 destinations, destinations.max"
                        + " allows 2",
                mistakes.get(4));
    }

    @Test
    void refusesAListThatNamesADestinationTwice() {
        assertEquals(
                List.of("destinations.queues=a,b, a is not allowed: \"a\" is named twice"),
                mistakes(new ConfigSources().commandLine(Map.of("destinations.queues", "a,b, a"))));
        assertEquals(
                List.of("a", "b.c"),
                new ConfigSources()
                        .commandLine(Map.of("destinations.queues", "a,, b.c ,"))
                        .config()
                        .declaredQueues());
    }
}
