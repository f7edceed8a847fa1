// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.TypedValues;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names with values, in order: what a management request is about, or a row of an answer. A reader
 * ignores names that it does not know, so that either side may say more than the other understands.
 * Immutable.
 *
 * <pre>
 *       +---------------+-----------------------------------------
 *       | how many      | name (text), value (TypedValues) ...
 *       +---------------+-----------------------------------------
 * </pre>
 *
 * @param values at most {@link #COUNT_MAX}; each a {@code String}, a {@code Long} or a {@code
 *     Boolean}
 */
public record Fields(Map<String, Object> values) {
    /** Most fields. */
    public static final int COUNT_MAX = 64;

    /** Most bytes of a name, in UTF-8. */
    public static final int NAME_BYTES_MAX = 64;

    /** No fields. */
    public static final Fields NONE = new Fields(Map.of());

    /**
     * Checks and copies.
     *
     * @param values names with values
     * @throws IllegalArgumentException if they are too many, or one can't be written
     */
    public Fields {
        if (values.size() > COUNT_MAX) {
            throw new IllegalArgumentException(values.size() + " fields, allowed " + COUNT_MAX);
        }
        values.forEach(
                (name, value) -> {
                    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
                    if (bytes == 0 || bytes > NAME_BYTES_MAX) {
                        throw new IllegalArgumentException("a field's name of " + bytes + " bytes");
                    }
                    if (!isAllowed(value)) {
                        throw new IllegalArgumentException("field " + name + " = " + value);
                    }
                });
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static boolean isAllowed(Object value) {
        return value instanceof String || value instanceof Long || value instanceof Boolean;
    }

    /** Puts fields together. */
    public static final class Builder {
        private final Map<String, Object> values = new LinkedHashMap<>();

        /** Begins without fields. */
        public Builder() {}

        /**
         * Adds a text.
         *
         * @param name its name
         * @param value the text; null adds nothing
         * @return this
         */
        public Builder put(String name, String value) {
            if (value != null) {
                values.put(name, value);
            }
            return this;
        }

        /**
         * Adds a number.
         *
         * @param name its name
         * @param value the number
         * @return this
         */
        public Builder put(String name, long value) {
            values.put(name, value);
            return this;
        }

        /**
         * Adds a yes or no.
         *
         * @param name its name
         * @param value true for yes
         * @return this
         */
        public Builder put(String name, boolean value) {
            values.put(name, value);
            return this;
        }

        /**
         * Returns what was added.
         *
         * @return the fields, in that order
         */
        public Fields build() {
            return new Fields(values);
        }
    }

    /**
     * Returns a text.
     *
     * @param name its name
     * @return null where there is none
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if the field is no text
     */
    public String text(String name) {
        Object value = values.get(name);
        if (value != null && !(value instanceof String)) {
            throw wrongType(name, "a text");
        }
        return (String) value;
    }

    /**
     * Returns a number.
     *
     * @param name its name
     * @param otherwise what is returned where there is none
     * @return the number
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if the field is no number
     */
    public long number(String name, long otherwise) {
        Object value = values.getOrDefault(name, otherwise);
        if (value instanceof Long number) {
            return number;
        }
        throw wrongType(name, "a number");
    }

    /**
     * Returns a yes or no.
     *
     * @param name its name
     * @return false where there is none
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if the field is neither
     */
    public boolean flag(String name) {
        Object value = values.getOrDefault(name, false);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrongType(name, "true or false");
    }

    private static WireException wrongType(String name, String expected) {
        return new WireException(
                ErrorCode.INVALID_OPTION, "the field " + name + " is not " + expected);
    }

    void write(ByteSink sink) {
        sink.putInt(values.size());
        values.forEach(
                (name, value) -> {
                    sink.putText(name);
                    TypedValues.write(sink, value);
                });
    }

    static Fields read(ByteSource source) {
        int count = source.getCount(COUNT_MAX, "fields");
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = source.getText();
            Object value = TypedValues.read(source);
            if (name == null || !isAllowed(value) || values.put(name, value) != null) {
                throw WireException.malformed("field " + i + ", " + name);
            }
        }
        try {
            return new Fields(values);
        } catch (IllegalArgumentException e) {
            throw WireException.malformed(e.getMessage());
        }
    }
}
