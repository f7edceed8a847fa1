// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.visit;

import org.taffrail.console.http.Refusal;
import org.taffrail.link.ConnectionOptions;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads who asks from a header of HTTP Basic authentication (RFC 7617). */
final class Credentials {
    private static final String SCHEME = "Basic ";
    private static final int HEADER_CHARS_MAX = 12_000;

    private Credentials() {}

    /**
     * Reads a header.
     *
     * @param authorization the header, or null
     * @return options with user and password; without, where there is no header
     * @throws Refusal if it is of another scheme, or not well-formed
     */
    static ConnectionOptions of(String authorization) {
        ConnectionOptions options = ConnectionOptions.defaults();
        if (authorization == null) {
            return options;
        }
        if (authorization.length() > HEADER_CHARS_MAX
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw malformed();
        }
        String decoded;
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
            decoded = new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        int colon = decoded.indexOf(':');
        if (colon <= 0) {
            throw malformed();
        }
        return options.with(ConnectionOptions.USERNAME, decoded.substring(0, colon))
                .with(ConnectionOptions.PASSWORD, decoded.substring(colon + 1));
    }

    private static Refusal malformed() {
        return new Refusal(
                Refusal.UNAUTHORIZED, "the header Authorization is not one of HTTP Basic");
    }
}
