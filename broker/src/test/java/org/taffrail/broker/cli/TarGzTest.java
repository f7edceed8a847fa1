// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class TarGzTest {
    @TempDir private Path folder;

    private Path packed() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.write(source.resolve("empty"), new byte[0]);
        Files.write(source.resolve("block"), new byte[512]);
        Files.writeString(source.resolve("segment-000000000001.journal"), "some text");
        Path file = folder.resolve("x.tar.gz");
        TarGz.pack(source, "monday", file);
        return file;
    }

    private Path target() throws IOException {
        return Files.createDirectory(folder.resolve("target"));
    }

    private static String tar(String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/tar")), "no tar here");
        String[] command = new String[arguments.length + 1];
        command[0] = "/bin/tar";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @Test
    void unpacksWhatItHasPacked() throws IOException {
        Path target = target();

        TarGz.unpack(packed(), target);

        assertEquals(0, Files.size(target.resolve("empty")));
        assertArrayEquals(new byte[512], Files.readAllBytes(target.resolve("block")));
        assertEquals("some text", Files.readString(target.resolve("segment-000000000001.journal")));
    }

    @Test
    void tarUnderstandsItAndTheOtherWayRound() throws IOException, InterruptedException {
        Path file = packed();
        assertTrue(tar("-tzf", file.toString()).contains("monday/segment-000000000001.journal"));
        tar("-xzf", file.toString(), "-C", folder.toString());
        Path theirs = folder.resolve("theirs.tar.gz");
        tar("-czf", theirs.toString(), "-C", folder.toString(), "monday");
        Path target = target();

        TarGz.unpack(theirs, target);

        assertEquals(512, Files.size(target.resolve("block")));
    }

    @Test
    void refusesNamesThatLeadElsewhere() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("evil"), "evil");
        Files.createDirectories(folder.resolve("a/b"));
        Path file = folder.resolve("evil.tar.gz");
        tar("-czPf", file.toString(), "-C", folder.resolve("a/b").toString(), "../../evil");
        Path target = target();

        IOException refused = assertThrows(IOException.class, () -> TarGz.unpack(file, target));

        assertTrue(refused.getMessage().contains("no file of a backup"), refused.getMessage());
        assertFalse(Files.exists(target.resolve("evil")));
    }
}
