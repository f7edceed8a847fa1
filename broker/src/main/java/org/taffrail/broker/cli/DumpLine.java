// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** One line about one thing, for people or as JSON: its kind, then names with values. */
final class DumpLine {
    private final String kind;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    DumpLine(String kind) {
        this.kind = kind;
    }

    DumpLine put(String name, long value) {
        fields.put(name, value);
        return this;
    }

    DumpLine put(String name, boolean value) {
        fields.put(name, value);
        return this;
    }

    /** Puts a text; nothing where it is null. */
    DumpLine put(String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    String text() {
        StringBuilder text = new StringBuilder(kind);
        fields.forEach(
                (name, value) ->
                        text.append(' ')
                                .append(name)
                                .append('=')
                                .append(value instanceof String word ? Json.quoted(word) : value));
        return text.toString();
    }

    String json() {
        Json json = Json.object().put("kind", kind);
        fields.forEach(
                (name, value) -> {
                    if (value instanceof Boolean bit) {
                        json.put(name, bit.booleanValue());
                    } else if (value instanceof Long number) {
                        json.put(name, number.longValue());
                    } else {
                        json.put(name, (String) value);
                    }
                });
        return json.toString();
    }
}
