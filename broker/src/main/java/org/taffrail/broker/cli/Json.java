// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Builds an object or a list of JSON (RFC 8259) as text on one line. */
public final class Json {
    /** Some readers of lines take these for ends of a line too. */
    private static final char LINE_SEPARATOR = 0x2028;

    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private final StringBuilder text = new StringBuilder();
    private final char end;

    private Json(char begin, char end) {
        text.append(begin);
        this.end = end;
    }

    /** {@return an object that has nothing yet} */
    public static Json object() {
        return new Json('{', '}');
    }

    /** {@return a list that has nothing yet} */
    public static Json list() {
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

    /**
     * Puts a number.
     *
     * @param name its name
     * @param value the number
     * @return this
     */
    public Json put(String name, long value) {
        return raw(name, value);
    }

    /**
     * Puts a number that need not be whole.
     *
     * @param name its name
     * @param value the number; nothing is put where it is none
     * @return this
     */
    public Json put(String name, double value) {
        if (!Double.isFinite(value)) {
            return this;
        }
        return raw(
                name, BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).toPlainString());
    }

    /**
     * Puts a truth.
     *
     * @param name its name
     * @param value true or false
     * @return this
     */
    public Json put(String name, boolean value) {
        return raw(name, value);
    }

    /**
     * Puts an object or a list.
     *
     * @param name its name
     * @param value as it is now
     * @return this
     */
    public Json put(String name, Json value) {
        return raw(name, value);
    }

    /**
     * Puts a text; nothing where it is null.
     *
     * @param name its name
     * @param value the text or null
     * @return this
     */
    public Json put(String name, String value) {
        if (value != null) {
            separate();
            quote(name);
            text.append(':');
            quote(value);
        }
        return this;
    }

    /**
     * Makes an object of fields.
     *
     * @param fields names and values
     * @return the object
     */
    public static Json of(Fields fields) {
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

    /**
     * Makes a list of objects.
     *
     * @param rows each one's names and values
     * @return the list
     */
    public static Json list(List<Fields> rows) {
        Json json = list();
        rows.forEach(row -> json.add(of(row)));
        return json;
    }

    /**
     * Adds to a list.
     *
     * @param value an object or a list, as it is now
     * @return this
     */
    public Json add(Json value) {
        separate();
        text.append(value);
        return this;
    }

    /**
     * Adds a number to a list.
     *
     * @param value the number
     * @return this
     */
    public Json add(long value) {
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
            } else if (Character.isISOControl(each)
                    || Character.isSurrogate(each)
                    || each == LINE_SEPARATOR
                    || each == PARAGRAPH_SEPARATOR) {
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
