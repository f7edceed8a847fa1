// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A reusable cell for one typed value: what a {@link SelectorInput} fills with a field of a message
 * and what the selector computes with, without boxing and without building a {@code String}.
 *
 * <p>A cell belongs to one {@link Evaluation} and so to one thread. A string is a slice of the
 * caller's array: the cell does not copy it and the array must not change until the evaluation
 * ends.
 *
 * <p>The type of a property in a selector is the type it was set with (Jakarta Messaging 3.1,
 * section 3.8.1.1), and arithmetic and comparison promote as Java does. So the cell tells int from
 * long and float from double: an int sum wraps at 32 bits, and a float property set to {@code 0.1f}
 * is not equal to the literal {@code 0.1}, a double, but is equal to the literal {@code 0.1f}. Java
 * says the same, and so do ActiveMQ and Artemis.
 */
public final class Value {

    /** The type of a value. The numeric kinds stand last, each wider than the one before. */
    public enum Kind {
        /** No value: a property that is not there, or a null header field. */
        NULL,
        /** A boolean. */
        BOOLEAN,
        /** Text, as UTF-8. */
        STRING,
        /** An int, or a byte or short, which Java promotes to int in every expression. */
        INT,
        /** A long. */
        LONG,
        /** A float. */
        FLOAT,
        /** A double. */
        DOUBLE;

        boolean isNumeric() {
            return compareTo(INT) >= 0;
        }

        /** Java's binary numeric promotion (JLS 5.6.2); both kinds must be numeric. */
        Kind promotedWith(Kind other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private static final byte[] NO_BYTES = {};
    private static final byte[] PERSISTENT = "PERSISTENT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NON_PERSISTENT =
            "NON_PERSISTENT".getBytes(StandardCharsets.US_ASCII);

    private Kind kind = Kind.NULL;

    /** INT and LONG as themselves, BOOLEAN as 0 or 1. */
    private long exact;

    /** FLOAT and DOUBLE; a float is widened, which loses nothing. */
    private double approximate;

    private byte[] bytes = NO_BYTES;
    private int offset;
    private int length;

    /** Creates a cell that holds NULL. */
    public Value() {}

    /** Makes this cell hold NULL. */
    public void setNull() {
        kind = Kind.NULL;
    }

    /**
     * Makes this cell hold a boolean.
     *
     * @param value the boolean
     */
    public void setBoolean(boolean value) {
        kind = Kind.BOOLEAN;
        exact = value ? 1 : 0;
    }

    /**
     * Makes this cell hold an int; also for a byte and a short.
     *
     * @param value the int
     */
    public void setInt(int value) {
        kind = Kind.INT;
        exact = value;
    }

    /**
     * Makes this cell hold a long.
     *
     * @param value the long
     */
    public void setLong(long value) {
        kind = Kind.LONG;
        exact = value;
    }

    /**
     * Makes this cell hold a float.
     *
     * @param value the float
     */
    public void setFloat(float value) {
        kind = Kind.FLOAT;
        approximate = value;
    }

    /**
     * Makes this cell hold a double.
     *
     * @param value the double
     */
    public void setDouble(double value) {
        kind = Kind.DOUBLE;
        approximate = value;
    }

    /**
     * Makes this cell hold text without copying it.
     *
     * @param utf8 an array with the text as UTF-8; not changed until the evaluation ends
     * @param offset where the text starts
     * @param length its length in bytes
     * @throws IndexOutOfBoundsException if the slice is not within the array
     */
    public void setString(byte[] utf8, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        this.kind = Kind.STRING;
        this.bytes = utf8;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Makes this cell hold the text that JMSDeliveryMode has in a selector, {@code PERSISTENT} or
     * {@code NON_PERSISTENT} (section 3.8.1.3).
     *
     * @param persistent whether the message is persistent
     */
    public void setDeliveryMode(boolean persistent) {
        byte[] mode = persistent ? PERSISTENT : NON_PERSISTENT;
        setString(mode, 0, mode.length);
    }

    /**
     * The type of what this cell holds.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    boolean isNull() {
        return kind == Kind.NULL;
    }

    boolean isNumeric() {
        return kind.isNumeric();
    }

    boolean isString() {
        return kind == Kind.STRING;
    }

    boolean asBoolean() {
        return exact != 0;
    }

    /** The number as an int; only for INT. */
    int asInt() {
        return (int) exact;
    }

    /** The number as a long; only for INT and LONG. */
    long asLong() {
        return exact;
    }

    /** The number as a float; not for DOUBLE. */
    float asFloat() {
        return kind == Kind.FLOAT ? (float) approximate : (float) exact;
    }

    /** The number as a double; for every numeric kind. */
    double asDouble() {
        return kind == Kind.FLOAT || kind == Kind.DOUBLE ? approximate : (double) exact;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    boolean sameString(Value other) {
        return Utf8.equal(bytes, offset, length, other.bytes, other.offset, other.length);
    }

    void copyFrom(Value other) {
        kind = other.kind;
        exact = other.exact;
        approximate = other.approximate;
        bytes = other.bytes;
        offset = other.offset;
        length = other.length;
    }

    /** The value as a literal of the selector language, which parses to the same value again. */
    @Override
    public String toString() {
        switch (kind) {
            case BOOLEAN:
                return exact != 0 ? "TRUE" : "FALSE";
            case STRING:
                String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
                return "'" + text.replace("'", "''") + "'";
            case INT:
                return Long.toString(exact);
            case LONG:
                return exact + "L";
            case FLOAT:
                return (float) approximate + "f";
            case DOUBLE:
                return Double.toString(approximate);
            default:
                return "NULL";
        }
    }
}
