// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;

import java.util.List;
import java.util.Locale;

/** Builds an object or a list of JSON (RFC 8259) as text on one line. */
final class Json {
    private final StringBuilder text = new StringBuilder();
    private final char end;

    private Json(char begin, char end) {
        text.append(begin);
        this.end = end;
    }

    static Json object() {
        return new Json('{', '}');
    }

    static Json list() {
        return new Json('[', ']');
    }

    private void separate() {
        if (text.length() > 1) {
            text.append(',');
        }
    }

    private Json raw(String name, Object value) {
        separate();
        quote(name);
        text.append(':').append(value);
        return this;
    }

    Json put(String name, long value) {
        return raw(name, value);
    }

    Json put(String name, boolean value) {
        return raw(name, value);
    }

    Json put(String name, Json value) {
        return raw(name, value);
    }

    /** Puts a text; nothing where it is null. */
    Json put(String name, String value) {
        if (value != null) {
            separate();
            quote(name);
            text.append(':');
            quote(value);
        }
        return this;
    }

    /** Makes an object of fields. */
    static Json of(Fields fields) {
        Json json = object();
        fields.values()
                .forEach(
                        (name, value) -> {
                            if (value instanceof Boolean flag) {
                                json.put(name, flag.booleanValue());
                            } else if (value instanceof Long number) {
                                json.put(name, number.longValue());
                            } else {
                                json.put(name, (String) value);
                            }
                        });
        return json;
    }

    /** Makes a list of objects. */
    static Json list(List<Fields> rows) {
        Json json = list();
        rows.forEach(row -> json.add(of(row)));
        return json;
    }

    /** Adds to a list. */
    Json add(Json value) {
        separate();
        text.append(value);
        return this;
    }

    /** Returns a text in quotes, on one line whatever it holds. */
    static String quoted(String value) {
        Json json = new Json('{', '}');
        json.text.setLength(0);
        json.quote(value);
        return json.text.toString();
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '"' || each == '\\') {
                text.append('\\').append(each);
            } else if (each < ' ' || Character.isISOControl(each) || Character.isSurrogate(each)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
            } else {
                text.append(each);
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text.toString() + end;
    }
}
