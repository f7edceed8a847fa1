// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.acme.orders.OrderDesk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.ServerProcess;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An application on ActiveMQ Artemis, which has nothing but Artemis' jars and the recorder's on its
 * class path, and what the command says of it afterwards.
 */
class ArtemisApplicationIT {
    private static final Path ROOT = Path.of(System.getProperty("taffrail.root"));
    private static final String ARTEMIS_JNDI =
            "org.apache.activemq.artemis.jndi.ActiveMQInitialContextFactory";
    private static final String CHECK_JNDI = "org.taffrail.check.CheckInitialContextFactory";

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static String summary;
    private static String html;
    private static String json;

    @BeforeAll
    static void recordAndReport() throws IOException, InterruptedException {
        server =
                new ServerProcess(
                        folder.resolve("artemis.log"),
                        Installation.at(ROOT).artemis(),
                        List.of(
                                "org.taffrail.peer.artemis.Main",
                                folder.resolve("data").toString(),
                                "page-cache",
                                "0"),
                        Pattern.compile("tcp://[^ ]+:\\d+"));
        Path recorded = folder.resolve("recorded");
        work(
                "java.naming.factory.initial=" + CHECK_JNDI,
                "taffrail.check.initial=" + ARTEMIS_JNDI,
                "taffrail.check.folder=" + recorded);
        Path page = folder.resolve("report.html");
        Path data = folder.resolve("report.json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exitCode =
                Main.start(
                        List.of(recorded.toString(), "--html", page.toString(), "--json=" + data),
                        print,
                        print);
        summary = out.toString(StandardCharsets.UTF_8);
        assertEquals(1, exitCode, summary);
        html = Files.readString(page);
        json = Files.readString(data);
        Path kept = ROOT.resolve(Path.of("migrate-check", "target", "report.html"));
        Files.writeString(kept, html);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.kill();
        }
    }

    /** Runs the application in a process of its own, with its JNDI environment. */
    private static void work(String... environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Installation.java(), "-Xmx256m", "-cp"));
        command.add(
                String.join(
                        File.pathSeparator,
                        classes(OrderDesk.class),
                        recorder().toString(),
                        Installation.at(ROOT).artemis()));
        command.add(OrderDesk.class.getName());
        command.add(server.address());
        command.addAll(List.of(environment));
        Path log = folder.resolve("application.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertTrue(process.waitFor(50, TimeUnit.SECONDS), () -> ServerProcess.textOf(log));
            assertEquals(0, process.exitValue(), () -> ServerProcess.textOf(log));
            assertTrue(ServerProcess.textOf(log).contains("worked"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classes(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The jar, and nothing of what it is built with. */
    private static Path recorder() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(Path.of("migrate-check", "target")))) {
            return files.filter(
                            file ->
                                    file.getFileName()
                                            .toString()
                                            .matches(
                                                    "taffrail-migrate-check-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findAny()
                    .orElseThrow();
        }
    }

    private static void assertJudged(String verdict, String what, String more) {
        String found =
                json.lines()
                        .collect(java.util.stream.Collectors.joining("\n"))
                        .replace("\n\"", "\"");
        Pattern pattern =
                Pattern.compile(
                        Pattern.quote("\"verdict\": \"" + verdict + "\"")
                                + "[^}]*"
                                + Pattern.quote(what)
                                + "[^}]*"
                                + Pattern.quote(more));
        assertTrue(pattern.matcher(found).find(), () -> verdict + " " + what + "\n" + json);
    }

    @Test
    void namesTheVendorsFeaturesAndWhereTheyAreUsed() {
        assertJudged("not", "mode 101", "org.acme.orders.OrderDesk.individually:");
        assertJudged("not", "_AMQ_LVQ_NAME", "org.acme.orders.OrderDesk.orders:");
        assertJudged("setting", "_AMQ_SCHED_DELIVERY", "producer.setDeliveryDelay(delayMs)");
        assertJudged("not", "topic acme.#", "org.acme.orders.OrderDesk.prices:");
        assertJudged("setting", "acme.copies::acme.copies", "createQueue(");
        assertJudged("not", "option consumer-priority", "org.acme.orders.OrderDesk.prices:");
        assertJudged(
                "setting",
                "Object messages",
                "jms.deserializationAllowList=org.acme.orders.Order,org.acme.orders.Order$Line");
    }

    @Test
    void saysWhatWorks() {
        for (String what :
                List.of(
                        "Session, AUTO_ACKNOWLEDGE",
                        "Session, transacted",
                        "Context, CLIENT_ACKNOWLEDGE",
                        "Connection.setClientID",
                        "Durable subscriptions",
                        "Message listeners",
                        "Queue browsers",
                        "Priorities 7",
                        "Time to live",
                        "Delivery delay",
                        "Non-persistent messages",
                        "JMSReplyTo with a temporary queue",
                        "Message groups (JMSXGroupID)",
                        "Selector region = 'eu' AND JMSType = 'order'",
                        "Messages that came again",
                        "receiveBody",
                        "commit",
                        "rollback")) {
            assertJudged("works", what, "");
        }
        assertTrue(json.contains("region (String)") && json.contains("shop (Integer)"), json);
    }

    @Test
    void countsMessagesAndSizes() {
        assertTrue(
                html.contains("<td class=\"what\">queue acme.orders</td>\n<td class=\"number\">51"),
                html);
        assertTrue(json.contains("\"bytesMax\": 4900"), json);
    }

    @Test
    void nothingWentWrongWhileItWasRecorded() {
        assertFalse(html.contains("could not be"), html);
        assertTrue(summary.startsWith("ActiveMQ Artemis "), summary);
    }

    @Test
    void makesTheJndiPropertiesForTheMove() {
        assertTrue(json.contains("connectionFactory.OrdersCF=taffrail://localhost:61700"), json);
        assertTrue(json.contains("\"queue.jms/Orders=acme.orders\""), json);
        assertTrue(json.contains("\"topic.jms/Prices=acme.prices\""), json);
    }
}
