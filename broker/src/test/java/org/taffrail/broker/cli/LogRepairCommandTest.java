// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From a damaged folder of a real broker, with commands alone, to one that serves again. */
class LogRepairCommandTest {
    private static final String SEGMENT = "segment-000000000001.journal";

    @TempDir private Path temporary;
    private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine(new PasswordEntry(null, InputStream.nullInputStream()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Broker broker(Path folder) throws StoreException, IOException {
        BrokerConfig config =
                BrokerConfig.defaults().with(Map.of("port", "0", "data", folder.toString()));
        Broker broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        return broker;
    }

    @BeforeEach
    void sendThreeMessages() throws StoreException, IOException {
        data = temporary.resolve("data");
        Broker broker = broker(data);
        try {
            WireClient client = SocketChannel.connect(broker.port()).open();
            long partition = client.resolve(DestinationKind.QUEUE, "orders");
            for (String text : List.of("first", "second", "third")) {
                client.sendConfirmed(partition, text);
            }
        } finally {
            broker.stop();
        }
    }

    /** Damages the batch that holds a text. */
    private void damage(String text) throws IOException {
        byte[] bytes = Files.readAllBytes(data.resolve(SEGMENT));
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[all.indexOf(text)] ^= 1;
        Files.write(data.resolve(SEGMENT), bytes);
    }

    @Test
    void savesWhatStandsBeforeAndBehindTheDamage() throws IOException, StoreException {
        damage("second");
        byte[] before = Files.readAllBytes(data.resolve(SEGMENT));
        String target = temporary.resolve("new").toString();
        assertEquals(Main.FAILED, run("log", "verify", data.toString()));

        assertEquals(0, run("log", "repair", data.toString(), "--out", target), err.toString());

        List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.get(0).startsWith("left out " + data.resolve(SEGMENT) + ':'), lines.get(0));
        assertTrue(lines.get(0).matches(".*: batch \\d+ is missing or not whole"), lines.get(0));
        assertEquals("lost queue \"orders\": 1 messages", lines.get(1));
        assertTrue(lines.get(2).startsWith("repaired: " + target + " has "), lines.get(2));
        assertTrue(lines.get(2).endsWith("known to be lost are 1 messages"), lines.get(2));
        assertArrayEquals(before, Files.readAllBytes(data.resolve(SEGMENT)));
        assertEquals(0, run("log", "verify", target), out.toString());
        Broker broker = broker(Path.of(target));
        try {
            WireClient client = SocketChannel.connect(broker.port()).open();
            client.attach(1, DestinationKind.QUEUE, "orders");
            client.credit(1, 10);
            BrokerFrame.Deliver first = client.hearDelivery("first");
            BrokerFrame.Deliver third = client.hearDelivery("third");
            assertEquals(first.offset() + 2, third.offset());
        } finally {
            broker.stop();
        }
    }

    @Test
    void refusesTheFolderOfARunningBrokerAndReadsThatOfOneThatWasKilled() throws Exception {
        String[] command = {"broker", "--data", data.toString(), "--port", "0"};
        try (BrokerProcess running = BrokerProcess.start(temporary, command)) {
            WireClient client = SocketChannel.connect(running.port()).open();
            client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "orders"), "fourth");

            assertEquals(Main.FAILED, run("log", "verify", data.toString()));
            assertTrue(err.toString().contains("held by process " + running.pid()), err.toString());

            running.kill();
            running.awaitExit();
        }
        assertEquals(0, run("log", "verify", data.toString()), out.toString());
        assertEquals(0, run("log", "dump", data.toString(), "--bodies"), err.toString());
        assertTrue(out.toString().contains("content=\"fourth\""), out.toString());
    }

    @Test
    void refusesFoldersThatItMustNotWriteTo() {
        String inside = data.resolve("new").toString();

        assertEquals(Main.WRONG_USAGE, run("log", "repair", data.toString(), "--out", inside));
        assertTrue(err.toString().contains("must stay as it is"), err.toString());
        assertEquals(Main.WRONG_USAGE, run("log", "repair", data.toString()));
        String other = temporary.resolve("other").toString();
        assertEquals(0, run("log", "repair", data.toString(), "--out", other));
        assertEquals(Main.FAILED, run("log", "repair", data.toString(), "--out", other));
        assertTrue(err.toString().contains("name a new folder"), err.toString());
    }
}
