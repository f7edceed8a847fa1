// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.cli.Json;
import org.taffrail.console.http.Refusal;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON as requests bring it. */
class JsonReaderTest {
    @Test
    void readsTextsNumbersTruthsAndObjects() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", "x\"\\/\b\f\n\r\t\u00e9");
        expected.put("b", -12L);
        expected.put("c", 1.5e3);
        expected.put("d", true);
        expected.put("e", null);
        expected.put("f", Map.of("g", false));
        assertEquals(
                expected,
                JsonReader.read(
                        " { \"a\" : \"x\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\", \"b\":-12,\"c\":1.5e3,"
                                + "\"d\":true,\"e\":null,\n\"f\":{\"g\":false}}\t"));
        assertEquals(Map.of(), JsonReader.read("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":b}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":{}}}",
                "{\"a\":[1]}",
                "{\"a\":1} more",
                "{\"a\":\"\\ud8\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"",
                "{\"a\":1e999}",
                "{\"a\":--1}",
                "{\"a\":1.2.3}"
            })
    void refusesWhatIsNoSuchDocument(String json) {
        Refusal refusal = assertThrows(Refusal.class, () -> JsonReader.read(json));
        assertEquals(Refusal.BAD_REQUEST, refusal.status());
    }

    @Test
    void refusesMoreMembersThanAnyRequestHas() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 300; i++) {
            json.append(i == 0 ? "" : ",").append("\"a").append(i).append("\":1");
        }
        assertThrows(Refusal.class, () -> JsonReader.read(json + "}"));
    }

    @Property(tries = 300)
    void readsWhateverTextIsWritten(@ForAll String name, @ForAll String value) {
        String json = Json.object().put(name, value).toString();
        assertEquals(Map.of(name, value), JsonReader.read(json));
    }

    @Property(tries = 500)
    void neverFailsButByRefusing(@ForAll String text) {
        try {
            JsonReader.read("{" + text);
        } catch (Refusal expected) {
            assertEquals(Refusal.BAD_REQUEST, expected.status());
        }
    }
}
