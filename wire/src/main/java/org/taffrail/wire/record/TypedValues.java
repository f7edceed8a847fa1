// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

/**
 * Values with their Java type, as properties, map bodies and stream bodies have them: one type byte
 * and the value, so that every type comes back exactly (Jakarta Messaging 3.5.4, 3.11.3).
 *
 * <pre>
 *  0 null     1 boolean (1 byte)   2 byte     3 short    4 int      5 long
 *  6 float    7 double             8 text (32-bit length, UTF-8)
 *  9 bytes (32-bit length)         10 char (2 bytes)
 * </pre>
 */
public final class TypedValues {
    /** Type byte of null. */
    public static final int NULL = 0;

    /** Type byte of {@code Boolean}. */
    public static final int BOOLEAN = 1;

    /** Type byte of {@code Byte}. */
    public static final int BYTE = 2;

    /** Type byte of {@code Short}. */
    public static final int SHORT = 3;

    /** Type byte of {@code Integer}. */
    public static final int INT = 4;

    /** Type byte of {@code Long}. */
    public static final int LONG = 5;

    /** Type byte of {@code Float}. */
    public static final int FLOAT = 6;

    /** Type byte of {@code Double}. */
    public static final int DOUBLE = 7;

    /** Type byte of {@code String}. */
    public static final int TEXT = 8;

    /** Type byte of {@code byte[]}. */
    public static final int BYTES = 9;

    /** Type byte of {@code Character}. */
    public static final int CHAR = 10;

    private static final int[] FIXED_BYTES = {0, 1, 1, 2, 4, 8, 4, 8, -1, -1, 2};

    private TypedValues() {}

    /**
     * Tells whether a value can be written.
     *
     * @param value any object or null
     * @return true for null, the eight primitive wrappers, String and byte[]
     */
    public static boolean isAllowed(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof byte[]
                || isNumber(value);
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte;
    }

    /**
     * Appends a type byte and the value.
     *
     * @param sink where to
     * @param value one that {@link #isAllowed}
     * @throws IllegalArgumentException for any other
     */
    public static void write(ByteSink sink, Object value) {
        if (value == null) {
            sink.putByte(NULL);
        } else if (value instanceof String text) {
            sink.putByte(TEXT);
            sink.putText(text);
        } else if (value instanceof Boolean flag) {
            sink.putByte(BOOLEAN);
            sink.putBoolean(flag);
        } else if (value instanceof byte[] bytes) {
            sink.putByte(BYTES);
            sink.putBlob(bytes);
        } else if (value instanceof Character character) {
            sink.putByte(CHAR);
            sink.putShort(character);
        } else if (isNumber(value)) {
            writeNumber(sink, (Number) value);
        } else {
            throw new IllegalArgumentException("a value of " + value.getClass().getName());
        }
    }

    private static void writeNumber(ByteSink sink, Number value) {
        if (value instanceof Integer) {
            sink.putByte(INT);
            sink.putInt(value.intValue());
        } else if (value instanceof Long) {
            sink.putByte(LONG);
            sink.putLong(value.longValue());
        } else if (value instanceof Double) {
            sink.putByte(DOUBLE);
            sink.putLong(Double.doubleToRawLongBits(value.doubleValue()));
        } else if (value instanceof Float) {
            sink.putByte(FLOAT);
            sink.putInt(Float.floatToRawIntBits(value.floatValue()));
        } else if (value instanceof Short) {
            sink.putByte(SHORT);
            sink.putShort(value.shortValue());
        } else {
            sink.putByte(BYTE);
            sink.putByte(value.byteValue());
        }
    }

    /**
     * Reads a type byte and the value.
     *
     * @param source where from; an unknown type or a wrong length is malformed
     * @return the value, of the class that was written
     */
    public static Object read(ByteSource source) {
        int type = source.getUnsignedByte();
        switch (type) {
            case NULL:
                return null;
            case BOOLEAN:
                return source.getBoolean();
            case BYTE:
                return (byte) source.getUnsignedByte();
            case SHORT:
                return (short) source.getUnsignedShort();
            case INT:
                return source.getInt();
            case LONG:
                return source.getLong();
            case FLOAT:
                return Float.intBitsToFloat(source.getInt());
            case DOUBLE:
                return Double.longBitsToDouble(source.getLong());
            case TEXT:
                return present(source.getText());
            case BYTES:
                return present(source.getBlob());
            case CHAR:
                return (char) source.getUnsignedShort();
            default:
                throw WireException.malformed("value type " + type);
        }
    }

    /**
     * Goes past a type byte and its value.
     *
     * @param source where from; an unknown type or a wrong length is malformed
     * @return the type
     */
    public static int skip(ByteSource source) {
        int type = source.getUnsignedByte();
        if (type >= FIXED_BYTES.length) {
            throw WireException.malformed("value type " + type);
        }
        int length = FIXED_BYTES[type];
        source.skip(length >= 0 ? length : source.getInt());
        return type;
    }

    private static <T> T present(T value) {
        if (value == null) {
            throw WireException.malformed("a typed value without its bytes");
        }
        return value;
    }
}
