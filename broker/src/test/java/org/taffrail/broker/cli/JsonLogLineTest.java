// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

import java.time.Instant;
import java.util.Map;

class JsonLogLineTest {
    private static final String HEAD =
            "{\"time\":\"2026-11-27T20:48:56.000Z\",\"level\":\"WARN\",\"logger\":\"a.B\","
                    + "\"thread\":\"main\"";

    private static String line(String pattern, Object... arguments) {
        return line(null, pattern, arguments);
    }

    private static String line(Throwable thrown, String pattern, Object... arguments) {
        String line =
                new JsonLogLine(Instant.parse("2026-11-27T20:48:56Z"), Level.WARN, "a.B", "main")
                        .of(pattern, arguments, thrown);
        assertTrue(line.startsWith(HEAD), line);
        return line.substring(HEAD.length());
    }

    @Test
    void eachWordIsAFieldWithItsValue() {
        assertEquals(
                ",\"event\":\"connection_ended\",\"connection\":7,\"peer\":\"127.0.0.1:5\","
                        + "\"user\":\"bob\",\"full\":true,\"risk\":\"all may\",\"client_id\":\"none\"}",
                line(
                        "event=connection_ended connection={} peer={} user={} full={}"
                                + " risk=\"all may\" client_id={}",
                        7,
                        "127.0.0.1:5",
                        "\"bob\"",
                        true,
                        null));
        assertEquals(
                ",\"event\":\"kept\",\"kept\":\"the 3 read before\",\"bytes\":-5}",
                line("event=kept kept=\"the {} read before\" bytes=-5", 3));
    }

    @Test
    void whatAnArgumentHoldsMakesNeitherFieldsNorLines() {
        String forged = "x\" level=ERROR\r\n{\"event\":\"broker_started\"}\u2028\u0085\u0007 {}";

        String line = line("event=refused reason=\"{}\" peer={}", forged, forged);

        String escaped =
                "x\\\" level=ERROR\\u000d\\u000a{\\\"event\\\":\\\"broker_started\\\"}"
                        + "\\u2028\\u0085\\u0007 {}";
        assertEquals(
                ",\"event\":\"refused\",\"reason\":\""
                        + escaped
                        + "\",\"peer\":\""
                        + escaped
                        + "\"}",
                line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void anArgumentThatSaysSeveralThingsIsAsManyFields() {
        assertEquals(
                ",\"event\":\"store_recovered\",\"store\":\"Journal\",\"cut_bytes\":12,\"clean\":true,\"why\":\"a b\"}",
                line(
                        "event=store_recovered {}",
                        "store=Journal cut_bytes=12 clean=true why=\"a b\""));
    }

    @Test
    void otherTextIsAMessage() {
        assertEquals(
                ",\"message\":\"connection=c1 lost cause=\\\"x\\\"\"}",
                line("connection={} lost cause=\"{}\"", "c1", "x"));
        assertEquals(",\"message\":\"Using 3 threads\"}", line("Using {} threads", 3));
        assertEquals(",\"message\":\"a=1 b={}\"}", line("a={} b={}", 1));
        assertEquals("}", line(null));
    }

    @Test
    void noWordTakesThePlaceOfWhatEachLineHas() {
        assertEquals(
                ",\"event\":\"e\",\"time_\":1,\"level_\":\"x\"}", line("event=e time=1 level=x"));
        assertEquals(",\"message\":\"event=a event=b\"}", line("event=a event=b"));
    }

    @Test
    void anExceptionIsATextOfSeveralLinesOnOne() {
        String line = line(new IllegalStateException("no\nmore"), "event=defect peer={}", "p");

        assertTrue(
                line.startsWith(
                        ",\"event\":\"defect\",\"peer\":\"p\",\"exception\":"
                                + "\"java.lang.IllegalStateException: no\\u000amore\\u000a\\u0009at "),
                line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void levelsAreSetAsForTheLogInWords() {
        Map<String, String> given =
                Map.of(
                        "org.slf4j.simpleLogger.defaultLogLevel", "warn",
                        "org.slf4j.simpleLogger.log.org.taffrail", "debug",
                        "org.slf4j.simpleLogger.log.org.taffrail.quiet", "off");

        assertTrue(JsonLogger.of("org.taffrail.broker.X", given::get).isDebugEnabled());
        assertFalse(JsonLogger.of("org.taffrail.broker.X", given::get).isTraceEnabled());
        assertFalse(JsonLogger.of("org.taffrail.quiet.Y", given::get).isErrorEnabled());
        assertTrue(JsonLogger.of("io.netty.Z", given::get).isWarnEnabled());
        assertFalse(JsonLogger.of("io.netty.Z", given::get).isInfoEnabled());
        assertTrue(JsonLogger.of("any", name -> null).isInfoEnabled());
    }
}
