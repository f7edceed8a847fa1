// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.DestinationKind;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

class BrokerCommandTest {
    @TempDir private Path folder;

    private String refused(int status, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine(new PasswordEntry(null, InputStream.nullInputStream()))
                        .setErr(new PrintWriter(err, true));
        assertEquals(status, commandLine.execute(arguments), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        return err.toString().strip();
    }

    @Test
    void saysWhereItServesAndStopsOnSigterm() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder, "broker", "--port", "0")) {
            int port = broker.port();
            WireClient client = SocketChannel.connect(port).open();
            client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "hello");

            broker.terminate();

            client.hearClosing(ErrorCode.STOPPING);
            assertEquals(143, broker.awaitExit());
            assertNull(broker.line());
            assertTrue(broker.log().contains("event=broker_stopped stage=STOPPED"), broker.log());
            assertFalse(broker.log().contains("ERROR"), broker.log());
        }
    }

    @Test
    void keepsWhatWasConfirmedWhenItIsStoppedAndWhenItIsKilled() throws Exception {
        String data = folder.resolve("data").toString();
        String[] command = {"broker", "--data", data, "--port", "0", "--durability", "page-cache"};
        try (BrokerProcess broker = BrokerProcess.start(folder, command)) {
            WireClient client = SocketChannel.connect(broker.port()).open();
            client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "one");
            broker.terminate();
            assertEquals(143, broker.awaitExit());
        }
        try (BrokerProcess broker = BrokerProcess.start(folder, command)) {
            WireClient client = SocketChannel.connect(broker.port()).open();
            client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "two");
            broker.kill();
            assertEquals(137, broker.awaitExit());
        }
        try (BrokerProcess broker = BrokerProcess.start(folder, command)) {
            WireClient client = SocketChannel.connect(broker.port()).open();
            client.attach(1, DestinationKind.QUEUE, "q");
            client.credit(1, 10);
            client.hearDelivery("one");
            client.hearDelivery("two");
            assertEquals(3, client.welcome().incarnation());
        }
    }

    @Test
    void refusesAFolderThatAnotherBrokerHolds() throws Exception {
        String data = folder.resolve("data").toString();
        try (BrokerProcess first =
                BrokerProcess.start(folder, "broker", "--data", data, "--port", "0")) {
            String greeting = first.line();
            assertTrue(
                    greeting.matches(
                            "taffrail broker serves taffrail://127\\.0\\.0\\.1:\\d+ \\(data "
                                    + Pattern.quote(data)
                                    + ", durability force\\)"),
                    greeting);

            String message = refused(1, "broker", "--data", data, "--port", "0");

            assertEquals(
                    "taffrail broker: " + data + " is held by process " + first.pid(), message);
        }
    }

    @Test
    void readsAFileAndLetsTheCommandLineCountMore() throws Exception {
        Path file = folder.resolve("broker.properties");
        Files.writeString(file, "port=1\nproducers.windowMessages=5\nconnections.max=3\n");
        try (BrokerProcess broker =
                BrokerProcess.start(
                        folder,
                        "broker",
                        "--config",
                        file.toString(),
                        "--port=0",
                        "--set",
                        "producers.windowMessages=7")) {
            WireClient client = SocketChannel.connect(broker.port()).open();

            assertEquals(7, client.welcome().windowMessages());
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (BrokerProcess first = BrokerProcess.start(folder, "broker", "--port", "0")) {
            String port = String.valueOf(first.port());

            String message = refused(1, "broker", "--port", port);

            assertTrue(message.contains("127.0.0.1:" + port), message);
        }
    }

    @Test
    void namesTheNearestOption() {
        assertEquals(
                "taffrail broker: unknown option \"--prot\"; did you mean \"--port\"?",
                refused(2, "broker", "--prot", "1"));
        assertEquals(
                "taffrail: unknown argument \"brokr\"; did you mean \"broker\"?",
                refused(2, "brokr"));
        assertEquals(
                "taffrail broker: unknown option \"prot\"; did you mean \"port\"?",
                refused(2, "broker", "--set", "prot=1"));
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        assertEquals(
                "taffrail broker: port=70000 is not allowed; allowed: 0 to 65535",
                refused(2, "broker", "--port", "70000"));
    }

    @Test
    void refusesAKeyThatIsGivenTwice() {
        assertEquals(
                "taffrail broker: port is given twice: as --port and with --set",
                refused(2, "broker", "--port", "1", "--set", "port=2"));
        assertEquals(
                "taffrail broker: port is given twice: each time with --set",
                refused(2, "broker", "--set", "port=1", "--set", "port=2"));
    }

    @Test
    void saysHowASettingIsWritten() {
        assertEquals(
                "taffrail broker: --set port: write --set KEY=VALUE",
                refused(2, "broker", "--set", "port"));
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path missing = folder.resolve("missing.properties");

        assertEquals(
                "taffrail broker: there is no file " + missing,
                refused(2, "broker", "--config", missing.toString()));
    }

    @Test
    void refusesAnUnknownKeyInAFile() throws IOException {
        Path file = folder.resolve("broker.properties");
        Files.writeString(file, "jurnal.segmentBytes=64MiB\n");

        assertEquals(
                "taffrail broker: "
                        + file
                        + ":1: unknown option \"jurnal.segmentBytes\"; did you mean"
                        + " \"journal.segmentBytes\"?",
                refused(2, "broker", "--config", file.toString()));
    }
}
