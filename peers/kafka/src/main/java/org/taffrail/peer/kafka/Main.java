// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.AppInfoParser;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * Runs a Kafka node until its standard input ends, so that it can't outlive the process that
 * started it. It is broker and controller (KRaft), alone, on the loopback interface.
 *
 * <p>It has Kafka's defaults, where one node lets it: what Kafka keeps of groups and transactions
 * has one copy and few partitions, and a group does not wait for further members when it begins.
 * Messages may be as large as the suite sends them. The durability is what it is asked for:
 *
 * <ul>
 *   <li>{@code force}: {@code log.flush.interval.messages=1}: every batch is forced before it is
 *       acknowledged, in each of its logs.
 *   <li>{@code page-cache}: its default: a batch is written and left to the system. A cluster rests
 *       on copies for the rest; one node does not survive the loss of power.
 * </ul>
 */
public final class Main {
    /** The same at every start: a folder belongs to a cluster. */
    private static final String CLUSTER = new Uuid(0x5461666672616964L, 1).toString();

    private static final int MESSAGE_BYTES_MAX = 80 * 1024 * 1024;

    private Main() {}

    /**
     * Formats the folder if it is new, starts the node, prints one line with the address and the
     * settings, and stops when standard input ends.
     *
     * @param arguments the data folder; {@code force} or {@code page-cache}; then, if wanted, the
     *     port, where 0 is any free one
     * @throws IOException if the folder can't be written to
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2
                || arguments.length > 3
                || !arguments[1].matches("force|page-cache")) {
            System.err.println("usage: DATA_FOLDER force|page-cache [PORT]");
            System.exit(2);
        }
        Path data = Files.createDirectories(Path.of(arguments[0]));
        boolean force = arguments[1].equals("force");
        int port = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        if (port == 0) {
            port = freePort();
        }
        Properties settings = settings(data, force, port, freePort());
        try {
            format(data, settings);
            KafkaRaftServer server =
                    new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            System.out.printf(
                    Locale.ROOT,
                    "Kafka %s serves at tcp://127.0.0.1:%d with log.flush.interval.messages=%s%n",
                    AppInfoParser.getVersion(),
                    port,
                    force ? "1" : "unset");
            awaitEndOfInput();
            server.shutdown();
            server.awaitShutdown();
        } catch (RuntimeException e) {
            System.err.println("Kafka failed: " + e);
            System.exit(1);
        }
        System.exit(0);
    }

    /**
     * A port that was free a moment ago: voters and listeners name theirs before they are opened.
     */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Properties settings(Path data, boolean force, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.setProperty("log.dirs", data.resolve("logs").toString());
        settings.setProperty("message.max.bytes", Integer.toString(MESSAGE_BYTES_MAX));
        settings.setProperty("socket.request.max.bytes", Integer.toString(2 * MESSAGE_BYTES_MAX));
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        for (String internal : new String[] {"offsets.topic", "transaction.state.log"}) {
            settings.setProperty(internal + ".replication.factor", "1");
            settings.setProperty(internal + ".num.partitions", "4");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        if (force) {
            settings.setProperty("log.flush.interval.messages", "1");
        }
        return settings;
    }

    /** As {@code kafka-storage.sh format} does; a folder that is formatted stays as it is. */
    private static void format(Path data, Properties settings) throws IOException {
        Path file = data.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        String[] command = {
            "format", "--cluster-id", CLUSTER, "--config", file.toString(), "--ignore-formatted"
        };
        int exitCode = StorageTool.execute(command, System.err);
        if (exitCode != 0) {
            throw new IOException("Kafka's storage tool ended with " + exitCode);
        }
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is ever said; only the end counts
        }
    }
}
