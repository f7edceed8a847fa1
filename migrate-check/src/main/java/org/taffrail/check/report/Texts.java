// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import java.util.Locale;

/** Numbers and names as people read them. */
final class Texts {
    private static final long KIB = 1024;

    private Texts() {}

    /** With commas between thousands. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** In the unit that leaves one to three digits. */
    static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        if (bytes < KIB * KIB) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIB);
        }
        if (bytes < KIB * KIB * KIB) {
            return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIB * KIB));
        }
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (KIB * KIB * KIB));
    }

    /** As a key or value of a properties file; a key ends at a colon, an equals sign or a space. */
    static String property(String text) {
        return text.replace("\\", "\\\\")
                .replace(":", "\\:")
                .replace("=", "\\=")
                .replace(" ", "\\ ")
                .replace("#", "\\#")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** As a string literal of Java. */
    static String literal(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
