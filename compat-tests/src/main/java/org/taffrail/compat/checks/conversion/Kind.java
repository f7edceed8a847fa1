// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.conversion;

import java.util.EnumSet;
import java.util.Set;

/**
 * A type that a value is written or read as, and which others it can be read as. The rows and
 * columns of tables 3-2 and 3-7; the first lacks char and byte[], and is the same otherwise.
 */
enum Kind {
    BOOLEAN("boolean"),
    BYTE("byte"),
    SHORT("short"),
    CHAR("char"),
    INT("int"),
    LONG("long"),
    FLOAT("float"),
    DOUBLE("double"),
    STRING("String"),
    BYTES("byte[]");

    /** What properties can be. */
    static final Set<Kind> OF_PROPERTIES = EnumSet.complementOf(EnumSet.of(CHAR, BYTES));

    /** What the values in a body can be. */
    static final Set<Kind> OF_BODIES = EnumSet.allOf(Kind.class);

    /** The numbers. */
    static final Set<Kind> NUMBERS = EnumSet.of(BYTE, SHORT, INT, LONG, FLOAT, DOUBLE);

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** Returns the kind of a value that is not null. */
    static Kind of(Object value) {
        if (value instanceof byte[]) {
            return BYTES;
        }
        return switch (value.getClass().getSimpleName()) {
            case "Boolean" -> BOOLEAN;
            case "Byte" -> BYTE;
            case "Short" -> SHORT;
            case "Character" -> CHAR;
            case "Integer" -> INT;
            case "Long" -> LONG;
            case "Float" -> FLOAT;
            case "Double" -> DOUBLE;
            case "String" -> STRING;
            default -> throw new IllegalArgumentException("no such kind: " + value.getClass());
        };
    }

    /** Returns what a value written as this can be read as: this row's marks in the tables. */
    Set<Kind> readableAs() {
        return switch (this) {
            case BOOLEAN -> EnumSet.of(BOOLEAN, STRING);
            case BYTE -> EnumSet.of(BYTE, SHORT, INT, LONG, STRING);
            case SHORT -> EnumSet.of(SHORT, INT, LONG, STRING);
            case CHAR -> EnumSet.of(CHAR, STRING);
            case INT -> EnumSet.of(INT, LONG, STRING);
            case LONG -> EnumSet.of(LONG, STRING);
            case FLOAT -> EnumSet.of(FLOAT, DOUBLE, STRING);
            case DOUBLE -> EnumSet.of(DOUBLE, STRING);
            case STRING -> EnumSet.complementOf(EnumSet.of(CHAR, BYTES));
            case BYTES -> EnumSet.of(BYTES);
        };
    }

    /**
     * Returns what a value is when read as this.
     *
     * @param value what was written, of a kind that can be read as this
     * @return the same value as this
     * @throws NumberFormatException if it is a text and no such number
     * @throws NullPointerException if it is null, and so does this kind's {@code valueOf}
     */
    Object from(Object value) {
        if (value == null || value instanceof String) {
            return parsed((String) value);
        }
        return switch (this) {
            case SHORT -> ((Number) value).shortValue();
            case INT -> ((Number) value).intValue();
            case LONG -> ((Number) value).longValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case STRING -> String.valueOf(value);
            case BOOLEAN, BYTE, CHAR, FLOAT, BYTES -> value;
        };
    }

    private Object parsed(String text) {
        return switch (this) {
            case BOOLEAN -> Boolean.valueOf(text);
            case BYTE -> Byte.valueOf(text);
            case SHORT -> Short.valueOf(text);
            case INT -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case STRING, BYTES -> text;
            case CHAR -> text.charAt(0);
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
