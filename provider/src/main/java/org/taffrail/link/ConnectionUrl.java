// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A broker's address and the options of connections to it: a parsed connection URL. Immutable.
 *
 * <pre>
 *   taffrail://host[:port][?option=value&amp;...]     a broker elsewhere; IPv6 as [::1]
 *   taffrails://host[:port][?option=value&amp;...]    the same with TLS
 *   taffrail:embedded[?dir=folder&amp;option=value...] a broker in this JVM; without dir in memory
 *   failover:(broker,...)[?option=value&amp;...]      brokers elsewhere that stand in for each other:
 *                                               a connection that is lost is made again
 *   broker,broker,...[?option=value&amp;...]          the same
 * </pre>
 *
 * Values are percent-decoded (RFC 3986, so {@code +} is a plus sign). Every option is checked: see
 * {@link ConnectionOptions}. With an embedded broker, options that begin neither with {@code jms.}
 * nor {@code transport.} are the broker's.
 *
 * <p>A broker of a failover URL is written {@code taffrail://host[:port]}, all but the first also
 * {@code host[:port]}. In parentheses each may have options of its own, {@code transport.*} and
 * {@code heartbeatMs}; all others hold for every broker and stand behind the parentheses. As
 * ActiveMQ does, {@code failover:} also takes brokers without parentheses, and one alone: without
 * {@code failover:} a single broker is never reconnected to.
 *
 * @param kind where the broker is
 * @param host its host, for IPv6 without brackets; null unless the kind is REMOTE
 * @param port its port; 0 unless the kind is REMOTE
 * @param brokerOptions what an embedded broker is started with; empty for one elsewhere
 * @param options the connection's options, whichever broker it goes to
 * @param brokers those of a failover URL, in its order; each REMOTE, with all options that hold for
 *     it, its own before the common ones; empty for other kinds
 */
public record ConnectionUrl(
        Kind kind,
        String host,
        int port,
        Map<String, String> brokerOptions,
        ConnectionOptions options,
        List<ConnectionUrl> brokers) {
    /** The port of a broker whose URL names none. */
    public static final int DEFAULT_PORT = 61700;

    /** Most characters of a URL. */
    public static final int CHARS_MAX = 65_536;

    /** Most brokers of a URL. */
    public static final int BROKERS_MAX = 64;

    private static final String SCHEME = "taffrail:";
    private static final String TLS_SCHEME = "taffrails:";

    /** Where the broker is. */
    public enum Kind {
        /** In another process, over TCP. */
        REMOTE,
        /** In this JVM. */
        EMBEDDED,
        /** One of several, or one that may go and come back. */
        FAILOVER
    }

    /**
     * Checks the parts.
     *
     * @param kind where the broker is
     * @param host its host
     * @param port its port
     * @param brokerOptions what an embedded broker is started with
     * @param options the connection's options
     * @param brokers those of a failover URL
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if they don't belong together
     */
    public ConnectionUrl(
            Kind kind,
            String host,
            int port,
            Map<String, String> brokerOptions,
            ConnectionOptions options,
            List<ConnectionUrl> brokers) {
        this.kind = Objects.requireNonNull(kind);
        this.host = host;
        this.port = port;
        this.brokerOptions = Map.copyOf(brokerOptions);
        this.options = Objects.requireNonNull(options);
        this.brokers = List.copyOf(brokers);
        if (kind == Kind.REMOTE) {
            requireHost(host, port);
        } else {
            requireValid(host == null && port == 0, kind + " has no host and port of its own");
        }
        requireValid(
                kind == Kind.EMBEDDED || brokerOptions.isEmpty(),
                "options of an embedded broker, which this is not");
        requireValid(
                kind == Kind.FAILOVER || brokers.isEmpty(), "a list of brokers without failover");
        if (kind == Kind.FAILOVER) {
            requireBrokers();
        }
        for (String name : options.given().keySet()) {
            requireFits(ConnectionOptions.find(name));
        }
    }

    private static void requireHost(String host, int port) {
        requireValid(host != null && !host.isEmpty(), "a broker's URL has no host");
        requireValid(
                host.chars().allMatch(ConnectionUrl::inHost), "\"" + host + "\" is not a host");
        requireValid(port >= 1 && port <= 65_535, "port " + port + ", allowed are 1 to 65535");
    }

    private static boolean inHost(int c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == '-'
                || c == '_'
                || c == ':'
                || c == '%';
    }

    private void requireBrokers() {
        requireValid(
                !brokers.isEmpty() && brokers.size() <= BROKERS_MAX,
                "failover with " + brokers.size() + " brokers, allowed are 1 to " + BROKERS_MAX);
        Set<String> addresses = new HashSet<>();
        for (ConnectionUrl broker : brokers) {
            requireValid(broker.kind == Kind.REMOTE, broker.address() + " can't be failed over to");
            requireValid(
                    addresses.add(broker.address().toLowerCase(Locale.ROOT)),
                    "broker " + broker.address() + " stands twice in the URL");
            requireValid(
                    broker.options.equals(forBroker(options, broker.ownOptions(options))),
                    "broker " + broker.address() + " has other options than the failover URL");
        }
    }

    /** Refuses an option that means nothing at this address. */
    void requireFits(ConnectionOption<?> option) {
        requireValid(
                kind != Kind.EMBEDDED || !option.remoteOnly(),
                "option " + option + " means nothing to an embedded broker");
        if (option.failoverOnly() && kind != Kind.FAILOVER) {
            String instead = kind == Kind.REMOTE ? address() : "taffrail://host:port";
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "option "
                            + option
                            + " needs a URL that asks for reconnecting, which "
                            + address()
                            + " does not: write failover:("
                            + instead
                            + ")?"
                            + option
                            + "=...");
        }
    }

    static void requireValid(boolean valid, String otherwise) {
        if (!valid) {
            throw new WireException(ErrorCode.INVALID_OPTION, otherwise);
        }
    }

    // ---- making

    /**
     * Parses a URL.
     *
     * @param url the text
     * @return its parts
     * @throws WireException {@link ErrorCode#INVALID_OPTION} where it follows no form above, or an
     *     option is unknown (the nearest is named), given twice, out of bounds (which are named) or
     *     in the wrong place; {@link ErrorCode#NOT_SUPPORTED} where it asks for what is not there
     */
    public static ConnectionUrl parse(String url) {
        return ConnectionUrlParser.parse(url);
    }

    static ConnectionUrl remote(String host, int port, ConnectionOptions options) {
        return new ConnectionUrl(Kind.REMOTE, host, port, Map.of(), options, List.of());
    }

    static ConnectionUrl embedded(Map<String, String> brokerOptions, ConnectionOptions options) {
        return new ConnectionUrl(Kind.EMBEDDED, null, 0, brokerOptions, options, List.of());
    }

    static ConnectionUrl failover(List<ConnectionUrl> brokers, ConnectionOptions options) {
        return new ConnectionUrl(Kind.FAILOVER, null, 0, Map.of(), options, brokers);
    }

    /**
     * Returns the same address with other options. They reach all brokers of a failover URL: each
     * keeps only where its own values differed from the common ones.
     *
     * @param newOptions the options
     * @return a new URL
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if an option means nothing at this
     *     address
     */
    public ConnectionUrl with(ConnectionOptions newOptions) {
        List<ConnectionUrl> newBrokers =
                brokers.stream()
                        .map(b -> b.with(forBroker(newOptions, b.ownOptions(options))))
                        .toList();
        return new ConnectionUrl(kind, host, port, brokerOptions, newOptions, newBrokers);
    }

    /** Returns what one broker of a failover URL has other than all, as text. */
    private Map<String, String> ownOptions(ConnectionOptions common) {
        Map<String, String> own = new LinkedHashMap<>();
        for (ConnectionOption<?> option : ConnectionOptions.ALL) {
            Object value = options.get(option);
            if (option.remoteOnly() && value != null && !value.equals(common.get(option))) {
                own.put(option.name(), value.toString());
            }
        }
        return own;
    }

    private static ConnectionOptions forBroker(ConnectionOptions common, Map<String, String> own) {
        ConnectionOptions options = common.withoutFailover();
        for (Map.Entry<String, String> option : own.entrySet()) {
            options = options.with(option.getKey(), option.getValue());
        }
        return options;
    }

    // ---- text

    /**
     * Returns the address alone, for messages and logs.
     *
     * @return such as {@code taffrail://host:61700}, or {@code failover:(taffrail://a:61700)}
     */
    public String address() {
        return address(ConnectionUrl::address);
    }

    private String address(Function<ConnectionUrl, String> ofBroker) {
        return switch (kind) {
            case REMOTE ->
                    (options.get(TlsOptions.TLS) ? TLS_SCHEME : SCHEME)
                            + "//"
                            + (host.indexOf(':') < 0 ? host : "[" + host + "]")
                            + ":"
                            + port;
            case EMBEDDED -> SCHEME + "embedded";
            case FAILOVER ->
                    brokers.stream()
                            .map(ofBroker)
                            .collect(Collectors.joining(",", "failover:(", ")"));
        };
    }

    /** Returns the address, with what each broker of a failover URL has of its own: no secrets. */
    private String addressAndOwn() {
        return address(
                broker ->
                        broker.address()
                                + UrlQuery.format(broker.besideScheme(broker.ownOptions(options))));
    }

    /** Returns options as text without the one that the scheme says. */
    private Map<String, String> besideScheme(Map<String, String> texts) {
        if (kind == Kind.REMOTE && options.get(TlsOptions.TLS)) {
            texts.remove(TlsOptions.TLS.name());
        }
        return texts;
    }

    /**
     * Returns the URL as text that {@link #parse} reads back as an equal value. It shows secrets:
     * for storing, not for messages.
     *
     * @return the text
     */
    public String toUrl() {
        Map<String, String> query = new LinkedHashMap<>(brokerOptions);
        query.putAll(besideScheme(options.given()));
        return addressAndOwn() + UrlQuery.format(query);
    }

    /** Returns the address and those options that are not secret. */
    @Override
    public String toString() {
        Map<String, String> query = new LinkedHashMap<>(brokerOptions);
        query.replaceAll((name, value) -> name.endsWith("assword") ? "***" : value);
        besideScheme(options.given())
                .forEach(
                        (name, value) ->
                                query.put(
                                        name,
                                        ConnectionOptions.find(name).secret() ? "***" : value));
        return addressAndOwn() + UrlQuery.format(query);
    }
}
