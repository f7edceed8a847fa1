// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.Map;

class ConnectionUrlTest {
    @Test
    void readsHostPortAndOptions() {
        ConnectionUrl url =
                ConnectionUrl.parse(
                        " taffrail://broker.example:5000?jms.username=a&jms.prefetch=7 ");

        assertEquals(ConnectionUrl.Kind.REMOTE, url.kind());
        assertEquals("broker.example", url.host());
        assertEquals(5000, url.port());
        assertEquals("a", url.options().get(ConnectionOptions.USERNAME));
        assertEquals(7, url.options().get(ConnectionOptions.PREFETCH));
        assertEquals(
                1000,
                ConnectionUrl.parse("taffrail://h").options().get(ConnectionOptions.PREFETCH));
    }

    @Test
    void portIsTheDefaultOneWhereNoneIsGiven() {
        assertEquals(61700, ConnectionUrl.parse("taffrail://h").port());
        assertEquals(61700, ConnectionUrl.parse("taffrail://h/").port());
        assertEquals(61700, ConnectionUrl.parse("TAFFRAIL://[::1]").port());
    }

    @Test
    void readsIpv6() {
        ConnectionUrl url = ConnectionUrl.parse("taffrail://[fe80::1%eth0]:1?heartbeatMs=0");

        assertEquals("fe80::1%eth0", url.host());
        assertEquals(1, url.port());
        assertEquals("taffrail://[fe80::1%eth0]:1", url.address());
    }

    @Test
    void decodesPercentAndLeavesPlusAlone() {
        ConnectionUrl url =
                ConnectionUrl.parse("taffrail://h?jms.password=a%26b%3Dc+%C3%A9%F0%9F%98%80é");

        assertEquals("a&b=c+é😀é", url.options().get(ConnectionOptions.PASSWORD));
    }

    @Test
    void embeddedOptionsThatAreNotTheConnectionsAreTheBrokers() {
        ConnectionUrl url =
                ConnectionUrl.parse(
                        "taffrail:embedded?dir=/tmp/a%20b&jms.prefetch=1&durability=force");

        assertEquals(ConnectionUrl.Kind.EMBEDDED, url.kind());
        assertEquals(Map.of("dir", "/tmp/a b", "durability", "force"), url.brokerOptions());
        assertEquals(1, url.options().get(ConnectionOptions.PREFETCH));
        assertEquals(Map.of(), ConnectionUrl.parse("taffrail:embedded").brokerOptions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "taffrail",
                "taffrail:",
                "taffrail://",
                "taffrail://:61700",
                "taffrail://h:",
                "taffrail://h:0",
                "taffrail://h:65536",
                "taffrail://h:+1",
                "taffrail://h:99999999",
                "taffrail://h:1x",
                "taffrail://h/path",
                "taffrail://::1",
                "taffrail://[::1",
                "taffrail://[::1]61700",
                "taffrail://[host]:1",
                "taffrail://a b",
                "taffrail://user:secret@h",
                "taffrail:elsewhere",
                "taffrail:embeddedx?dir=a",
                "tcp://h:61616",
                "taffrail://h?jms.prefetch",
                "taffrail://h?=1",
                "taffrail://h?jms.prefetch=1&",
                "taffrail://h?jms.prefetch=1&jms.prefetch=1",
                "taffrail://h?jms.sendTimeout=1&jms.sendTimeoutMs=1",
                "taffrail://h?jms.password=%",
                "taffrail://h?jms.password=%4",
                "taffrail://h?jms.password=%zz",
                "taffrail://h?jms.password=%ff",
                "taffrail://h?jms.password=a#b",
                "taffrail://h?dir=/tmp",
                "taffrail:embedded?transport.tcpNoDelay=false",
                "taffrail:embedded?heartbeatMs=1",
                "taffrail:embedded?jms.nonsense=1",
            })
    void refusesWhatFollowsNoForm(String url) {
        WireException e = assertThrows(WireException.class, () -> ConnectionUrl.parse(url));

        assertEquals(ErrorCode.INVALID_OPTION, e.code());
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taffrails://a",
                "TAFFRAILS://a:61700",
                "taffrail://a?ssl=true",
                "taffrail://a?transport.tls=true",
                "taffrails://a?sslEnabled=true"
            })
    void tlsIsAskedForByTheSchemeOrAnOption(String text) {
        ConnectionUrl url = ConnectionUrl.parse(text);

        assertEquals("taffrails://a:61700", url.toUrl());
        assertEquals("taffrails://a:61700", url.address());
        assertEquals(url, ConnectionUrl.parse(url.toUrl()));
    }

    @Test
    void anOptionOfTlsThatIsNotThereIsRefusedByName() {
        WireException e =
                assertThrows(
                        WireException.class,
                        () -> ConnectionUrl.parse("taffrails://a?transport.trustAll=true"));

        assertEquals(ErrorCode.NOT_SUPPORTED, e.code());
    }

    @Test
    void showsNoSecret() {
        String shown =
                ConnectionUrl.parse("taffrail://h?jms.password=tiger&jms.username=u").toString();

        assertEquals("taffrail://h:61700?jms.username=u&jms.password=***", shown);
    }

    @Test
    void refusesTextThatHasNoBytes() {
        for (String url :
                new String[] {"taffrail:embedded?dir=\ud83d", "taffrail://h?jms.user\udc00=%41"}) {
            WireException refused =
                    assertThrows(WireException.class, () -> ConnectionUrl.parse(url));
            assertEquals(ErrorCode.INVALID_OPTION, refused.code());
            assertTrue(refused.getMessage().contains("surrogate"), refused.getMessage());
        }
    }

    @Property(tries = 300)
    void toUrlIsReadBackAsAnEqualValue(@ForAll("urls") ConnectionUrl url) {
        assertEquals(url, ConnectionUrl.parse(url.toUrl()));
    }

    /** Whatever is typed, the answer is a URL or a typed refusal. */
    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll("typed") String text) {
        try {
            ConnectionUrl url = ConnectionUrl.parse(text);
            assertEquals(url, ConnectionUrl.parse(url.toUrl()));
        } catch (WireException e) {
            assertTrue(
                    e.code() == ErrorCode.INVALID_OPTION || e.code() == ErrorCode.NOT_SUPPORTED,
                    e.toString());
        }
    }

    @Provide
    Arbitrary<String> typed() {
        Arbitrary<String> piece =
                Arbitraries.of(
                        "taffrail://",
                        "taffrail:embedded",
                        "?",
                        "&",
                        "=",
                        "jms.",
                        "jms.prefetch=5",
                        "jms.password=",
                        "%41",
                        "%",
                        "[",
                        "]",
                        ":",
                        "::1",
                        "61700",
                        "host",
                        "@",
                        ",",
                        "failover:(",
                        ")",
                        "taffrail://a,b",
                        "nested.",
                        "randomize=true",
                        "/",
                        "#",
                        "dir=",
                        "é",
                        "\ud83d",
                        " ",
                        "heartbeatMs=");
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<ConnectionUrl> urls() {
        Arbitrary<String> text =
                Arbitraries.strings()
                        .all()
                        .ofMinLength(1)
                        .ofMaxLength(40)
                        .filter(StandardCharsets.UTF_8.newEncoder()::canEncode);
        Arbitrary<ConnectionOptions> options =
                Combinators.combine(text, text, Arbitraries.integers().between(0, 1_000_000))
                        .as(
                                (user, password, prefetch) ->
                                        ConnectionOptions.defaults()
                                                .with(ConnectionOptions.USERNAME, user)
                                                .with(ConnectionOptions.PASSWORD, password)
                                                .with(ConnectionOptions.PREFETCH, prefetch));
        Arbitrary<ConnectionUrl> remote =
                Combinators.combine(
                                Arbitraries.of("h", "a.b-c.d", "::1", "127.0.0.1"),
                                Arbitraries.integers().between(1, 65_535),
                                options)
                        .as((host, port, o) -> ConnectionUrl.remote(host, port, o));
        Arbitrary<ConnectionUrl> embedded =
                Combinators.combine(text, options)
                        .as(
                                (dir, o) ->
                                        ConnectionUrl.embedded(
                                                Map.of("dir", dir, "durability", "force"), o));
        return Arbitraries.oneOf(remote, embedded);
    }
}
