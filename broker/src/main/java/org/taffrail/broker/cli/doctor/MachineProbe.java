// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the machine for {@link Machine}: what it can't find out it leaves open. */
public final class MachineProbe {
    private static final int FORCES = 9;
    private static final int FORCE_BYTES = 4096;
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d+)");
    private static final Pattern HEAP = Pattern.compile("(?<=^|\\s|\\u0000)-Xmx(\\d+)([kKmMgG]?)");

    private final BrokerConfig config;
    private final Path processes;

    /**
     * Makes one.
     *
     * @param config what the broker is told
     */
    public MachineProbe(BrokerConfig config) {
        this(config, Path.of("/proc"));
    }

    MachineProbe(BrokerConfig config, Path processes) {
        this.config = config;
        this.processes = processes;
    }

    /**
     * Looks. Writes a small file beside the data folder, where that is allowed and on the same
     * disk, to see how long it takes, and deletes it.
     *
     * @param process the broker's process, or 0 where none runs: then what holds for this one
     * @param javaOptions what a JVM of the broker will be told, or null
     * @return what was found
     * @throws IOException if the data folder can't be looked at
     */
    public Machine look(long process, String javaOptions) throws IOException {
        String data = config.get(BrokerKeys.DATA);
        Path folder = data == null ? null : existing(Path.of(data).toAbsolutePath().normalize());
        FileStore disk = folder == null ? null : Files.getFileStore(folder);
        return new Machine(
                data,
                disk == null ? "" : disk.type(),
                disk == null ? 0 : disk.getUsableSpace(),
                disk == null ? 0 : disk.getTotalSpace(),
                disk == null ? 0 : forceUs(folder, disk),
                filesMax(process),
                heapBytes(process, javaOptions));
    }

    /** The folder, or the first above it that is there. */
    private static Path existing(Path folder) {
        Path there = folder;
        while (!Files.isDirectory(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static long forceUs(Path folder, FileStore disk) throws IOException {
        Path beside = folder.getParent();
        if (beside == null
                || !Files.isWritable(beside)
                || !Files.getFileStore(beside).equals(disk)) {
            return 0;
        }
        Path file = Files.createTempFile(beside, "taffrail-doctor-", ".tmp");
        long[] forcesUs = new long[FORCES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(FORCE_BYTES);
            for (int i = 0; i < FORCES; i++) {
                long begunNs = System.nanoTime();
                channel.write(bytes.rewind(), 0);
                channel.force(false);
                forcesUs[i] = (System.nanoTime() - begunNs) / 1000;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(forcesUs);
        return forcesUs[FORCES / 2];
    }

    private String read(long process, String name) throws IOException {
        Path file = processes.resolve(process == 0 ? "self" : Long.toString(process)).resolve(name);
        return Files.isReadable(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    private long filesMax(long process) throws IOException {
        Matcher found = OPEN_FILES.matcher(read(process, "limits"));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** The last -Xmx counts; without one a JVM takes a quarter of what the machine has. */
    private long heapBytes(long process, String javaOptions) throws IOException {
        String told =
                process == 0 ? (javaOptions == null ? "" : javaOptions) : read(process, "cmdline");
        Matcher heap = HEAP.matcher(told);
        long bytes = 0;
        while (heap.find()) {
            bytes = Long.parseLong(heap.group(1)) << shift(heap.group(2));
        }
        if (bytes == 0 && !told.contains("-XX:MaxRAMPercentage")) {
            Matcher memory = Pattern.compile("(?m)^MemTotal: +(\\d+) kB").matcher(memory());
            bytes = memory.find() ? Long.parseLong(memory.group(1)) * 1024 / 4 : 0;
        }
        return bytes;
    }

    private String memory() throws IOException {
        Path file = processes.resolve("meminfo");
        return Files.isReadable(file) ? Files.readString(file) : "";
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            case "g", "G" -> 30;
            default -> 0;
        };
    }
}
