// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.artemis;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The server's process: runs an Artemis broker on a data folder until its standard input ends, so
 * that it never outlives the process that started it.
 *
 * <p>Persistent messages are forced to disk before they are acknowledged, in a journal on NIO, as
 * in a server made by {@code artemis create}. There is no security; destinations are made on first
 * use and stay; after ten deliveries a message goes to the queue {@value #DEAD_LETTERS}.
 */
public final class ArtemisServer {
    /** The queue for messages that were delivered too often. */
    public static final String DEAD_LETTERS = "DLQ";

    /** How often a message is delivered before it goes to {@link #DEAD_LETTERS}. */
    public static final int DELIVERIES_MAX = 10;

    /** What the line with the server's URL starts with. */
    static final String READY = "ARTEMIS ";

    /**
     * How long the journal gathers before it forces. Artemis's default for NIO is 3.3 ms, which
     * nobody runs: {@code artemis create} measures the disk and writes a value of this order.
     */
    private static final int JOURNAL_BUFFER_TIMEOUT_NS = 50_000;

    private static final String ACCEPTOR = "tcp";

    private ArtemisServer() {}

    /**
     * Starts a server, prints {@code ARTEMIS URL} when it serves and stops it when standard input
     * ends. If it cannot start, standard output is closed without that line.
     *
     * @param args the data folder and the port, where 0 is any free one
     */
    public static void main(String[] args) {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        try {
            server.setConfiguration(configuration(Path.of(args[0]), Integer.parseInt(args[1])));
            server.start();
            System.out.println(READY + "tcp://127.0.0.1:" + port(server));
            waitForEndOfInput();
            server.stop();
        } catch (Exception e) { // what Artemis declares
            e.printStackTrace();
            System.out.close();
        }
    }

    private static Configuration configuration(Path dir, int port)
            throws Exception { // as it declares
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(true);
        configuration.setJournalType(JournalType.NIO);
        configuration.setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NS);
        configuration.setJournalDirectory(dir.resolve("journal").toString());
        configuration.setBindingsDirectory(dir.resolve("bindings").toString());
        configuration.setLargeMessagesDirectory(dir.resolve("large").toString());
        configuration.setPagingDirectory(dir.resolve("paging").toString());
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.addAcceptorConfiguration(ACCEPTOR, "tcp://127.0.0.1:" + port);
        configuration.addAddressConfiguration(
                new CoreAddressConfiguration()
                        .setName(DEAD_LETTERS)
                        .addRoutingType(RoutingType.ANYCAST)
                        .addQueueConfiguration(
                                QueueConfiguration.of(DEAD_LETTERS)
                                        .setRoutingType(RoutingType.ANYCAST)));
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                        .setMaxDeliveryAttempts(DELIVERIES_MAX)
                        .setAutoCreateAddresses(true)
                        .setAutoCreateQueues(true)
                        .setAutoDeleteAddresses(false)
                        .setAutoDeleteQueues(false));
        return configuration;
    }

    private static int port(EmbeddedActiveMQ server) {
        NettyAcceptor acceptor =
                (NettyAcceptor)
                        server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
        return acceptor.getActualPort();
    }

    private static void waitForEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // what is written does not matter
        }
    }
}
