// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.MessageFormatException;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.TypedValues;

import java.util.Objects;

/**
 * The one conversion table behind properties, map bodies and stream bodies (Jakarta Messaging 3.5.4
 * and 3.11.3). A value written as the row's type can be read as the column's:
 *
 * <pre>
 *          boolean byte short char int long float double String byte[]
 * boolean     x                                            x
 * byte              x     x         x   x                  x
 * short                   x         x   x                  x
 * char                         x                           x
 * int                               x   x                  x
 * long                                  x                  x
 * float                                       x     x      x
 * double                                            x      x
 * String      x     x     x         x   x     x     x      x
 * byte[]                                                          x
 * </pre>
 *
 * All else is a {@code MessageFormatException}. A null value is read as {@code valueOf(null)}
 * would: false, or a {@code NumberFormatException} or {@code NullPointerException}; as a char a
 * {@code NullPointerException}; as text, bytes or object null.
 */
final class Conversions {
    private Conversions() {}

    static boolean toBoolean(Object value) throws MessageFormatException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        return Boolean.parseBoolean(text(value, "boolean"));
    }

    static byte toByte(Object value) throws MessageFormatException {
        if (value instanceof Byte number) {
            return number;
        }
        return Byte.parseByte(text(value, "byte"));
    }

    static short toShort(Object value) throws MessageFormatException {
        if (value instanceof Short || value instanceof Byte) {
            return ((Number) value).shortValue();
        }
        return Short.parseShort(text(value, "short"));
    }

    static char toChar(Object value) throws MessageFormatException {
        if (value instanceof Character character) {
            return character;
        }
        if (value == null) {
            throw new NullPointerException("a null value can't be read as char");
        }
        throw refused(value, "char");
    }

    static int toInt(Object value) throws MessageFormatException {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).intValue();
        }
        return Integer.parseInt(text(value, "int"));
    }

    static long toLong(Object value) throws MessageFormatException {
        if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return Long.parseLong(text(value, "long"));
    }

    static float toFloat(Object value) throws MessageFormatException {
        if (value instanceof Float number) {
            return number;
        }
        return Float.parseFloat(text(value, "float"));
    }

    static double toDouble(Object value) throws MessageFormatException {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        return Double.parseDouble(text(value, "double"));
    }

    static String toText(Object value) throws MessageFormatException {
        if (value instanceof byte[]) {
            throw refused(value, "String");
        }
        return value == null ? null : value.toString();
    }

    /** Returns a copy. */
    static byte[] toBytes(Object value) throws MessageFormatException {
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        throw refused(value, "byte[]");
    }

    /** Returns the value as an application may keep it: bytes are copied. */
    static Object copy(Object value) {
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }

    /**
     * Demands that a body may hold the value.
     *
     * @throws MessageFormatException if it is no text, bytes or primitive
     */
    static Object allowed(Object value) throws MessageFormatException {
        if (!TypedValues.isAllowed(value)) {
            throw new MessageFormatException(
                    "a value of " + value.getClass().getName(), ErrorCode.MALFORMED.name());
        }
        return value;
    }

    /** Returns the end of a part of an array, which must lie inside. */
    static int end(byte[] array, int offset, int length) {
        return Objects.checkFromIndexSize(offset, length, array.length) + length;
    }

    /** Returns a text or null, the only values that may still be read as a primitive. */
    private static String text(Object value, String wanted) throws MessageFormatException {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw refused(value, wanted);
    }

    static MessageFormatException refused(Object value, String wanted) {
        return new MessageFormatException(
                "a value written as "
                        + value.getClass().getSimpleName()
                        + " can't be read as "
                        + wanted,
                ErrorCode.MALFORMED.name());
    }
}
