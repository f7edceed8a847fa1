// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.taffrail.link.ConnectionOption.named;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a connection is to be like: the declarations of all options, and an immutable set of their
 * values. {@code docs/options.md} is generated from the declarations.
 *
 * <p>Names are those of other clients where they mean the same; see {@link
 * ConnectionOption#aliases}.
 */
public final class ConnectionOptions {
    /** Who connects. */
    public static final ConnectionOption<String> USERNAME =
            named("jms.username")
                    .does(
                            "The user who connects where the application names none. Without a user"
                                    + " the connection is anonymous.")
                    .text(1, 255);

    /** The user's password. */
    public static final ConnectionOption<String> PASSWORD =
            named("jms.password").hidden().does("The user's password.").text(0, 1024);

    /** The JMS client id. */
    public static final ConnectionOption<String> CLIENT_ID =
            named("jms.clientID")
                    .does(
                            "The client id of every connection of the factory. The application"
                                    + " can't set another one then.")
                    .text(1, 255);

    /** Whether messages say who has sent them. */
    public static final ConnectionOption<Boolean> POPULATE_USER_ID =
            named("jms.populateJMSXUserID")
                    .does(
                            "Every message sent has the connection's user as JMSXUserID. The broker"
                                    + " takes no other there; whether it has checked who the user is,"
                                    + " is its configuration. An anonymous connection sets none.")
                    .flag(false);

    /** Whether messages keep what another provider gave them. */
    public static final ConnectionOption<Boolean> IMPORT =
            named("jms.importMessages")
                    .does(
                            "Every message sent keeps the JMSMessageID, JMSTimestamp, JMSExpiration,"
                                    + " JMSDeliveryTime, JMSDeliveryMode, JMSPriority and JMSXUserID"
                                    + " that it has, and what the producer is set to does not count:"
                                    + " for moving messages between brokers. The broker must permit"
                                    + " it (security.importers), or connecting fails.")
                    .flag(false);

    /** What messages say which application has sent them. */
    public static final ConnectionOption<String> APPLICATION_ID =
            named("jms.applicationID")
                    .does(
                            "Every message sent has this as JMSXAppID, whatever the application sets"
                                    + " there. Nobody checks it.")
                    .text(1, 255);

    /** Whether messages say when they were received. */
    public static final ConnectionOption<Boolean> POPULATE_RECEIVE_TIMESTAMP =
            named("jms.populateJMSXRcvTimestamp")
                    .does(
                            "Every message received has as JMSXRcvTimestamp when it was handed to"
                                    + " the consumer, in ms since 1970, by the clock of this JVM.")
                    .flag(false);

    /** Messages sent ahead to a consumer. */
    public static final ConnectionOption<Integer> PREFETCH =
            named("jms.prefetch")
                    .alsoKnownAs("jms.prefetchPolicy.all")
                    .in("messages")
                    .does(
                            "How many messages the broker may send to a consumer ahead of its"
                                    + " asking. 0: each receive asks the broker.")
                    .number(1000, 0, 1_000_000);

    /** Bytes sent ahead to a consumer. */
    public static final ConnectionOption<Integer> PREFETCH_BYTES =
            named("jms.prefetchBytes")
                    .in("bytes")
                    .does(
                            "How many bytes of messages the broker may send to a consumer ahead of"
                                    + " its asking, beside jms.prefetch; whichever is reached first.")
                    .number(8 << 20, 4096, 1 << 30);

    /** How long a send may take. */
    public static final ConnectionOption<Integer> SEND_TIMEOUT_MS =
            named("jms.sendTimeoutMs")
                    .alsoKnownAs("jms.sendTimeout")
                    .in("ms")
                    .does(
                            "How long a send waits for room in the window of unanswered sends, and"
                                    + " then, if it is synchronous, for the broker's answer, before it"
                                    + " fails.")
                    .number(60_000, 1, 86_400_000);

    /** How long other requests may take. */
    public static final ConnectionOption<Integer> REQUEST_TIMEOUT_MS =
            named("jms.requestTimeoutMs")
                    .alsoKnownAs("jms.requestTimeout")
                    .in("ms")
                    .does(
                            "How long any other request (making a consumer, commit, ...) waits for"
                                    + " the broker's answer before it fails.")
                    .number(60_000, 1, 86_400_000);

    /** How long a close may take. */
    public static final ConnectionOption<Integer> CLOSE_TIMEOUT_MS =
            named("jms.closeTimeoutMs")
                    .alsoKnownAs("jms.closeTimeout")
                    .in("ms")
                    .does(
                            "How long closing a connection waits for the broker to take what was"
                                    + " sent and to say goodbye, before it closes nevertheless.")
                    .number(15_000, 1, 86_400_000);

    /** Whether no send waits. */
    public static final ConnectionOption<Boolean> FORCE_ASYNC_SEND =
            named("jms.forceAsyncSend")
                    .alsoKnownAs("jms.useAsyncSend")
                    .does(
                            "Persistent messages are sent without waiting for the broker's answer,"
                                    + " as non-persistent and transacted ones always are; a failure"
                                    + " goes to the connection's exception listener. What the"
                                    + " application was not told of may be lost in a crash.")
                    .flag(false);

    /** Whether every send waits. */
    public static final ConnectionOption<Boolean> FORCE_SYNC_SEND =
            named("jms.forceSyncSend")
                    .alsoKnownAs("jms.alwaysSyncSend")
                    .does(
                            "Every send waits for the broker's answer, also of non-persistent"
                                    + " messages and inside a transaction. Not together with"
                                    + " jms.forceAsyncSend.")
                    .flag(false);

    /** Whether acknowledgements travel without a wait. */
    public static final ConnectionOption<Boolean> SEND_ACKS_ASYNC =
            named("jms.sendAcksAsync")
                    .does(
                            "AUTO and DUPS_OK acknowledgements travel without a wait. With false"
                                    + " each is confirmed by the broker, durably, before the next"
                                    + " message is handed to the application.")
                    .flag(true);

    /** Whether bodies are compressed. */
    public static final ConnectionOption<Boolean> USE_COMPRESSION =
            named("jms.useCompression")
                    .does(
                            "Bodies of messages are sent, stored and delivered compressed (deflate)"
                                    + " where that makes them shorter. Header and properties are not,"
                                    + " so selectors see what they always see, and every receiver"
                                    + " expands what comes compressed, whatever it sends itself.")
                    .flag(false);

    /** From which length on bodies are compressed. */
    public static final ConnectionOption<Integer> COMPRESSION_MIN_BYTES =
            named("jms.compressionMinBytes")
                    .in("bytes")
                    .does("The least body that jms.useCompression tries to compress.")
                    .number(1024, 0, 1 << 30);

    /** Which classes object messages may hold beyond the JDK's plain values. */
    public static final ConnectionOption<String> DESERIALIZATION_ALLOW_LIST =
            named("jms.deserializationAllowList")
                    .does(
                            "Which classes the object of a received message may consist of, beyond"
                                    + " plain values and collections of the JDK: names separated"
                                    + " by commas, each a class, a package (a.b.*), a package with"
                                    + " those inside it (a.b.**), or * for every class, which"
                                    + " trusts everyone who may send.")
                    .text(0, 65_535);

    /** How long connecting may take. */
    public static final ConnectionOption<Integer> CONNECT_TIMEOUT_MS =
            named("transport.connectTimeoutMs")
                    .alsoKnownAs("transport.connectTimeout")
                    .in("ms")
                    .onlyRemote()
                    .does(
                            "How long connecting may take: once for the socket, and once for the"
                                    + " opening exchange with the broker.")
                    .number(15_000, 1, 3_600_000);

    /** TCP_NODELAY. */
    public static final ConnectionOption<Boolean> TCP_NO_DELAY =
            named("transport.tcpNoDelay")
                    .onlyRemote()
                    .does("Whether small packets leave at once (TCP_NODELAY).")
                    .flag(true);

    /** SO_KEEPALIVE. */
    public static final ConnectionOption<Boolean> TCP_KEEP_ALIVE =
            named("transport.tcpKeepAlive")
                    .onlyRemote()
                    .does(
                            "Whether the operating system probes an idle connection (SO_KEEPALIVE),"
                                    + " beside heartbeatMs.")
                    .flag(false);

    /** SO_SNDBUF. */
    public static final ConnectionOption<Integer> SEND_BUFFER_BYTES =
            named("transport.sendBufferBytes")
                    .alsoKnownAs("transport.sendBufferSize")
                    .in("bytes")
                    .onlyRemote()
                    .does("Size of the socket's send buffer; 0 leaves it to the operating system.")
                    .number(0, 0, 1 << 26);

    /** SO_RCVBUF. */
    public static final ConnectionOption<Integer> RECEIVE_BUFFER_BYTES =
            named("transport.receiveBufferBytes")
                    .alsoKnownAs("transport.receiveBufferSize")
                    .in("bytes")
                    .onlyRemote()
                    .does(
                            "Size of the socket's receive buffer; 0 leaves it to the operating"
                                    + " system.")
                    .number(0, 0, 1 << 26);

    /** After how much silence the broker counts as lost. */
    public static final ConnectionOption<Integer> HEARTBEAT_MS =
            named("heartbeatMs")
                    .in("ms")
                    .onlyRemote()
                    .does(
                            "After how much silence of the broker the connection counts as lost; it"
                                    + " is asked for a sign of life several times before. 0: never.")
                    .number(30_000, 0, 3_600_000);

    /** The first wait between two rounds of attempts to reconnect. */
    public static final ConnectionOption<Integer> INITIAL_RECONNECT_DELAY_MS =
            named("failover.initialReconnectDelayMs")
                    .alsoKnownAs("failover.initialReconnectDelay")
                    .in("ms")
                    .onlyFailover()
                    .does(
                            "How long reconnecting waits before its second round over the brokers;"
                                    + " the first comes at once. Every wait varies at random by a"
                                    + " quarter, so that clients do not come back all at once.")
                    .number(100, 0, 3_600_000);

    /** The longest wait between two rounds. */
    public static final ConnectionOption<Integer> MAX_RECONNECT_DELAY_MS =
            named("failover.maxReconnectDelayMs")
                    .alsoKnownAs("failover.maxReconnectDelay")
                    .in("ms")
                    .onlyFailover()
                    .does("What a wait between two rounds grows to at most, before it varies.")
                    .number(10_000, 1, 3_600_000);

    /** How waits grow. */
    public static final ConnectionOption<Double> RECONNECT_BACK_OFF_MULTIPLIER =
            named("failover.reconnectBackOffMultiplier")
                    .alsoKnownAs("failover.backOffMultiplier")
                    .onlyFailover()
                    .does("What each wait between two rounds is multiplied by for the next.")
                    .decimal(2.0, 1, 100);

    /** How often to try after a loss. */
    public static final ConnectionOption<Integer> MAX_RECONNECT_ATTEMPTS =
            named("failover.maxReconnectAttempts")
                    .in("rounds")
                    .onlyFailover()
                    .does(
                            "How many rounds over the brokers are made after a loss, before the"
                                    + " connection is lost for good. 0: none. -1: as many as"
                                    + " failover.reconnectTimeoutMs has time for.")
                    .number(-1, -1, Integer.MAX_VALUE);

    /** How often to try when a connection is made. */
    public static final ConnectionOption<Integer> STARTUP_MAX_RECONNECT_ATTEMPTS =
            named("failover.startupMaxReconnectAttempts")
                    .in("rounds")
                    .onlyFailover()
                    .does(
                            "How many rounds follow the first when a connection is made and no"
                                    + " broker is there. 0: none. -1: as many as"
                                    + " failover.startupTimeoutMs has time for.")
                    .number(-1, -1, Integer.MAX_VALUE);

    /** How long to try after a loss. */
    public static final ConnectionOption<Integer> RECONNECT_TIMEOUT_MS =
            named("failover.reconnectTimeoutMs")
                    .in("ms")
                    .onlyFailover()
                    .does(
                            "How long reconnecting after a loss may go on, before the connection is"
                                    + " lost for good. A broker remembers a client for its"
                                    + " producers.keptMs, 10 minutes if not said otherwise; longer"
                                    + " is of no use.")
                    .number(600_000, 1, 86_400_000);

    /** How long to try when a connection is made. */
    public static final ConnectionOption<Integer> STARTUP_TIMEOUT_MS =
            named("failover.startupTimeoutMs")
                    .in("ms")
                    .onlyFailover()
                    .does("How long making a connection may go on trying, before it fails.")
                    .number(30_000, 1, 86_400_000);

    /** Whether the brokers are tried in another order. */
    public static final ConnectionOption<Boolean> RANDOMIZE =
            named("failover.randomize")
                    .onlyFailover()
                    .does(
                            "Whether each connection goes through the brokers in a random order of"
                                    + " its own, not in that of the URL.")
                    .flag(false);

    /** All options, in the order of the reference page. */
    public static final List<ConnectionOption<?>> ALL =
            List.of(
                    USERNAME,
                    PASSWORD,
                    CLIENT_ID,
                    POPULATE_USER_ID,
                    IMPORT,
                    APPLICATION_ID,
                    POPULATE_RECEIVE_TIMESTAMP,
                    PREFETCH,
                    PREFETCH_BYTES,
                    SEND_TIMEOUT_MS,
                    REQUEST_TIMEOUT_MS,
                    CLOSE_TIMEOUT_MS,
                    FORCE_ASYNC_SEND,
                    FORCE_SYNC_SEND,
                    SEND_ACKS_ASYNC,
                    USE_COMPRESSION,
                    COMPRESSION_MIN_BYTES,
                    DESERIALIZATION_ALLOW_LIST,
                    CONNECT_TIMEOUT_MS,
                    TlsOptions.TLS,
                    TlsOptions.TRUST_STORE,
                    TlsOptions.TRUST_STORE_PASSWORD,
                    TlsOptions.KEY_STORE,
                    TlsOptions.KEY_STORE_PASSWORD,
                    TlsOptions.CERTIFICATE_LOGIN,
                    TlsOptions.VERIFY_HOST,
                    TlsOptions.ENABLED_PROTOCOLS,
                    TCP_NO_DELAY,
                    TCP_KEEP_ALIVE,
                    SEND_BUFFER_BYTES,
                    RECEIVE_BUFFER_BYTES,
                    HEARTBEAT_MS,
                    INITIAL_RECONNECT_DELAY_MS,
                    MAX_RECONNECT_DELAY_MS,
                    RECONNECT_BACK_OFF_MULTIPLIER,
                    MAX_RECONNECT_ATTEMPTS,
                    STARTUP_MAX_RECONNECT_ATTEMPTS,
                    RECONNECT_TIMEOUT_MS,
                    STARTUP_TIMEOUT_MS,
                    RANDOMIZE);

    private static final ConnectionOptions DEFAULTS = new ConnectionOptions(Map.of());

    private final Map<ConnectionOption<?>, Object> given;

    private ConnectionOptions(Map<ConnectionOption<?>, Object> given) {
        this.given = given;
    }

    /**
     * Returns the options where none is given.
     *
     * @return every option at its default
     */
    public static ConnectionOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Finds an option's declaration.
     *
     * @param name its name or one of its aliases
     * @return the declaration
     * @throws WireException {@link ErrorCode#INVALID_OPTION} naming the nearest where there is
     *     none; {@link ErrorCode#NOT_SUPPORTED} where the name is known and what it asks for is not
     *     there yet
     */
    public static ConnectionOption<?> find(String name) {
        return OptionNames.find(name);
    }

    /**
     * Returns an option's value.
     *
     * @param <T> its type
     * @param option one of {@link #ALL}
     * @return the value given, or else the default
     */
    public <T> T get(ConnectionOption<T> option) {
        Object value = given.get(option);
        return value == null ? option.defaultValue() : option.type().cast(value);
    }

    /**
     * Returns the same options but for one.
     *
     * @param <T> its type
     * @param option one of {@link #ALL}
     * @param value its value; null takes it back to the default, where that is null
     * @return new options
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if the value is out of bounds, or
     *     contradicts another option
     */
    public <T> ConnectionOptions with(ConnectionOption<T> option, T value) {
        option.check(value);
        Map<ConnectionOption<?>, Object> changed = new HashMap<>(given);
        if (value == null || value.equals(option.defaultValue())) {
            changed.remove(option);
        } else {
            changed.put(option, value);
        }
        ConnectionOptions options = new ConnectionOptions(Map.copyOf(changed));
        if (options.get(FORCE_ASYNC_SEND) && options.get(FORCE_SYNC_SEND)) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    FORCE_ASYNC_SEND + " and " + FORCE_SYNC_SEND + " contradict each other");
        }
        return options;
    }

    /**
     * Returns the same options but for one that is given as text.
     *
     * @param name its name or one of its aliases
     * @param text its value as typed, percent-decoded
     * @return new options
     * @throws WireException as {@link #find} and {@link #with(ConnectionOption, Object)}
     */
    public ConnectionOptions with(String name, String text) {
        return withParsed(find(name), text);
    }

    <T> ConnectionOptions withParsed(ConnectionOption<T> option, String text) {
        return with(option, option.parse(text));
    }

    /** Returns the same options but for those of reconnecting, as they hold for one broker. */
    ConnectionOptions withoutFailover() {
        Map<ConnectionOption<?>, Object> kept = new HashMap<>(given);
        kept.keySet().removeIf(ConnectionOption::failoverOnly);
        return new ConnectionOptions(Map.copyOf(kept));
    }

    /**
     * Returns the options that differ from their defaults, as text.
     *
     * @return names and values in the order of the reference page, secrets included
     */
    public Map<String, String> given() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (ConnectionOption<?> option : ALL) {
            Object value = given.get(option);
            if (value != null) {
                texts.put(option.name(), value.toString());
            }
        }
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionOptions options && given.equals(options.given);
    }

    @Override
    public int hashCode() {
        return given.hashCode();
    }

    /** Returns the options that differ from their defaults; secrets are hidden. */
    @Override
    public String toString() {
        Map<String, String> shown = given();
        for (ConnectionOption<?> option : ALL) {
            if (option.secret()) {
                shown.computeIfPresent(option.name(), (name, value) -> "***");
            }
        }
        return shown.toString();
    }
}
