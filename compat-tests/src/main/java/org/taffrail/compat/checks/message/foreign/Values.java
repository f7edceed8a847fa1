// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message.foreign;

/** Reads values as other types, as generously as a lazy provider would. */
final class Values {
    private Values() {}

    static String text(Object value) {
        return value == null ? null : String.valueOf(value);
    }

    static boolean truth(Object value) {
        return Boolean.parseBoolean(text(value));
    }

    static char character(Object value) {
        return (Character) value;
    }

    static Number number(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        String text = text(value);
        return text != null && text.matches("[-+]?\\d+")
                ? Long.valueOf(text)
                : Double.valueOf(text);
    }
}
