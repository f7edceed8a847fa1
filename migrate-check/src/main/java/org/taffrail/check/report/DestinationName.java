// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

import org.taffrail.check.record.DestinationKind;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A destination's name as it was written, taken apart: what other providers put before it, the name
 * itself, and the options behind a question mark.
 *
 * @param scheme {@code queue} or {@code topic} where such a URI was written, or empty
 * @param name the name itself
 * @param options names and values, in their order
 */
record DestinationName(String scheme, String name, Map<String, String> options) {
    /** IBM MQ: queue://MANAGER/NAME, often without the manager; ActiveMQ: queue://NAME. */
    private static final Pattern URI =
            Pattern.compile("(queue|topic)://(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static DestinationName of(DestinationKind kind, String written, Provider provider) {
        int mark = written.indexOf('?');
        String name = mark < 0 ? written : written.substring(0, mark);
        Map<String, String> options = options(mark < 0 ? "" : written.substring(mark + 1));
        Matcher uri = URI.matcher(name);
        if (!uri.matches()) {
            return new DestinationName("", name, options);
        }
        String rest = uri.group(2);
        int slash = rest.indexOf('/');
        boolean namesManager = kind == DestinationKind.QUEUE && provider == Provider.IBM_MQ;
        if (rest.startsWith("/") || namesManager && slash > 0) {
            rest = rest.substring(slash + 1);
        }
        return new DestinationName(uri.group(1), rest, options);
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                options.put(
                        equals < 0 ? pair : pair.substring(0, equals),
                        equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return options;
    }
}
