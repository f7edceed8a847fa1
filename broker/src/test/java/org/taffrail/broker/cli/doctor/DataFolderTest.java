// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.cli.BrokerProcess;
import org.taffrail.broker.cli.doctor.Finding.Weight;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class DataFolderTest {
    @TempDir private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private List<Finding> findings() throws IOException {
        return new DataFolder(data()).findings(System.currentTimeMillis());
    }

    private Finding only() throws IOException {
        List<Finding> findings = findings();
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    private Broker start() throws StoreException, IOException {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "data", data().toString(),
                                        "port", "0",
                                        "durability", "page-cache",
                                        "journal.segmentBytes", "32MiB"));
        Broker broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        return broker;
    }

    @Test
    void findsNothingInANewFolderAndInOneThatWasLeftInOrder() throws StoreException, IOException {
        Files.createDirectory(data());
        assertEquals(List.of(), findings());
        start().close();

        assertEquals(List.of(), findings());
    }

    @Test
    void namesTheProcessThatRunsOnIt() throws StoreException, IOException {
        try (Broker broker = start()) {
            DataFolder running = new DataFolder(data());

            assertEquals(List.of(), running.findings(System.currentTimeMillis()));
            assertEquals(ProcessHandle.current().pid(), running.process(), broker.address());
        }
    }

    @Test
    void notesABrokerThatWasKilled() throws Exception {
        try (BrokerProcess broker =
                BrokerProcess.start(folder, "broker", "--data", data().toString(), "--port", "0")) {
            WireClient client = SocketChannel.connect(broker.port()).open();
            client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "one");
            broker.kill();
            broker.awaitExit();
        }

        Finding found = only();
        assertEquals(Weight.NOTE, found.weight());
        assertTrue(found.what().contains("was killed"), found.what());
    }

    @Test
    void findsDamage() throws StoreException, IOException {
        start().close();
        Path manifest;
        try (Stream<Path> files = Files.list(data())) {
            manifest =
                    files.filter(file -> file.getFileName().toString().startsWith("manifest"))
                            .findFirst()
                            .orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(manifest, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}), 20);
        }

        Finding found = only();
        assertEquals(Weight.SEVERE, found.weight());
        assertTrue(found.what().contains(manifest.toString()), found.what());
    }

    @Test
    void findsFilesFromTheFuture() throws StoreException, IOException {
        start().close();
        Files.setLastModifiedTime(
                data().resolve("epoch"),
                FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));

        assertEquals("epoch was written later than now", only().what());
    }

    @Test
    void findsFilesOfAnotherOwner() throws StoreException, IOException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "not root");
        start().close();
        UserPrincipal nobody =
                folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName("nobody");
        Files.setOwner(data().resolve("epoch"), nobody);

        assertTrue(only().what().endsWith("is owned by root, epoch in it is not"), only().what());
    }
}
