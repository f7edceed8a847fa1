// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * By which names this host may be asked. A page of somebody else's, whose name is made to lead to
 * this machine, asks by that name, and is refused; a name of ours, and an address in numbers, can't
 * be made to lead elsewhere or here by others.
 */
final class Hosts {
    private final Set<String> names = new HashSet<>();

    /**
     * Makes a list.
     *
     * @param host the address that is bound
     * @param more others, with commas between them; or null
     */
    Hosts(String host, String more) {
        names.add("localhost");
        names.add(host.toLowerCase(Locale.ROOT));
        for (String each : more == null ? new String[0] : more.split(",")) {
            if (!each.isBlank()) {
                names.add(each.strip().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Tells whether a Host header, with or without a port, is of this host. */
    boolean isOurs(String header) {
        String name = withoutPort(header.toLowerCase(Locale.ROOT));
        return name != null && (names.contains(name) || isAddress(name));
    }

    /** Tells whether a page of an origin is served by the host of a Host header. */
    static boolean isSame(String origin, String header, boolean encrypted) {
        return origin.equalsIgnoreCase((encrypted ? "https://" : "http://") + header);
    }

    private static String withoutPort(String header) {
        int end = header.startsWith("[") ? header.indexOf(']') + 1 : header.indexOf(':');
        if (header.startsWith("[") && end == 0) {
            return null;
        }
        String name = end < 0 ? header : header.substring(0, end);
        String rest = end < 0 ? "" : header.substring(end);
        return rest.isEmpty() || rest.matches(":\\d{1,5}") ? name : null;
    }

    private static boolean isAddress(String name) {
        return name.matches("\\d{1,3}(\\.\\d{1,3}){3}") || name.matches("\\[[0-9a-f:.]{2,45}]");
    }
}
