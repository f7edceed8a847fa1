// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.taffrail.broker.cli.doctor.Finding.Weight.SEVERE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.WARNING;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges the machine that a broker runs on, or is to run on.
 *
 * @param folder the data folder
 * @param fileSystem the kind of its file system, such as {@code ext4}
 * @param freeBytes how much may still be written there
 * @param totalBytes how large it is
 * @param forceUs how long a force of 4 KiB takes there in the median, us; 0 if that was not
 *     measured
 * @param filesMax how many files a process may have open; 0 if not known
 * @param heapBytes how large the broker's heap may get; 0 if not known
 */
public record Machine(
        String folder,
        String fileSystem,
        long freeBytes,
        long totalBytes,
        long forceUs,
        long filesMax,
        long heapBytes) {
    private static final long SLOW_FORCE_US = 20_000;

    /** What the store has open, and what a JVM has. */
    private static final long FILES_BESIDE = 500;

    /** What a heap holds beside recent messages, see docs/operations.md on sizing. */
    private static final long HEAP_BESIDE_BYTES = 96L << 20;

    private static final List<String> OF_A_NETWORK =
            List.of("nfs", "cifs", "smb", "smb2", "smb3", "fuse.sshfs", "9p");

    /**
     * Judges.
     *
     * @param config what the broker is told
     * @param reserveBytes how many bytes it keeps free
     * @return in the order in which it was found
     */
    public List<Finding> findings(BrokerConfig config, long reserveBytes) {
        List<Finding> findings = new ArrayList<>();
        if (folder != null) {
            lookAtFileSystem(findings);
            lookAtRoom(findings, reserveBytes);
            if (forceUs > SLOW_FORCE_US && config.get(BrokerKeys.DURABILITY).equals("force")) {
                findings.add(
                        new Finding(
                                WARNING,
                                "a force of 4 KiB in "
                                        + folder
                                        + " takes "
                                        + forceUs / 1000
                                        + " ms",
                                "each send, commit and acknowledgement that is confirmed waits for"
                                        + " one",
                                "a disk of its own, best one with a protected cache; see"
                                        + " \"Choosing the durability\" in docs/operations.md"));
            }
        }
        lookAtFiles(findings, config);
        lookAtHeap(findings, config);
        return findings;
    }

    private void lookAtFileSystem(List<Finding> findings) {
        String kind = fileSystem.toLowerCase(Locale.ROOT);
        if (kind.equals("tmpfs") || kind.equals("ramfs")) {
            findings.add(
                    new Finding(
                            SEVERE,
                            folder + " is in memory (" + kind + ")",
                            "everything in it is gone with the next start of the system",
                            "put data on a disk"));
        } else if (OF_A_NETWORK.stream().anyMatch(kind::startsWith)) {
            findings.add(
                    new Finding(
                            WARNING,
                            folder + " is on a network file system (" + kind + ")",
                            "its locks must hold as long as their owner lives, and its forces must"
                                    + " reach a disk, or two brokers may write and what was"
                                    + " confirmed may be lost",
                            "a local disk; if it must be shared for a standby, NFS version 4, tried"
                                    + " as docs/operations.md says"));
        }
    }

    private void lookAtRoom(List<Finding> findings, long reserveBytes) {
        String numbers =
                BrokerKeys.DISK_BYTES_MAX.show(freeBytes >> 20 << 20)
                        + " are free for "
                        + folder
                        + ", the reserve is "
                        + BrokerKeys.RESERVE_BYTES.show(reserveBytes >> 20 << 20);
        String cure =
                "consume or let expire what waits, enlarge the disk, or find out who else uses it:"
                        + " \"When the disk fills up\" in docs/operations.md";
        if (freeBytes < reserveBytes) {
            findings.add(
                    new Finding(
                            SEVERE, numbers, "sends wait or are refused (disk.whenFull)", cure));
        } else if (freeBytes < 2 * reserveBytes) {
            findings.add(
                    new Finding(
                            WARNING,
                            numbers,
                            "history goes first; then sends wait or are refused",
                            cure));
        }
    }

    private void lookAtFiles(List<Finding> findings, BrokerConfig config) {
        long needed = config.get(BrokerKeys.CONNECTIONS_MAX) + FILES_BESIDE;
        if (filesMax > 0 && filesMax < needed) {
            findings.add(
                    new Finding(
                            WARNING,
                            "the process may open "
                                    + filesMax
                                    + " files, connections.max="
                                    + config.get(BrokerKeys.CONNECTIONS_MAX)
                                    + " and the store need "
                                    + needed,
                            "connections are refused by the system before the broker's own limit"
                                    + " says so, and the store can't open its files",
                            "ulimit -n "
                                    + needed
                                    + ", LimitNOFILE in the systemd unit, or a lower"
                                    + " connections.max"));
        }
    }

    private void lookAtHeap(List<Finding> findings, BrokerConfig config) {
        long recent = config.get(BrokerKeys.RECENT_BYTES);
        long needed = recent + recent / 2 + HEAP_BESIDE_BYTES;
        if (heapBytes > 0 && heapBytes < needed) {
            findings.add(
                    new Finding(
                            WARNING,
                            "the heap may have "
                                    + (heapBytes >> 20)
                                    + " MiB, memory.recentBytes="
                                    + BrokerKeys.RECENT_BYTES.show(recent)
                                    + " and the rest need "
                                    + (needed >> 20)
                                    + " MiB",
                            "the broker runs out of memory when much is sent",
                            "TAFFRAIL_JAVA_OPTS=-Xmx"
                                    + (needed >> 20)
                                    + "m or more, or less memory.recentBytes; see \"Sizing\" in"
                                    + " docs/operations.md"));
        }
    }
}
