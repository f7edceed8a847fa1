// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A broker's address and the options of connections to it: a parsed connection URL. Immutable.
 *
 * <pre>
 *   taffrail://host[:port][?option=value&amp;...]     a broker elsewhere; IPv6 as [::1]
 *   taffrail:embedded[?dir=folder&amp;option=value...] a broker in this JVM; without dir in memory
 * </pre>
 *
 * Values are percent-decoded (RFC 3986, so {@code +} is a plus sign). Every option is checked: see
 * {@link ConnectionOptions}. With an embedded broker, options that begin neither with {@code jms.}
 * nor {@code transport.} are the broker's.
 *
 * <p>{@code failover:(...)} and lists of URLs are recognised and refused, also with a single URL:
 * they ask for reconnecting, which is not there yet, and an application that counts on it must not
 * find out on the day the network fails.
 *
 * @param kind where the broker is
 * @param host its host, for IPv6 without brackets; null for an embedded broker
 * @param port its port; 0 for an embedded broker
 * @param brokerOptions what an embedded broker is started with; empty for one elsewhere
 * @param options the connection's options
 */
public record ConnectionUrl(
        Kind kind,
        String host,
        int port,
        Map<String, String> brokerOptions,
        ConnectionOptions options) {
    /** The port of a broker whose URL names none. */
    public static final int DEFAULT_PORT = 61700;

    /** Most characters of a URL. */
    public static final int CHARS_MAX = 65_536;

    private static final String SCHEME = "taffrail:";

    /** Where the broker is. */
    public enum Kind {
        /** In another process, over TCP. */
        REMOTE,
        /** In this JVM. */
        EMBEDDED
    }

    /**
     * Checks the parts.
     *
     * @param kind where the broker is
     * @param host its host
     * @param port its port
     * @param brokerOptions what an embedded broker is started with
     * @param options the connection's options
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if they don't belong together
     */
    public ConnectionUrl {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(options);
        brokerOptions = Map.copyOf(brokerOptions);
        if (kind == Kind.REMOTE) {
            requireValid(host != null && !host.isEmpty(), "a broker's URL has no host");
            requireValid(port >= 1 && port <= 65_535, "port " + port + ", allowed are 1 to 65535");
            requireValid(
                    brokerOptions.isEmpty(), "options of an embedded broker, which this is not");
        } else {
            requireValid(host == null && port == 0, "an embedded broker has no host and port");
            for (String name : options.given().keySet()) {
                requireValid(
                        !ConnectionOptions.find(name).remoteOnly(),
                        "option " + name + " means nothing to an embedded broker");
            }
        }
    }

    /**
     * Parses a URL.
     *
     * @param url the text
     * @return its parts
     * @throws WireException {@link ErrorCode#INVALID_OPTION} where it follows no form above, or an
     *     option is unknown (the nearest is named), given twice, or out of bounds (which are
     *     named); {@link ErrorCode#NOT_SUPPORTED} where it asks for failover or TLS
     */
    public static ConnectionUrl parse(String url) {
        requireValid(url != null, "no URL was given");
        requireValid(url.length() <= CHARS_MAX, "a URL of more than " + CHARS_MAX + " characters");
        String text = url.trim();
        int question = text.indexOf('?');
        String address = question < 0 ? text : text.substring(0, question);
        String lowered = address.toLowerCase(Locale.ROOT);
        if (lowered.startsWith("failover:") || address.indexOf(',') >= 0) {
            throw FutureOptions.failover("\"" + shown(address) + "\"");
        }
        if (lowered.startsWith("taffrails:") || lowered.startsWith("taffrail+ssl:")) {
            FutureOptions.refuse("ssl");
        }
        requireValid(text.indexOf('#') < 0, "a URL with #, which is written %23");
        Map<String, String> query =
                UrlQuery.parse(question < 0 ? "" : text.substring(question + 1));
        if (lowered.startsWith(SCHEME + "//")) {
            return remote(address.substring(SCHEME.length() + 2), query);
        }
        requireValid(
                lowered.equals(SCHEME + "embedded"),
                "\""
                        + shown(address)
                        + "\" is neither taffrail://host:port nor taffrail:embedded?dir=folder");
        return embedded(query);
    }

    private static ConnectionUrl remote(String authority, Map<String, String> query) {
        requireValid(
                authority.indexOf('@') < 0,
                "a URL with a user before the host; write ?jms.username=...&jms.password=...");
        String address = authority.endsWith("/") ? cut(authority, 1) : authority;
        requireValid(address.indexOf('/') < 0, "\"" + address + "\" is not a host and port");
        String host;
        String rest;
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            requireValid(end > 0, "\"" + address + "\": the IPv6 address does not end");
            host = address.substring(1, end);
            requireValid(host.indexOf(':') >= 0, "\"" + address + "\" is not an IPv6 address");
            rest = address.substring(end + 1);
        } else {
            int colon = address.indexOf(':');
            requireValid(
                    colon == address.lastIndexOf(':'),
                    "\"" + address + "\": an IPv6 address stands in brackets, as in [::1]:61700");
            host = colon < 0 ? address : address.substring(0, colon);
            rest = colon < 0 ? "" : address.substring(colon);
        }
        requireValid(
                host.chars().allMatch(ConnectionUrl::inHost), "\"" + host + "\" is not a host");
        return new ConnectionUrl(Kind.REMOTE, host, port(address, rest), Map.of(), options(query));
    }

    private static ConnectionUrl embedded(Map<String, String> query) {
        Map<String, String> brokerOptions = new LinkedHashMap<>(query);
        brokerOptions.keySet().removeIf(ConnectionUrl::forConnection);
        query.keySet().removeAll(brokerOptions.keySet());
        return new ConnectionUrl(Kind.EMBEDDED, null, 0, brokerOptions, options(query));
    }

    private static boolean forConnection(String name) {
        return name.startsWith("jms.")
                || name.startsWith("transport.")
                || name.startsWith("failover.")
                || name.equals(ConnectionOptions.HEARTBEAT_MS.name());
    }

    private static ConnectionOptions options(Map<String, String> query) {
        ConnectionOptions options = ConnectionOptions.defaults();
        Map<ConnectionOption<?>, String> spellings = new HashMap<>();
        for (Map.Entry<String, String> option : query.entrySet()) {
            String name = option.getKey();
            String other = spellings.put(ConnectionOptions.find(name), name);
            requireValid(other == null, "option " + name + " is given twice, also as " + other);
            options = options.with(name, option.getValue());
        }
        return options;
    }

    private static int port(String address, String rest) {
        if (rest.isEmpty()) {
            return DEFAULT_PORT;
        }
        boolean digits = rest.length() > 1 && rest.length() <= 6 && rest.charAt(0) == ':';
        digits &= rest.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        requireValid(digits, "\"" + address + "\": what follows the host is not a port");
        return Integer.parseInt(rest.substring(1));
    }

    private static boolean inHost(int c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == '-'
                || c == '_'
                || c == ':'
                || c == '%';
    }

    private static String cut(String text, int chars) {
        return text.substring(0, text.length() - chars);
    }

    /** Returns an address without a password that somebody may have put into it. */
    private static String shown(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : "..." + address.substring(at);
    }

    private static void requireValid(boolean valid, String otherwise) {
        if (!valid) {
            throw new WireException(ErrorCode.INVALID_OPTION, otherwise);
        }
    }

    /**
     * Returns the same address with other options.
     *
     * @param newOptions the options
     * @return a new URL
     */
    public ConnectionUrl with(ConnectionOptions newOptions) {
        return new ConnectionUrl(kind, host, port, brokerOptions, newOptions);
    }

    /**
     * Returns the address alone, for messages and logs.
     *
     * @return such as {@code taffrail://host:61700}
     */
    public String address() {
        if (kind == Kind.EMBEDDED) {
            return SCHEME + "embedded";
        }
        return SCHEME + "//" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /**
     * Returns the URL as text that {@link #parse} reads back as an equal value. It shows secrets:
     * for storing, not for messages.
     *
     * @return the text
     */
    public String toUrl() {
        Map<String, String> query = new LinkedHashMap<>(brokerOptions);
        query.putAll(options.given());
        return address() + UrlQuery.format(query);
    }

    /** Returns the address and those options that are not secret. */
    @Override
    public String toString() {
        Map<String, String> query = new LinkedHashMap<>(brokerOptions);
        query.replaceAll((name, value) -> name.endsWith("assword") ? "***" : value);
        options.given()
                .forEach(
                        (name, value) ->
                                query.put(
                                        name,
                                        ConnectionOptions.find(name).secret() ? "***" : value));
        return address() + UrlQuery.format(query);
    }
}
