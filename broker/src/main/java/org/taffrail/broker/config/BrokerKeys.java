// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.ProducerLimits;
import org.taffrail.broker.core.TransactionLimits;
import org.taffrail.wire.record.RecordAssembly;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that a broker can be told, declared once; {@code docs/configuration.md} is generated from it.
 */
public final class BrokerKeys {
    /** The data folder. */
    public static final ConfigKey<String> DATA =
            named("data")
                    .onlyServer()
                    .does(
                            "The folder in which the broker keeps its logs; made if it is missing. Without"
                                    + " one everything is in memory and gone with the process.")
                    .from(1, 4096)
                    .text(null);

    /** Where to listen. */
    public static final ConfigKey<String> HOST =
            named("host")
                    .onlyServer()
                    .does(
                            "The address to listen on. By default only this machine can connect; 0.0.0.0"
                                    + " or :: opens the port to the network.")
                    .from(1, 255)
                    .text("127.0.0.1");

    /** Where to listen. */
    public static final ConfigKey<Long> PORT =
            named("port")
                    .onlyServer()
                    .does("The port to listen on; 0 for any free one.")
                    .from(0, 65_535)
                    .number(61_700);

    /** What acknowledged work survives. */
    public static final ConfigKey<String> DURABILITY =
            named("durability")
                    .does(
                            "What was acknowledged survives: with `force` the loss of power, with"
                                    + " `page-cache` the end of the process but not of the system.")
                    .oneOf("force", "page-cache");

    /** Size of a journal segment. */
    public static final ConfigKey<Long> SEGMENT_BYTES =
            named("journal.segmentBytes")
                    .does(
                            "The size of the journal's files, which are prepared ahead of use. A"
                                    + " quarter of it must hold memory.transactionBytes and 4MiB beside.")
                    .in(ConfigUnit.BYTES)
                    .from(32 << 20, 1 << 30)
                    .number(128 << 20);

    /** Distance of snapshots. */
    public static final ConfigKey<Long> SNAPSHOT_BYTES =
            named("journal.snapshotBytes")
                    .does(
                            "After how many bytes a snapshot is taken; at most about this much is read"
                                    + " again when the broker starts after a crash.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 20, 64L << 30)
                    .number(64 << 20);

    /** When segments retire. */
    public static final ConfigKey<Long> YOUNG_BYTES =
            named("journal.youngBytes")
                    .does(
                            "How many bytes of complete segments stay in the journal; what is still"
                                    + " needed of older ones moves, in the background, to sorted files"
                                    + " that cost next to no memory. More means that fewer messages are"
                                    + " written twice, and more memory: 24 bytes for each send.")
                    .in(ConfigUnit.BYTES)
                    .from(0, 1L << 40)
                    .number(256 << 20);

    /** What becomes of sends when the disk fills up. */
    public static final ConfigKey<String> WHEN_FULL =
            named("disk.whenFull")
                    .does(
                            "What becomes of sends while fewer bytes are free than disk.reserveBytes:"
                                    + " with `block` they wait, unanswered and in order, and go on when"
                                    + " there is room; with `fail` they are refused. Acknowledgements,"
                                    + " commits and rollbacks always go on.")
                    .oneOf("block", "fail");

    /** High-water mark. */
    public static final ConfigKey<Long> RESERVE_BYTES =
            named("disk.reserveBytes")
                    .does(
                            "How many bytes are kept free for what must always be possible. 0: a"
                                    + " twentieth of the disk, or of disk.bytesMax; 32MiB at least, 1GiB"
                                    + " at most, and never more than a quarter of it.")
                    .in(ConfigUnit.BYTES)
                    .from(0, 1L << 40)
                    .number(0);

    /** Cap of the folder. */
    public static final ConfigKey<Long> DISK_BYTES_MAX =
            named("disk.bytesMax")
                    .does(
                            "How many bytes all files in the data folder may have, as if the disk were"
                                    + " no larger; 64MiB at least. 0: as many as fit on the disk.")
                    .in(ConfigUnit.BYTES)
                    .from(0, 1L << 50)
                    .number(0);

    /** How many connections. */
    public static final ConfigKey<Long> CONNECTIONS_MAX =
            named("connections.max")
                    .does("How many connections there may be; more are refused.")
                    .from(1, 1_000_000)
                    .number(10_000);

    /** Silence of clients. */
    public static final ConfigKey<Long> HEARTBEAT_MS =
            named("connections.heartbeatMs")
                    .onlyServer()
                    .does(
                            "Clients are asked to be heard within this time; a connection that is silent"
                                    + " for twice as long is ended and what it holds goes back. 0: never.")
                    .in(ConfigUnit.MS)
                    .from(0, 3_600_000)
                    .number(30_000);

    /** Patience with clients that connect. */
    public static final ConfigKey<Long> HANDSHAKE_MS =
            named("connections.handshakeMs")
                    .does("How long a client may take from connecting to being let in.")
                    .in(ConfigUnit.MS)
                    .from(10, 3_600_000)
                    .number(10_000);

    /** Patience with clients that leave. */
    public static final ConfigKey<Long> LINGER_MS =
            named("connections.lingerMs")
                    .onlyServer()
                    .does("How long a connection at its end may take to deliver the last bytes.")
                    .in(ConfigUnit.MS)
                    .from(0, 60_000)
                    .number(2_000);

    /** Clients that do not read. */
    public static final ConfigKey<Long> OUTPUT_BYTES_MAX =
            named("connections.outputBytesMax")
                    .onlyServer()
                    .does(
                            "How many bytes may wait for a client that does not read; one for which more"
                                    + " wait is disconnected. Deliveries pause long before, so this is a"
                                    + " last resort.")
                    .in(ConfigUnit.BYTES)
                    .from(2 << 20, 16L << 30)
                    .number(256 << 20);

    /** Connections that are not accepted yet. */
    public static final ConfigKey<Long> BACKLOG =
            named("connections.backlog")
                    .onlyServer()
                    .does("How many new connections the system may hold until they are accepted.")
                    .from(1, 65_535)
                    .number(1024);

    /** Who may connect. */
    public static final ConfigKey<String> USERS_FILE =
            named("security.usersFile")
                    .does(
                            "The file with the users who may connect, made and changed with"
                                    + " `taffrail user`. A changed file counts from the next login"
                                    + " on; who is connected stays connected.")
                    .from(1, 4096)
                    .text(null);

    /** Whether who connects must be a user. */
    public static final ConfigKey<Boolean> ANONYMOUS =
            named("security.anonymous")
                    .does(
                            "Whether clients may connect without a user. If not set: true where"
                                    + " neither security.usersFile nor security.jaasEntry nor"
                                    + " security.certificateUser is, else false. With one of them and"
                                    + " true, who gives a user must still give its password.")
                    .flag(null);

    /** Which users may manage. */
    public static final ConfigKey<String> MANAGERS =
            named("security.managers")
                    .live()
                    .does(
                            "The users who may look at the broker and change what is in it with the"
                                    + " commands queue, topic, group and dlq, with commas between"
                                    + " them. If not set: everybody without security.usersFile,"
                                    + " nobody with one.")
                    .from(1, 4096)
                    .text(null);

    /** Which users may import. */
    public static final ConfigKey<String> IMPORTERS =
            named("security.importers")
                    .live()
                    .does(
                            "The users who may send messages that keep the message id, the time and"
                                    + " the user that another broker gave them, as `taffrail migrate`"
                                    + " does, with commas between them; * for everybody. If not set:"
                                    + " nobody.")
                    .from(1, 4096)
                    .text(null);

    /** How many passwords are checked at once. */
    public static final ConfigKey<Long> LOGIN_THREADS =
            named("security.loginThreads")
                    .does("How many threads check passwords, a slow hash each.")
                    .from(1, 64)
                    .number(2);

    /** How many logins may wait. */
    public static final ConfigKey<Long> LOGINS_WAITING_MAX =
            named("security.loginsWaitingMax")
                    .does(
                            "How many logins may wait until their password is checked, within"
                                    + " connections.handshakeMs; more are refused. Each holds up to"
                                    + " 8KiB.")
                    .from(1, 1_000_000)
                    .number(10_000);

    /** Window of sends. */
    public static final ConfigKey<Long> WINDOW_MESSAGES =
            named("producers.windowMessages")
                    .does("How many sends of a connection may be unanswered.")
                    .from(1, 1_000_000)
                    .number(2000);

    /** Window of sends. */
    public static final ConfigKey<Long> WINDOW_BYTES =
            named("producers.windowBytes")
                    .does("How many bytes of a connection's sends may be unanswered.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 20, 1 << 30)
                    .number(8 << 20);

    private static final Limits LIMITS = Limits.defaults();
    private static final TransactionLimits TRANSACTIONS = LIMITS.transactions();

    /** See {@link ProducerLimits#keptMs}. */
    public static final ConfigKey<Long> PRODUCERS_KEPT_MS =
            named("producers.keptMs")
                    .does(
                            "How long it is remembered what a client has sent and committed whose"
                                    + " connection was lost: so long it can come again without"
                                    + " doubt or duplicates.")
                    .in(ConfigUnit.MS)
                    .from(1000, 86_400_000)
                    .number(LIMITS.producers().keptMs());

    /** See {@link ProducerLimits#lostMax}. */
    public static final ConfigKey<Long> PRODUCERS_LOST_MAX =
            named("producers.lostMax")
                    .does(
                            "How many clients are remembered whose connections were lost; of more"
                                    + " the longest lost are forgotten.")
                    .from(1, 1_000_000)
                    .number(LIMITS.producers().lostMax());

    /** See {@link Limits#destinationsMax}. */
    public static final ConfigKey<Long> DESTINATIONS_MAX =
            named("destinations.max")
                    .does(
                            "How many queues and topics there may be before no more are made for"
                                    + " clients. The queues for dead letters and expired messages"
                                    + " are made all the same, at most two for each destination,"
                                    + " as nothing else could keep these messages.")
                    .from(1, 10_000_000)
                    .number(LIMITS.destinationsMax());

    /** See {@link Limits#nameBytesMax}. */
    public static final ConfigKey<Long> NAME_BYTES_MAX =
            named("limits.nameBytesMax")
                    .does("The longest name of a destination, a subscription or a client.")
                    .in(ConfigUnit.BYTES)
                    .from(16, 4096)
                    .number(LIMITS.nameBytesMax());

    /** See {@link Limits#consumersMax}. */
    public static final ConfigKey<Long> CONSUMERS_MAX =
            named("limits.consumersMax")
                    .does(
                            "How many consumers, and how many temporary destinations, a connection may have.")
                    .from(1, 1_000_000)
                    .number(LIMITS.consumersMax());

    /** See {@link TransactionLimits#openMax}. */
    public static final ConfigKey<Long> TRANSACTIONS_MAX =
            named("limits.transactionsMax")
                    .does(
                            "How many transactions a connection may have open, one for each transacted"
                                    + " session at work; one more ends the connection.")
                    .from(1, 1_000_000)
                    .number(TRANSACTIONS.openMax());

    /** See {@link TransactionLimits#bytesMax}. */
    public static final ConfigKey<Long> TRANSACTION_BYTES_MAX =
            named("limits.transactionBytesMax")
                    .does("How many bytes of messages one transaction may send.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 20, 1L << 40)
                    .number(TRANSACTIONS.bytesMax());

    /** See {@link TransactionLimits#sendsMax}. */
    public static final ConfigKey<Long> TRANSACTION_SENDS_MAX =
            named("limits.transactionSendsMax")
                    .does("How many messages one transaction may send.")
                    .from(1, 10_000_000)
                    .number(TRANSACTIONS.sendsMax());

    /** See {@link TransactionLimits#settlementsMax}. */
    public static final ConfigKey<Long> TRANSACTION_SETTLEMENTS_MAX =
            named("limits.transactionSettlementsMax")
                    .does("How many messages one transaction may receive.")
                    .from(1, 1_000_000)
                    .number(TRANSACTIONS.settlementsMax());

    /** See {@link TransactionLimits#stagedBytesMax}. */
    public static final ConfigKey<Long> STAGED_BYTES_MAX =
            named("limits.stagedBytesMax")
                    .does(
                            "How many bytes of messages all open and prepared transactions together"
                                    + " may have in the journal, beyond what memory.transactionBytes keeps in memory.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 20, 1L << 50)
                    .number(TRANSACTIONS.stagedBytesMax());

    /** See {@link TransactionLimits#preparedMax}. */
    public static final ConfigKey<Long> PREPARED_MAX =
            named("limits.preparedMax")
                    .does(
                            "How many branches of global transactions may be prepared, or wait to be"
                                    + " forgotten after an operator has ended them.")
                    .from(1, 1_000_000)
                    .number(TRANSACTIONS.preparedMax());

    /** See {@link TransactionLimits#idleMs}. */
    public static final ConfigKey<Long> TRANSACTION_IDLE_MS =
            named("limits.transactionIdleMs")
                    .does(
                            "After how long without a message sent or received in it a transaction is"
                                    + " rolled back, unless it is prepared; 0 for never. Its commit"
                                    + " then fails, and says so.")
                    .in(ConfigUnit.MS)
                    .from(0, 7 * 86_400_000L)
                    .number(TRANSACTIONS.idleMs());

    /** See {@link Limits#messageBytesMax}. */
    public static final ConfigKey<Long> MESSAGE_BYTES_MAX =
            named("limits.messageBytesMax")
                    .does(
                            "The largest message, with its properties and headers, told to clients when"
                                    + " they connect. What is more than 960 KiB travels and is stored"
                                    + " in parts, as a transaction of its own:"
                                    + " limits.transactionBytesMax and limits.stagedBytesMax must have"
                                    + " room for it, and memory.temporaryBytesMax where it goes to a"
                                    + " temporary destination. A client needs memory for the whole of"
                                    + " it, the broker does not. Messages that are there stay and are"
                                    + " delivered when the limit is lowered.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 10, RecordAssembly.MESSAGE_BYTES_MAX)
                    .number(LIMITS.messageBytesMax());

    /** See {@link Limits#keysMax}. */
    public static final ConfigKey<Long> MESSAGE_GROUPS_MAX =
            named("limits.messageGroupsMax")
                    .does(
                            "How many message groups (JMSXGroupID) a queue or subscription remembers the"
                                    + " consumer of, beside those of which a message is held or waits"
                                    + " after a failure; then it forgets the one that was not used for"
                                    + " longest.")
                    .from(1, 1_000_000)
                    .number(LIMITS.keysMax());

    /** See {@link Limits#windowBytes}. */
    public static final ConfigKey<Long> RECENT_BYTES =
            named("memory.recentBytes")
                    .does(
                            "How many bytes of recent messages are kept in memory to be delivered from.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 20, 1L << 40)
                    .number(LIMITS.windowBytes());

    /** See {@link Limits#volatileBytesMax}. */
    public static final ConfigKey<Long> TEMPORARY_BYTES_MAX =
            named("memory.temporaryBytesMax")
                    .does("How many bytes of messages one temporary destination may hold.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 20, 1L << 40)
                    .number(LIMITS.volatileBytesMax());

    /** See {@link TransactionLimits#memoryBytes}. */
    public static final ConfigKey<Long> TRANSACTION_BYTES =
            named("memory.transactionBytes")
                    .does(
                            "How many bytes of messages that a transaction sends are kept in memory; when"
                                    + " there are more, they are written to the journal ahead of the"
                                    + " commit.")
                    .in(ConfigUnit.BYTES)
                    .from(1 << 10, 32 << 20)
                    .number(TRANSACTIONS.memoryBytes());

    /** All keys, in the order of the reference page. */
    public static final List<ConfigKey<?>> ALL =
            Stream.of(
                            List.<ConfigKey<?>>of(
                                    DATA,
                                    HOST,
                                    PORT,
                                    DURABILITY,
                                    SEGMENT_BYTES,
                                    SNAPSHOT_BYTES,
                                    YOUNG_BYTES,
                                    WHEN_FULL,
                                    RESERVE_BYTES,
                                    DISK_BYTES_MAX,
                                    CONNECTIONS_MAX,
                                    HEARTBEAT_MS,
                                    HANDSHAKE_MS,
                                    LINGER_MS,
                                    OUTPUT_BYTES_MAX,
                                    BACKLOG,
                                    USERS_FILE,
                                    ANONYMOUS,
                                    MANAGERS,
                                    IMPORTERS,
                                    LOGIN_THREADS,
                                    LOGINS_WAITING_MAX),
                            LoginKeys.ALL,
                            SecurityKeys.ALL,
                            UserLimitKeys.ALL,
                            TlsKeys.ALL,
                            HttpKeys.ALL,
                            LogKeys.ALL,
                            List.<ConfigKey<?>>of(
                                    WINDOW_MESSAGES,
                                    WINDOW_BYTES,
                                    PRODUCERS_KEPT_MS,
                                    PRODUCERS_LOST_MAX,
                                    DestinationKeys.DELIVERIES_MAX,
                                    DestinationKeys.REDELIVERY_DELAY_MS,
                                    DestinationKeys.REDELIVERY_DELAY_FACTOR,
                                    DestinationKeys.REDELIVERY_DELAY_MAX_MS,
                                    DestinationKeys.DEAD_LETTER_QUEUE,
                                    DestinationKeys.EXPIRY_QUEUE,
                                    DestinationKeys.CREATE_ON_USE,
                                    DestinationKeys.RETENTION_MS,
                                    DestinationKeys.RETENTION_BYTES,
                                    DestinationKeys.RETENTION_DROPS_UNSETTLED,
                                    DeclaredKeys.QUEUES,
                                    DeclaredKeys.TOPICS,
                                    DESTINATIONS_MAX,
                                    NAME_BYTES_MAX,
                                    CONSUMERS_MAX,
                                    TRANSACTIONS_MAX,
                                    TRANSACTION_BYTES_MAX,
                                    TRANSACTION_SENDS_MAX,
                                    TRANSACTION_SETTLEMENTS_MAX,
                                    STAGED_BYTES_MAX,
                                    PREPARED_MAX,
                                    TRANSACTION_IDLE_MS,
                                    MESSAGE_BYTES_MAX,
                                    MESSAGE_GROUPS_MAX,
                                    RECENT_BYTES,
                                    TRANSACTION_BYTES,
                                    TEMPORARY_BYTES_MAX))
                    .flatMap(List::stream)
                    .toList();

    private BrokerKeys() {}
}
