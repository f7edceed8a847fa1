// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** URLs that ask for reconnecting. */
class FailoverUrlTest {
    private static final String TWO = "failover:(taffrail://a:61700,taffrail://b:61701)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TWO,
                TWO + "?",
                "failover:(taffrail://a,taffrail://b:61701)",
                "failover:(taffrail://a,b:61701)",
                "failover://(taffrail://a:61700,taffrail://b:61701)",
                "failover:taffrail://a:61700,taffrail://b:61701",
                "failover://taffrail://a:61700,b:61701",
                "taffrail://a:61700,taffrail://b:61701",
                "taffrail://a:61700,b:61701",
                "TAFFRAIL://a/,Taffrail://b:61701/",
                " FailOver: ( taffrail://a ,\n taffrail://b:61701? ) ",
            })
    void readsEveryWayToNameTheSameBrokers(String text) {
        ConnectionUrl url = ConnectionUrl.parse(text);

        assertEquals(ConnectionUrl.Kind.FAILOVER, url.kind());
        assertNull(url.host());
        assertEquals(0, url.port());
        assertEquals(Map.of(), url.brokerOptions());
        assertEquals(
                List.of(
                        ConnectionUrl.parse("taffrail://a:61700"),
                        ConnectionUrl.parse("taffrail://b:61701")),
                url.brokers());
        assertEquals(TWO, url.address());
        assertEquals(TWO, url.toUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failover:(taffrail://[::1])?jms.clientID=a)b",
                "failover:taffrail://[::1]?jms.clientID=a)b",
                "failover://(taffrail://[::1]:61700)?jms.clientID=a%29b",
            })
    void oneBrokerMayBeReconnectedTo(String text) {
        ConnectionUrl url = ConnectionUrl.parse(text);

        assertEquals("failover:(taffrail://[::1]:61700)", url.address());
        assertEquals("a)b", url.options().get(ConnectionOptions.CLIENT_ID));
        assertEquals("::1", url.brokers().get(0).host());
    }

    @Test
    void onePlainBrokerIsNotReconnectedTo() {
        ConnectionUrl url = ConnectionUrl.parse("taffrail://a");

        assertEquals(ConnectionUrl.Kind.REMOTE, url.kind());
        assertEquals(List.of(), url.brokers());
    }

    @ParameterizedTest
    @ValueSource(strings = {TWO, "taffrail://a,b", "failover:taffrail://a,taffrail://b"})
    void optionsBehindTheBrokersHoldForAll(String brokers) {
        ConnectionUrl url =
                ConnectionUrl.parse(
                        brokers + "?jms.username=u&heartbeatMs=7&failover.maxReconnectDelay=9");

        assertEquals(9, url.options().get(ConnectionOptions.MAX_RECONNECT_DELAY_MS));
        for (ConnectionUrl broker : url.brokers()) {
            assertEquals("u", broker.options().get(ConnectionOptions.USERNAME));
            assertEquals(7, broker.options().get(ConnectionOptions.HEARTBEAT_MS));
            assertEquals(
                    10_000,
                    broker.options().get(ConnectionOptions.MAX_RECONNECT_DELAY_MS),
                    "one broker is not reconnected to by itself");
        }
    }

    @Test
    void aBrokersOwnOptionsWinOverThoseOfAll() {
        ConnectionUrl url =
                ConnectionUrl.parse(
                        "failover:(taffrail://a?heartbeatMs=30000&transport.connectTimeout=5,"
                                + "taffrail://b)?heartbeatMs=7");

        ConnectionOptions a = url.brokers().get(0).options();
        ConnectionOptions b = url.brokers().get(1).options();
        assertEquals(30_000, a.get(ConnectionOptions.HEARTBEAT_MS), "though it is the default");
        assertEquals(5, a.get(ConnectionOptions.CONNECT_TIMEOUT_MS));
        assertEquals(7, b.get(ConnectionOptions.HEARTBEAT_MS));
        assertEquals(15_000, b.get(ConnectionOptions.CONNECT_TIMEOUT_MS));
        assertEquals(url, ConnectionUrl.parse(url.toUrl()));
    }

    @Test
    void newOptionsReachEveryBrokerAndLeaveItsOwn() {
        ConnectionUrl url =
                ConnectionUrl.parse("failover:(taffrail://a?heartbeatMs=5,b)?jms.prefetch=2");

        ConnectionUrl changed =
                url.with(
                        url.options()
                                .with(ConnectionOptions.USERNAME, "u")
                                .with(ConnectionOptions.RANDOMIZE, true)
                                .with(ConnectionOptions.HEARTBEAT_MS, 9));

        assertEquals(
                ConnectionUrl.parse(
                        "failover:(taffrail://a?heartbeatMs=5,b)"
                                + "?jms.username=u&jms.prefetch=2&heartbeatMs=9&randomize=true"),
                changed);
        assertEquals("u", changed.brokers().get(1).options().get(ConnectionOptions.USERNAME));
        assertEquals(9, changed.brokers().get(1).options().get(ConnectionOptions.HEARTBEAT_MS));
        assertNotEquals(url, changed);
    }

    @ParameterizedTest
    @CsvSource({
        "initialReconnectDelayMs=20, failover.initialReconnectDelayMs=20",
        "initialReconnectDelay=20, failover.initialReconnectDelayMs=20",
        "failover.initialReconnectDelay=20, failover.initialReconnectDelayMs=20",
        "maxReconnectDelay=20, failover.maxReconnectDelayMs=20",
        "failover.maxReconnectDelay=20, failover.maxReconnectDelayMs=20",
        "backOffMultiplier=1.5, failover.reconnectBackOffMultiplier=1.5",
        "failover.backOffMultiplier=1.5, failover.reconnectBackOffMultiplier=1.5",
        "reconnectBackOffMultiplier=3, failover.reconnectBackOffMultiplier=3.0",
        "maxReconnectAttempts=0, failover.maxReconnectAttempts=0",
        "startupMaxReconnectAttempts=4, failover.startupMaxReconnectAttempts=4",
        "reconnectTimeoutMs=5, failover.reconnectTimeoutMs=5",
        "startupTimeoutMs=5, failover.startupTimeoutMs=5",
        "randomize=true, failover.randomize=true",
        "nested.transport.connectTimeout=5, transport.connectTimeoutMs=5",
        "failover.nested.heartbeatMs=5, heartbeatMs=5",
        "failover.nested.jms.clientID=c, jms.clientID=c",
    })
    void otherClientsNamesAreUnderstood(String typed, String meant) {
        ConnectionUrl url = ConnectionUrl.parse(TWO + "?" + typed);

        assertEquals(TWO + "?" + meant, url.toUrl());
        for (ConnectionUrl broker : url.brokers()) {
            assertEquals(
                    !meant.startsWith("failover."),
                    broker.toUrl().endsWith("?" + meant),
                    broker.toUrl());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failover:|empty place|taffrail://host:port",
                "failover:()|empty place|taffrail://host:port",
                "failover:(taffrail://a|not closed|failover:(",
                "failover:(taffrail://a,)|empty place|taffrail://host:port",
                "failover:(taffrail://a,,taffrail://b)|empty place|taffrail://host:port",
                "taffrail://a,?jms.prefetch=1|empty place|taffrail://host:port",
                ",taffrail://a|empty place|taffrail://host:port",
                "failover:((taffrail://a))|inside of failover|one list",
                "failover:(taffrail://a)x|closing parenthesis|?option=value",
                "failover:(taffrail://a)&jms.prefetch=1|closing parenthesis|?option=value",
                "failover:(a,b)|\"a\" is not a broker|taffrail://host:port",
                "failover://a|\"a\" is not a broker|taffrail://host:port",
                "a:1,taffrail://b|\"a:1\" is not a broker|taffrail://host:port",
                "failover:(tcp://a:61616)|\"tcp://a:61616\" is not a broker|taffrail://host",
                "failover:(taffrail://a,tcp://b)|\"tcp://b\" is not a broker|taffrail://host",
                "failover:(taffrail:embedded)|embedded|taffrail:embedded alone",
                "taffrail://a,taffrail:embedded|embedded|taffrail:embedded alone",
                "failover:(failover:(taffrail://a))|inside of failover|one list",
                "failover:(taffrail://a,A:61700)|taffrail://A:61700|twice",
                "failover:(taffrail://a,taffrail://b:0)|port 0|1 to 65535",
                "failover:(taffrail://a(b)|inside of failover|one list",
                "failover:taffrail://a,failover:b|inside of failover|one list",
                "taffrail://a,b(|\"b(\"|not a host",
                "failover:(taffrail://u:secret@a)|user before the host|jms.username",
                "failover:(tcp://u:secret@a)|user before the host|jms.username",
                "taffrail://u:secret,x@a|user before the host|jms.username",
                "failover:(taffrail://u:secret,x@a)|user before the host|jms.username",
                "failover:(taffrail://a?jms.prefetch=1)|behind the closing|?jms.prefetch=",
                "failover:(taffrail://a?jms.password=secret)|behind the closing|?jms.password=",
                "failover:(taffrail://a?failover.randomize=true)|behind the closing|randomize",
                "failover:(taffrail://a?randomize=true)|behind the closing|randomize",
                "failover:(taffrail://a?nested.heartbeatMs=1)|behind the closing|nested",
                "failover:(taffrail://a?dir=x)|no option|\"dir\"",
                "failover:(taffrail://a?heartbeatMs=-1)|heartbeatMs|0 to 3600000 ms",
                "failover:(taffrail://a?heartbeatMs=1&heartbeatMs=1)|heartbeatMs|twice",
                "taffrail://a?heartbeatMs=5,taffrail://b|parentheses|%2C",
                "taffrail://a?jms.clientID=c, taffrail://b|parentheses|%2C",
                "taffrail://a,b?jms.clientID=c,TAFFRAIL://d|parentheses|%2C",
                "failover:(taffrail://a)?dir=x|no option|\"dir\"",
                "failover:(taffrail://a)?randomise=true|no option|\"randomize\"?",
                "failover:(taffrail://a)?nested.heartbeat=1|no option|\"heartbeatMs\"?",
                "failover:(taffrail://a)?nested.randomize=true|no option|\"randomize\"",
                "failover:(taffrail://a)?nested.failover.randomize=true|single|failover.randomize",
                "failover:(taffrail://a)?nested.nested.heartbeatMs=1|no option|nested.heartbeatMs",
                "failover:(taffrail://a)?randomize=true&failover.randomize=true|randomize|twice",
                "failover:(taffrail://a)?nested.heartbeatMs=1&heartbeatMs=1|heartbeatMs|twice",
                "failover:(taffrail://a)?backOffMultiplier=0.5|0.5|1.0 to 100.0",
                "failover:(taffrail://a)?jms.clientID=a#b|#|%23",
                "taffrail://a?failover.randomize=false|failover:(taffrail://a:61700)|randomize",
                "taffrail://a?failover.maxReconnectDelay=5|failover:(taffrail://a:61700)|DelayMs",
                "taffrail:embedded?failover.randomize=true|failover:(taffrail://host|embedded",
                "taffrail://a?randomize=true|no option|\"failover.randomize\"?",
                "taffrail://a?nested.heartbeatMs=1|failover URL|\"heartbeatMs\"",
            })
    void refusesWithAWordOnWhatToWrite(String text, String part, String other) {
        WireException e = assertThrows(WireException.class, () -> ConnectionUrl.parse(text));

        assertEquals(ErrorCode.INVALID_OPTION, e.code(), e.getMessage());
        String message = e.getMessage();
        assertTrue(message.contains(part), message);
        assertTrue(message.contains(other), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void eachBrokerMayHaveTlsOrNot() {
        ConnectionUrl some = ConnectionUrl.parse("failover:(taffrail://a,taffrails://b)");
        ConnectionUrl all = ConnectionUrl.parse("failover:(taffrail://a,taffrails://b)?ssl=true");
        ConnectionUrl list =
                ConnectionUrl.parse("taffrails://a,taffrails://b?transport.trustStore=x");

        assertEquals(List.of(false, true), tls(some));
        assertEquals(List.of(true, true), tls(all));
        assertEquals(List.of(true, true), tls(list));
        assertEquals("x", list.brokers().get(1).options().get(TlsOptions.TRUST_STORE));
        for (ConnectionUrl url : List.of(some, all, list)) {
            assertEquals(url, ConnectionUrl.parse(url.toUrl()));
        }
        assertEquals("failover:(taffrail://a:61700,taffrails://b:61700)", some.toUrl());
    }

    private static List<Boolean> tls(ConnectionUrl url) {
        return url.brokers().stream().map(b -> b.options().get(TlsOptions.TLS)).toList();
    }

    @Test
    void takesSixtyFourBrokersAndNoMore() {
        String most = brokers(64);
        String more = brokers(65);

        assertEquals(64, ConnectionUrl.parse(most).brokers().size());
        for (String text : List.of(more, "failover:(" + more + ")")) {
            WireException e = assertThrows(WireException.class, () -> ConnectionUrl.parse(text));
            assertEquals(ErrorCode.INVALID_OPTION, e.code());
            assertTrue(e.getMessage().contains("65 brokers; it may have at most 64"), text);
        }
    }

    private static String brokers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(port -> "taffrail://h:" + port)
                .collect(Collectors.joining(","));
    }

    @Test
    void showsNoSecret() {
        ConnectionUrl url =
                ConnectionUrl.parse(
                        "failover:(taffrail://a?heartbeatMs=5,b)?jms.password=tiger&randomize=true");

        assertEquals(
                "failover:(taffrail://a:61700?heartbeatMs=5,taffrail://b:61700)"
                        + "?jms.password=***&failover.randomize=true",
                url.toString());
        assertFalse(url.brokers().toString().contains("tiger"));
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() {
        ConnectionOptions options = ConnectionOptions.defaults();
        ConnectionUrl a = ConnectionUrl.remote("a", 1, options);
        ConnectionUrl embedded = ConnectionUrl.embedded(Map.of(), options);
        ConnectionUrl failover = ConnectionUrl.failover(List.of(a), options);

        refused(() -> ConnectionUrl.failover(List.of(), options));
        refused(() -> ConnectionUrl.failover(List.of(embedded), options));
        refused(() -> ConnectionUrl.failover(List.of(failover), options));
        refused(() -> ConnectionUrl.failover(List.of(a, a), options));
        refused(() -> ConnectionUrl.failover(List.of(a), options.with("jms.prefetch", "1")));
        refused(
                () ->
                        new ConnectionUrl(
                                ConnectionUrl.Kind.REMOTE, "a", 1, Map.of(), options, List.of(a)));
        refused(
                () ->
                        new ConnectionUrl(
                                ConnectionUrl.Kind.FAILOVER,
                                "a",
                                1,
                                Map.of(),
                                options,
                                List.of(a)));
        refused(() -> ConnectionUrl.remote("a,b", 1, options));
        refused(() -> a.with(options.with(ConnectionOptions.RANDOMIZE, true)));
        refused(() -> embedded.with(options.with(ConnectionOptions.RANDOMIZE, true)));
    }

    private static void refused(Runnable making) {
        WireException e = assertThrows(WireException.class, making::run);
        assertEquals(ErrorCode.INVALID_OPTION, e.code(), e.getMessage());
    }

    @Property(tries = 300)
    void toUrlIsReadBackAsAnEqualValue(@ForAll("failoverUrls") ConnectionUrl url) {
        assertEquals(url, ConnectionUrl.parse(url.toUrl()));
    }

    @Property(tries = 200)
    void brokersHaveAllCommonOptionsButTheirOwn(
            @ForAll("failoverUrls") ConnectionUrl url,
            @ForAll("common") ConnectionOptions changed) {
        ConnectionUrl after = url.with(changed);

        for (int i = 0; i < url.brokers().size(); i++) {
            ConnectionOptions before = url.brokers().get(i).options();
            for (ConnectionOption<?> option : ConnectionOptions.ALL) {
                Object value = after.brokers().get(i).options().get(option);
                boolean own =
                        option.remoteOnly()
                                && before.get(option) != null
                                && !before.get(option).equals(url.options().get(option));
                Object expected =
                        own
                                ? before.get(option)
                                : option.failoverOnly()
                                        ? option.defaultValue()
                                        : changed.get(option);
                assertEquals(expected, value, option.name());
            }
        }
    }

    @Provide
    Arbitrary<ConnectionOptions> common() {
        return Combinators.combine(
                        Arbitraries.strings().withChars("a,()?&=%:/ é").ofMinLength(1),
                        Arbitraries.of(0, 7, 30_000),
                        Arbitraries.doubles().between(1, 100).ofScale(9),
                        Arbitraries.integers().between(-1, 3),
                        Arbitraries.of(true, false))
                .as(
                        (client, heartbeatMs, multiplier, attempts, randomize) ->
                                ConnectionOptions.defaults()
                                        .with(ConnectionOptions.CLIENT_ID, client)
                                        .with(ConnectionOptions.HEARTBEAT_MS, heartbeatMs)
                                        .with(
                                                ConnectionOptions.RECONNECT_BACK_OFF_MULTIPLIER,
                                                multiplier)
                                        .with(ConnectionOptions.MAX_RECONNECT_ATTEMPTS, attempts)
                                        .with(ConnectionOptions.RANDOMIZE, randomize));
    }

    @Provide
    Arbitrary<ConnectionUrl> failoverUrls() {
        Arbitrary<String> host = Arbitraries.of("h", "H", "a.b-c.d", "::1", "fe80::1%e", "1.2.3.4");
        Arbitrary<String> place =
                Combinators.combine(
                                host,
                                Arbitraries.integers().between(1, 65_535),
                                Arbitraries.of(
                                        Map.<String, String>of(),
                                        Map.of("heartbeatMs", "7"),
                                        Map.of("heartbeatMs", "30000"),
                                        Map.of(
                                                "transport.tcpNoDelay",
                                                "false",
                                                "transport.connectTimeoutMs",
                                                "5")))
                        .as(
                                (name, port, own) ->
                                        ConnectionUrl.remote(
                                                                name,
                                                                port,
                                                                ConnectionOptions.defaults())
                                                        .address()
                                                + UrlQuery.format(own));
        return Combinators.combine(
                        place.list()
                                .ofMinSize(1)
                                .ofMaxSize(6)
                                .uniqueElements(
                                        text -> text.split("\\?")[0].toLowerCase(Locale.ROOT)),
                        common())
                .as(
                        (places, options) ->
                                ConnectionUrl.parse(
                                        "failover:("
                                                + String.join(",", places)
                                                + ")"
                                                + UrlQuery.format(options.given())));
    }
}
