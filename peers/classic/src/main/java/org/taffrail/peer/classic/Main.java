// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.classic;

import org.apache.activemq.ActiveMQConnectionMetaData;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.security.AuthenticationUser;
import org.apache.activemq.security.SimpleAuthenticationPlugin;
import org.apache.activemq.store.PersistenceAdapter;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.store.kahadb.disk.journal.Journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Runs an ActiveMQ Classic broker until its standard input ends, so that it can't outlive the
 * process that started it.
 *
 * <p>It is set up as its documentation advises where an application wants what Jakarta Messaging
 * describes: KahaDB, the scheduler on (delivery delay needs it), priorities kept by the broker
 * ({@code prioritizedMessages}). Its journal's files are filled with zeros ahead of time, which is
 * advised for solid state disks, and memory may be 70 % of the heap, as the {@code activemq.xml} it
 * comes with has it. For the rest it has its defaults: destinations are made when they are first
 * used, dead letters go to {@code ActiveMQ.DLQ}, and {@code concurrentStoreAndDispatchQueues} is
 * on. So a message goes to a consumer while it is being stored, and if it is acknowledged before
 * that, neither is written; nothing is lost by that, as nobody waits for the message any more. The
 * durability is what it is asked for:
 *
 * <ul>
 *   <li>{@code force}: {@code journalDiskSyncStrategy=always}, its default: an answer waits for the
 *       force.
 *   <li>{@code page-cache}: {@code never}, and an answer waits for the write. By itself it would
 *       not wait for that either, and a killed process would lose what it has acknowledged: see
 *       {@link WrittenJournal}. Nor is the index forced.
 * </ul>
 */
public final class Main {
    private static final String GUEST = "guest";
    private static final String EVERYBODY = "everybody";
    private static final String STORE = "kahadb";
    private static final String FILL = Journal.PreallocationStrategy.ZEROS.name();
    private static final String AHEAD = Journal.PreallocationScope.ENTIRE_JOURNAL_ASYNC.name();
    private static final int MEMORY_PERCENT = 70;

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
        String port = arguments.length > 2 ? arguments[2] : "0";
        try {
            BrokerService broker = broker(data, force);
            if (arguments.length > 3) {
                broker.setPlugins(new BrokerPlugin[] {users(Path.of(arguments[3]))});
            }
            TransportConnector connector = broker.addConnector("tcp://127.0.0.1:" + port);
            broker.start();
            broker.waitUntilStarted();
            System.out.printf(
                    Locale.ROOT,
                    "ActiveMQ %s serves at tcp://127.0.0.1:%d with KahaDB"
                            + " journalDiskSyncStrategy=%s preallocationStrategy=%s"
                            + " preallocationScope=%s concurrentStoreAndDispatchQueues=true"
                            + " prioritizedMessages=true memoryUsage=%d%%%n",
                    ActiveMQConnectionMetaData.PROVIDER_VERSION,
                    connector.getConnectUri().getPort(),
                    force ? "always" : "never, answers wait for the write,",
                    FILL.toLowerCase(Locale.ROOT),
                    AHEAD.toLowerCase(Locale.ROOT),
                    MEMORY_PERCENT);
            awaitEndOfInput();
            broker.stop();
            broker.waitUntilStopped();
        } catch (Exception e) { // what BrokerService declares
            System.err.println("ActiveMQ failed: " + e);
            System.exit(1);
        }
        System.exit(0);
    }

    private static BrokerService broker(Path data, boolean force) throws Exception {
        PolicyEntry everywhere = new PolicyEntry();
        everywhere.setPrioritizedMessages(true);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(everywhere);

        BrokerService broker = new BrokerService();
        broker.setBrokerName("peer");
        broker.setDataDirectoryFile(data.toFile());
        broker.setPersistenceAdapter(
                force ? forcing(data.resolve(STORE)) : writing(data.resolve(STORE)));
        broker.getSystemUsage().getMemoryUsage().setPercentOfJvmHeap(MEMORY_PERCENT);
        broker.setSchedulerSupport(true);
        broker.setDestinationPolicy(policies);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        return broker;
    }

    private static PersistenceAdapter forcing(Path folder) {
        KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
        store.setDirectory(folder.toFile());
        store.setPreallocationStrategy(FILL);
        store.setPreallocationScope(AHEAD);
        store.setJournalDiskSyncStrategy(Journal.JournalDiskSyncStrategy.ALWAYS.name());
        return store;
    }

    private static PersistenceAdapter writing(Path folder) {
        WrittenStore store = new WrittenStore();
        store.setDirectory(folder.toFile());
        store.setPreallocationStrategy(FILL);
        store.setPreallocationScope(AHEAD);
        return store;
    }

    /** Anybody without a name is a guest; a name needs its password. All may do everything. */
    private static SimpleAuthenticationPlugin users(Path file) throws IOException {
        Properties passwords = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            passwords.load(in);
        }
        List<AuthenticationUser> users = new ArrayList<>();
        for (String name : passwords.stringPropertyNames()) {
            users.add(new AuthenticationUser(name, passwords.getProperty(name), EVERYBODY));
        }
        SimpleAuthenticationPlugin plugin = new SimpleAuthenticationPlugin(users);
        plugin.setAnonymousAccessAllowed(true);
        plugin.setAnonymousUser(GUEST);
        plugin.setAnonymousGroup(EVERYBODY);
        return plugin;
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is ever said; only the end counts
        }
    }
}
