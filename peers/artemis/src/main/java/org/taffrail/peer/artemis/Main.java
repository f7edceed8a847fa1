// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.artemis;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.io.aio.AIOSequentialFileFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Runs an Artemis broker until its standard input ends, so that it can't outlive the process that
 * started it.
 *
 * <p>It is set up as {@code artemis create} would, where that matters for speed: journal files, a
 * buffer timeout measured on this disk, ASYNCIO where libaio is to be had and NIO otherwise. The
 * durability is what it is asked for:
 *
 * <ul>
 *   <li>{@code force}: {@code journalSyncTransactional}, {@code journalSyncNonTransactional} and
 *       {@code journalDatasync} are true, as they are by default: an answer waits for {@code
 *       fdatasync}.
 *   <li>{@code page-cache}: the sync flags stay true and {@code journalDatasync} is false: an
 *       answer waits for the write and no force. With the sync flags off it would not even wait for
 *       the write, and a killed process would lose what it has acknowledged. NIO, because ASYNCIO
 *       bypasses the page cache.
 * </ul>
 *
 * <p>Dead letters go to {@value #DEAD_LETTERS} and what has expired to {@value #EXPIRED}, as {@code
 * artemis create} has it. Without a file of users there is no security.
 */
public final class Main {
    private static final String ACCEPTOR = "peer";
    private static final String DEAD_LETTERS = "DLQ";
    private static final String EXPIRED = "ExpiryQueue";
    private static final int JOURNAL_FILE_BYTES = 10 * 1024 * 1024;
    private static final int JOURNAL_FILES_MIN = 2;
    private static final int JOURNAL_POOL_FILES = 10;
    private static final int ASYNC_WRITES_MAX = 4096;

    private Main() {}

    /**
     * Starts the broker on the loopback interface, prints one line with the address and the
     * settings, and stops when standard input ends.
     *
     * @param arguments the data folder; {@code force} or {@code page-cache}; then, if wanted, the
     *     port, where 0 is any free one, and a properties file of users and their passwords
     * @throws IOException if the folder can't be written to
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2
                || arguments.length > 4
                || !arguments[1].matches("force|page-cache")) {
            System.err.println("usage: DATA_FOLDER force|page-cache [PORT [USERS_FILE]]");
            System.exit(2);
        }
        Path data = Files.createDirectories(Path.of(arguments[0]));
        boolean force = arguments[1].equals("force");
        int port = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        Path users = arguments.length > 3 ? Path.of(arguments[3]) : null;
        boolean async = force && AIOSequentialFileFactory.isSupported(data.toFile());
        int bufferTimeoutNs = JournalTiming.of(data, force);
        try {
            Configuration configuration = configuration(data, force, async, bufferTimeoutNs);
            configuration.addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:" + port);
            ActiveMQServer server =
                    users == null
                            ? ActiveMQServers.newActiveMQServer(configuration, null, true)
                            : ActiveMQServers.newActiveMQServer(
                                    configuration, null, Guests.admit(configuration, users), true);
            server.start();
            System.out.println(announcement(server, force, async, bufferTimeoutNs));
            awaitEndOfInput();
            server.stop();
        } catch (Exception e) { // what ActiveMQServer declares
            System.err.println("Artemis failed: " + e);
            System.exit(1);
        }
        System.exit(0);
    }

    private static String announcement(
            ActiveMQServer server, boolean force, boolean async, int bufferTimeoutNs) {
        int port =
                ((NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR)).getActualPort();
        return String.format(
                Locale.ROOT,
                "Artemis %s serves at tcp://127.0.0.1:%d with journalType=%s"
                        + " journalSyncTransactional=true journalSyncNonTransactional=true"
                        + " journalDatasync=%s journalBufferTimeout=%dus",
                server.getVersion().getFullVersion(),
                port,
                async ? "ASYNCIO" : "NIO",
                force,
                bufferTimeoutNs / 1000);
    }

    private static Configuration configuration(
            Path data, boolean force, boolean async, int bufferTimeoutNs) throws Exception {
        Configuration configuration =
                new ConfigurationImpl()
                        .setName(ACCEPTOR)
                        .setSecurityEnabled(false)
                        .setJMXManagementEnabled(false)
                        .setPersistenceEnabled(true)
                        .setJournalDirectory(data.resolve("journal").toString())
                        .setBindingsDirectory(data.resolve("bindings").toString())
                        .setPagingDirectory(data.resolve("paging").toString())
                        .setLargeMessagesDirectory(data.resolve("large-messages").toString())
                        .setJournalType(async ? JournalType.ASYNCIO : JournalType.NIO)
                        .setJournalSyncTransactional(true)
                        .setJournalSyncNonTransactional(true)
                        .setJournalDatasync(force)
                        .setJournalFileSize(JOURNAL_FILE_BYTES)
                        .setJournalMinFiles(JOURNAL_FILES_MIN)
                        .setJournalPoolFiles(JOURNAL_POOL_FILES)
                        .setJournalMaxIO_AIO(ASYNC_WRITES_MAX)
                        .setJournalBufferTimeout_AIO(bufferTimeoutNs)
                        .setJournalBufferTimeout_NIO(bufferTimeoutNs);
        AddressSettings settings = new AddressSettings();
        settings.setAutoDeleteQueues(false);
        settings.setAutoDeleteAddresses(false);
        settings.setDeadLetterAddress(SimpleString.of(DEAD_LETTERS));
        settings.setExpiryAddress(SimpleString.of(EXPIRED));
        configuration.addAddressSetting("#", settings);
        addQueue(configuration, DEAD_LETTERS);
        addQueue(configuration, EXPIRED);
        return configuration;
    }

    private static void addQueue(Configuration configuration, String name) {
        configuration.addAddressConfiguration(
                new CoreAddressConfiguration()
                        .setName(name)
                        .addRoutingType(RoutingType.ANYCAST)
                        .addQueueConfiguration(
                                QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST)));
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is ever said; only the end counts
        }
    }
}
