// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.cli.doctor.Finding.Weight;
import org.taffrail.broker.config.BrokerConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class MachineTest {
    private static final long GIB = 1 << 30;
    private static final BrokerConfig DEFAULTS = BrokerConfig.defaults();
    private static final Machine WELL =
            new Machine("/data", "ext4", 50 * GIB, 100 * GIB, 130, 65_536, 2 * GIB);

    @TempDir private Path folder;

    private static Finding only(Machine machine) {
        List<Finding> findings = machine.findings(DEFAULTS, GIB);
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    @Test
    void findsNothingOnAMachineThatIsWell() {
        assertEquals(List.of(), WELL.findings(DEFAULTS, GIB));
    }

    @Test
    void findsAFolderInMemoryAndOneOnANetwork() {
        Finding memory = only(new Machine("/d", "tmpfs", 9 * GIB, 9 * GIB, 1, 65_536, GIB));
        Finding network = only(new Machine("/d", "nfs4", 9 * GIB, 9 * GIB, 1, 65_536, GIB));

        assertEquals(Weight.SEVERE, memory.weight());
        assertEquals("/d is in memory (tmpfs)", memory.what());
        assertEquals(Weight.WARNING, network.weight());
        assertEquals("/d is on a network file system (nfs4)", network.what());
    }

    @Test
    void findsADiskWithoutRoom() {
        Finding soon = only(new Machine("/d", "xfs", GIB + GIB / 2, 9 * GIB, 1, 65_536, GIB));
        Finding now = only(new Machine("/d", "xfs", GIB - 1, 9 * GIB, 1, 65_536, GIB));

        assertEquals(Weight.WARNING, soon.weight());
        assertEquals("1536MiB are free for /d, the reserve is 1GiB", soon.what());
        assertEquals(Weight.SEVERE, now.weight());
    }

    @Test
    void findsASlowForceUnlessNobodyWaitsForIt() {
        Machine slow = new Machine("/d", "xfs", 9 * GIB, 9 * GIB, 42_000, 65_536, GIB);

        assertEquals("a force of 4 KiB in /d takes 42 ms", only(slow).what());
        assertEquals(
                List.of(), slow.findings(DEFAULTS.with(Map.of("durability", "page-cache")), GIB));
    }

    @Test
    void findsTooFewFilesForTheConnectionsAllowed() {
        Machine few = new Machine(null, "", 0, 0, 0, 1024, GIB);

        assertTrue(only(few).what().contains("may open 1024 files, connections.max=10000"));
        assertEquals(List.of(), few.findings(DEFAULTS.with(Map.of("connections.max", "500")), GIB));
    }

    @Test
    void findsAHeapThatIsTooSmall() {
        Finding found = only(new Machine(null, "", 0, 0, 0, 65_536, 128 << 20));

        assertEquals(
                "the heap may have 128 MiB, memory.recentBytes=64MiB and the rest need 192 MiB",
                found.what());
    }

    @Test
    void theProbeReadsWhatAProcessMayAndWhatItWasTold() throws IOException {
        Path process = Files.createDirectories(folder.resolve("4711"));
        Files.writeString(
                process.resolve("limits"),
                "Limit        Soft Limit   Hard Limit  Units\n"
                        + "Max open files            2048                 4096        files\n");
        Files.writeString(process.resolve("cmdline"), "java\0-Xms64m\0-Xmx1g\0-Xmx300m\0Main\0");
        Files.writeString(folder.resolve("meminfo"), "MemTotal:        8000 kB\n");
        BrokerConfig config =
                DEFAULTS.with(Map.of("data", folder.resolve("data/not/yet").toString()));
        MachineProbe probe = new MachineProbe(config, folder);

        Machine running = probe.look(4711, "-Xmx7g");
        Machine none = probe.look(0, null);
        Machine told = probe.look(0, "-Xmx7g");

        assertEquals(2048, running.filesMax());
        assertEquals(300L << 20, running.heapBytes());
        assertEquals(2_048_000, none.heapBytes());
        assertEquals(7 * GIB, told.heapBytes());
        assertTrue(running.totalBytes() > 0);
        assertTrue(running.forceUs() > 0);
        try (Stream<Path> left = Files.list(folder.getParent())) {
            assertEquals(0, left.filter(file -> file.toString().contains("doctor-")).count());
        }
    }
}
