// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.jms.TaffrailConnectionFactory;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class DoctorCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine =
                new CommandLine(
                        new DoctorCommand(
                                new PasswordEntry(null, InputStream.nullInputStream()),
                                Map.of("TAFFRAIL_JAVA_OPTS", "-Xmx2g")));
        Main.tellFailures(commandLine);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void looksAtARunningBrokerAndSaysTheWorstFirst()
            throws StoreException, IOException, JMSException {
        BrokerConfig config = BrokerConfig.defaults().with(Map.of("port", "0"));
        try (Broker broker = new Broker(config, StoreFactory.of(config), true)) {
            broker.start();
            assertEquals(0, run("--url", broker.address(), "--apart", "0"), err.toString());
            String java = "note: the broker runs on Java " + Runtime.version();
            assertTrue(lines().get(0).startsWith(java), out.toString());
            assertEquals("nothing is wrong", lines().get(3));
            try (Connection connection =
                    new TaffrailConnectionFactory(broker.address()).createConnection()) {
                connection.start();
                Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(null);
                producer.send(session.createQueue("parked"), session.createMessage());
                producer.send(session.createQueue("DLQ.orders"), session.createMessage());
                for (int i = 0; i < 3; i++) {
                    producer.send(session.createQueue("slow"), session.createMessage());
                }
                MessageConsumer stuck =
                        session.createConsumer(session.createQueue("slow?consumer.prefetch=1"));
                stuck.receive(20_000);
                out.getBuffer().setLength(0);

                assertEquals(1, run("--url", broker.address(), "--apart", "50ms"));
            }
        }

        List<String> found = lines().stream().filter(line -> !line.startsWith(" ")).toList();
        assertTrue(
                found.contains("warning: queue DLQ.orders holds 1 message that failed or expired"),
                out.toString());
        assertTrue(
                found.contains("note: queue parked holds 1 message and nobody consumes"),
                out.toString());
        assertTrue(found.get(found.size() - 1).endsWith(" wrong"), out.toString());
    }

    @Test
    void looksAtAConfigurationAndItsFolder() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("taffrail.properties"),
                        "prot=1\nhost=0.0.0.0\ndata=" + folder.resolve("data") + "\n");

        assertEquals(1, run("--config", file.toString(), "--json"));

        assertTrue(out.toString().startsWith("[{\"weight\":\"severe\",\"what\":"), out.toString());
        assertTrue(out.toString().contains(file + ":1: unknown option"), out.toString());
        assertTrue(out.toString().contains("is open to the network"), out.toString());
    }

    @Test
    void saysSoWhereThereIsNoBroker() {
        assertEquals(1, run("--url", "taffrail://127.0.0.1:1"));

        assertTrue(err.toString().startsWith("doctor: "), err.toString());
    }
}
