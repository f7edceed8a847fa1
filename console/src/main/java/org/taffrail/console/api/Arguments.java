// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.wire.NearestName;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a request says by name, typed and within bounds; what is not known is refused. */
final class Arguments {
    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Reads those of a request: of its body where it changes something, else of its address.
     *
     * @param known the names that are taken
     */
    static Arguments of(Request request, Set<String> known) {
        Map<String, Object> values =
                request.changes()
                        ? JsonReader.read(request.text())
                        : new HashMap<>(request.query());
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new Refusal(
                        Refusal.BAD_REQUEST,
                        "'" + name + "' is not taken here" + NearestName.hint(name, known));
            }
        }
        return new Arguments(values);
    }

    /** Returns a text, or null. */
    String text(String name) {
        Object value = values.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(name, "a text");
    }

    String required(String name) {
        String text = text(name);
        if (text == null || text.isEmpty()) {
            throw new Refusal(Refusal.BAD_REQUEST, "'" + name + "' is missing");
        }
        return text;
    }

    /** Returns the kind that is asked for: queue or topic. */
    String kind() {
        String kind = required("kind");
        if (!kind.equals("queue") && !kind.equals("topic")) {
            throw wrong("kind", "queue or topic");
        }
        return kind;
    }

    /** Returns a number, or what is meant where there is none. */
    long number(String name, long otherwise, long least, long most) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        Long number = value instanceof Long given ? given : null;
        if (value instanceof String text && text.matches("-?\\d{1,18}")) {
            number = Long.valueOf(text);
        }
        if (number == null || number < least || number > most) {
            throw wrong(name, "a number from " + least + " to " + most);
        }
        return number;
    }

    boolean flag(String name) {
        Object value = values.get(name);
        if (value == null || value instanceof Boolean) {
            return value != null && (Boolean) value;
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw wrong(name, "true or false");
    }

    /** Returns an object's members; none where it is not there. */
    Map<?, ?> members(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> members) {
            return members;
        }
        throw wrong(name, "an object");
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    static Refusal wrong(String name, String expected) {
        return new Refusal(Refusal.BAD_REQUEST, "'" + name + "' must be " + expected);
    }
}
