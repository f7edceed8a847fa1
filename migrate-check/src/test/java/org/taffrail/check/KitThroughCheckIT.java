// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.check.report.RecordReader;
import org.taffrail.check.report.Report;
import org.taffrail.compat.cli.CompatCommand;
import org.taffrail.compat.report.JunitXmlReader;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The compatibility kit, against a provider and against the same one with the recorder in between:
 * what an application may rely on must not change. With {@code -Pfull} the whole kit, otherwise the
 * chapters in which most goes through proxies.
 */
class KitThroughCheckIT {
    private static final boolean FULL = "full".equals(System.getProperty("taffrail.tests"));

    private static final List<String> SELECTION =
            List.of(
                    "AsyncJmsProducer",
                    "ClientAcknowledge",
                    "Browser.",
                    "ClientId",
                    "ConnectionStop",
                    "Context.",
                    "Durable.",
                    "ExceptionListener",
                    "Factory",
                    "Listener.",
                    "MetaData",
                    "ObjectMessage",
                    "Recover",
                    "RequestReply",
                    "SharedConnection",
                    "TemporaryQueue",
                    "Transaction.");

    @TempDir private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void changesNothingThatTheKitCanSee() throws IOException {
        Map<String, String> without = run("without", jndi());
        Map<String, String> with = run("with", throughCheck(jndi()));

        assertEquals(text(without), text(with));
        assertTrue(with.size() > (FULL ? 1300 : 280), () -> "only " + with.size() + " checks");
        RecordReader reader = new RecordReader();
        reader.add(Check.write(folder.resolve("check")));
        String json = Report.of(reader).json();
        assertTrue(json.contains("\"provider\": \"Taffrail "), json);
        assertTrue(!json.contains("could not be recorded"), json);
    }

    private Properties jndi() {
        Properties jndi = new Properties();
        jndi.setProperty(
                "java.naming.factory.initial",
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        jndi.setProperty("connectionFactory.ConnectionFactory", "taffrail:embedded?name=kit-check");
        jndi.setProperty("compat.deadLetterQueue", "DLQ.{name}");
        jndi.setProperty("compat.deliveriesMax", "10");
        return jndi;
    }

    private Properties throughCheck(Properties jndi) {
        jndi.setProperty("taffrail.check.initial", jndi.getProperty("java.naming.factory.initial"));
        jndi.setProperty("java.naming.factory.initial", CheckInitialContextFactory.class.getName());
        jndi.setProperty("taffrail.check.folder", folder.resolve("check").toString());
        return jndi;
    }

    /** Runs checks in this JVM; returns their ids and outcomes. */
    private Map<String, String> run(String name, Properties jndi) throws IOException {
        Path file = folder.resolve(name + ".properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            jndi.store(out, null);
        }
        Path results = folder.resolve(name);
        CommandLine command = CompatCommand.commandLine();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        command.setOut(out);
        command.setErr(out);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--here", "--jndi=" + file, "--out=" + results, "--name=" + name));
        if (!FULL) {
            SELECTION.forEach(each -> arguments.add("--only=" + each));
        }
        int exitCode = command.execute(arguments.toArray(String[]::new));
        assertTrue(exitCode == 0 || exitCode == 1, () -> "exit code " + exitCode);
        Map<String, String> outcomes = new TreeMap<>();
        for (RunRecord run : JunitXmlReader.readAll(results)) {
            for (Result result : run.results()) {
                outcomes.put(result.subject().id(), result.outcome().toString());
            }
        }
        return outcomes;
    }

    private static String text(Map<String, String> outcomes) {
        StringBuilder lines = new StringBuilder();
        outcomes.forEach(
                (id, outcome) -> lines.append(id).append(' ').append(outcome).append('\n'));
        return lines.toString();
    }
}
