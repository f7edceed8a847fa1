// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.taffrail.link.ConnectionUrl.requireValid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the text of connection URLs; {@link ConnectionUrl} describes it. What is read may be
 * anything that somebody has typed, and messages repeat no part of it that may be a password.
 */
final class ConnectionUrlParser {
    private static final String FAILOVER = "failover:";
    private static final String REMOTE = "taffrail://";
    private static final String TLS = "taffrails://";
    private static final String EMBEDDED = "taffrail:embedded";

    private ConnectionUrlParser() {}

    /** Reads a URL, as {@link ConnectionUrl#parse} says. */
    static ConnectionUrl parse(String url) {
        requireValid(url != null, "no URL was given");
        requireValid(
                url.length() <= ConnectionUrl.CHARS_MAX,
                "a URL of more than " + ConnectionUrl.CHARS_MAX + " characters");
        String text = url.trim();
        requireValid(text.indexOf('#') < 0, "a URL with #, which is written %23");
        if (begins(text, FAILOVER)) {
            String rest = text.substring(FAILOVER.length());
            return failover((rest.startsWith("//") ? rest.substring(2) : rest).trim());
        }
        Split split = Split.of(text);
        return split.address.indexOf(',') < 0 ? single(split) : list(split);
    }

    /** An address and the query behind it. */
    private record Split(String address, String query) {
        static Split of(String text) {
            int question = text.indexOf('?');
            return question < 0
                    ? new Split(text, "")
                    : new Split(text.substring(0, question), text.substring(question + 1));
        }
    }

    // ---- one broker

    private static ConnectionUrl single(Split url) {
        if (isRemote(url.address)) {
            ConnectionUrl broker = remote(url.address, ConnectionOptions.defaults());
            requireNoListBehind(url.query);
            Map<String, String> query = UrlQuery.parse(url.query);
            query.keySet().forEach(name -> broker.requireFits(OptionNames.find(name)));
            return broker.with(options(broker.options(), query, OptionNames::find));
        }
        requireValid(
                url.address.equalsIgnoreCase(EMBEDDED),
                "\""
                        + shown(url.address)
                        + "\" is neither taffrail://host:port nor taffrail:embedded?dir=folder nor"
                        + " failover:(taffrail://host:port,...)");
        return embedded(UrlQuery.parse(url.query));
    }

    private static ConnectionUrl embedded(Map<String, String> query) {
        Map<String, String> brokerOptions = new LinkedHashMap<>(query);
        brokerOptions.keySet().removeIf(ConnectionUrlParser::forConnection);
        query.keySet().removeAll(brokerOptions.keySet());
        ConnectionUrl broker = ConnectionUrl.embedded(brokerOptions, ConnectionOptions.defaults());
        query.keySet().forEach(name -> broker.requireFits(OptionNames.find(name)));
        return broker.with(options(broker.options(), query, OptionNames::find));
    }

    private static boolean forConnection(String name) {
        return name.startsWith("jms.")
                || name.startsWith("transport.")
                || name.startsWith("failover.")
                || name.equals(ConnectionOptions.HEARTBEAT_MS.name());
    }

    private static boolean isRemote(String address) {
        return begins(address, REMOTE) || begins(address, TLS);
    }

    /** Reads the address of one broker, with its scheme or, in a list, without. */
    private static ConnectionUrl remote(String text, ConnectionOptions options) {
        boolean tls = begins(text, TLS);
        String scheme = tls ? TLS : begins(text, REMOTE) ? REMOTE : "";
        ConnectionOptions ofScheme = tls ? options.with(TlsOptions.TLS, true) : options;
        return authority(text.substring(scheme.length())).with(ofScheme);
    }

    private static ConnectionUrl authority(String authority) {
        requireNoUser(authority);
        String address =
                authority.endsWith("/")
                        ? authority.substring(0, authority.length() - 1)
                        : authority;
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
        return ConnectionUrl.remote(host, port(address, rest), ConnectionOptions.defaults());
    }

    /** Comes before a text is taken apart: a part of a password is not known as one. */
    private static void requireNoUser(String text) {
        requireValid(
                text.indexOf('@') < 0,
                "a URL with a user before the host; write ?jms.username=...&jms.password=...");
    }

    private static int port(String address, String rest) {
        if (rest.isEmpty()) {
            return ConnectionUrl.DEFAULT_PORT;
        }
        boolean digits = rest.length() > 1 && rest.length() <= 6 && rest.charAt(0) == ':';
        digits &= rest.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        requireValid(digits, "\"" + address + "\": what follows the host is not a port");
        return Integer.parseInt(rest.substring(1));
    }

    // ---- several brokers

    private static ConnectionUrl failover(String text) {
        if (!text.startsWith("(")) {
            return list(Split.of(text));
        }
        int end = text.indexOf(')');
        requireValid(
                end > 0,
                "the parenthesis of failover:( is not closed; write failover:(taffrail://host:port,"
                        + "...)?option=value");
        String list = text.substring(1, end);
        requireValid(
                list.indexOf('(') < 0,
                "a parenthesis inside of failover:(...); one list of brokers is enough");
        String behind = text.substring(end + 1).trim();
        requireValid(
                behind.isEmpty() || behind.startsWith("?"),
                "behind the closing parenthesis of failover:(...) stands something other than"
                        + " ?option=value");
        return brokers(list, behind.isEmpty() ? "" : behind.substring(1));
    }

    /** Reads a list without parentheses, where the query is that of all. */
    private static ConnectionUrl list(Split list) {
        requireNoListBehind(list.query);
        return brokers(list.address, list.query);
    }

    /**
     * A query that goes on with another broker would otherwise be read as one strange value, and
     * the broker would be missed on the day it is needed.
     */
    private static void requireNoListBehind(String query) {
        String[] parts = query.split(",", -1);
        for (int i = 1; i < parts.length; i++) {
            requireValid(
                    !begins(parts[i].trim(), "taffrail:") && !begins(parts[i].trim(), TLS),
                    "brokers with options of their own stand in parentheses, as in"
                            + " failover:(taffrail://a?heartbeatMs=5000,taffrail://b); a comma"
                            + " in a value is written %2C");
        }
    }

    private static ConnectionUrl brokers(String list, String query) {
        requireNoUser(list);
        String[] texts = list.split(",", -1);
        requireValid(
                texts.length <= ConnectionUrl.BROKERS_MAX,
                "a URL of "
                        + texts.length
                        + " brokers; it may have at most "
                        + ConnectionUrl.BROKERS_MAX);
        ConnectionOptions options =
                options(
                        ConnectionOptions.defaults(),
                        UrlQuery.parse(query),
                        OptionNames::findInFailover);
        List<ConnectionUrl> brokers = new ArrayList<>();
        for (String text : texts) {
            brokers.add(broker(text.trim(), brokers.isEmpty(), options));
        }
        return ConnectionUrl.failover(brokers, options);
    }

    private static ConnectionUrl broker(String text, boolean first, ConnectionOptions common) {
        requireValid(
                !text.isEmpty(),
                "a list of brokers with an empty place; write failover:(taffrail://host:port,...)");
        Split split = Split.of(text);
        String address = split.address.trim();
        requireValid(!begins(address, FAILOVER), "failover inside of failover; one list is enough");
        requireValid(
                !begins(address, EMBEDDED),
                "an embedded broker ends with its application, so there is no reconnecting to it:"
                        + " write taffrail:embedded alone");
        boolean named = isRemote(address);
        requireValid(
                named || !first && !address.contains("//"),
                "\"" + address + "\" is not a broker of a list: write taffrail://host:port");
        ConnectionUrl broker = remote(address, common.withoutFailover());
        Map<String, String> own = UrlQuery.parse(split.query);
        for (String name : own.keySet()) {
            requireValid(
                    OptionNames.findInFailover(name).remoteOnly() && !OptionNames.isNested(name),
                    "option "
                            + name
                            + " is not one broker's ("
                            + broker.address()
                            + "): it belongs behind the closing parenthesis, as in failover:(...)?"
                            + name
                            + "=...");
        }
        return broker.with(options(broker.options(), own, OptionNames::find));
    }

    // ---- all

    private static ConnectionOptions options(
            ConnectionOptions others,
            Map<String, String> query,
            Function<String, ConnectionOption<?>> find) {
        ConnectionOptions options = others;
        Map<ConnectionOption<?>, String> spellings = new HashMap<>();
        for (Map.Entry<String, String> pair : query.entrySet()) {
            String name = pair.getKey();
            ConnectionOption<?> option = find.apply(name);
            String other = spellings.put(option, name);
            requireValid(other == null, "option " + name + " is given twice, also as " + other);
            options = options.withParsed(option, pair.getValue());
        }
        return options;
    }

    private static boolean begins(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** Returns an address without a password that somebody may have put into it. */
    private static String shown(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? address : "..." + address.substring(at);
    }
}
