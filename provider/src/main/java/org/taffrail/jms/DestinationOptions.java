// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands behind the question mark of a destination's name: {@code name=value} pairs, separated
 * by {@code &}, percent-encoded where a character is in the way. Which names there are is the
 * session's to know.
 */
final class DestinationOptions {
    private DestinationOptions() {}

    /**
     * Returns what stands before the question mark.
     *
     * @param nameAndOptions may be null
     * @return the name; null for null
     */
    static String name(String nameAndOptions) {
        int mark = nameAndOptions == null ? -1 : nameAndOptions.indexOf('?');
        return mark < 0 ? nameAndOptions : nameAndOptions.substring(0, mark);
    }

    /**
     * Returns what stands behind the question mark.
     *
     * @param nameAndOptions may be null
     * @return the options' text, null where there is none
     */
    static String text(String nameAndOptions) {
        int mark = nameAndOptions == null ? -1 : nameAndOptions.indexOf('?');
        return mark < 0 ? null : nameAndOptions.substring(mark + 1);
    }

    /**
     * Takes options apart.
     *
     * @param text the options' text or null
     * @return names and values, unmodifiable
     * @throws IllegalArgumentException if a pair has no name or no equals sign, or a name comes
     *     twice
     */
    static Map<String, String> parse(String text) {
        if (text == null || text.isEmpty()) {
            return Map.of();
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "destination option \"" + pair + "\" is not of the form name=value");
            }
            String name = decode(pair.substring(0, equals));
            if (options.put(name, decode(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException(
                        "destination option " + name + " is given twice");
            }
        }
        return Collections.unmodifiableMap(options);
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0
                ? text
                : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
