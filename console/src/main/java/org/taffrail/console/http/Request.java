// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request that was let in: its address has been read, its body is complete and within the limit.
 *
 * @param method {@code GET} or {@code POST}
 * @param path the path of its address, decoded
 * @param query the parameters of its address, decoded; one that is there twice has its last value
 * @param peer names the client's end
 * @param authorization its Authorization header, or null
 * @param body its body, empty where it has none
 */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        String peer,
        String authorization,
        byte[] body) {
    /** Asks for something and changes nothing. */
    public static final String GET = "GET";

    /** Changes something. */
    public static final String POST = "POST";

    /**
     * Tells whether it changes something.
     *
     * @return false where it only looks
     */
    public boolean changes() {
        return method.equals(POST);
    }

    /**
     * Returns the body as a text.
     *
     * @return in UTF-8; what is none is replaced
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Hides who asks: it holds a password. */
    @Override
    public String toString() {
        return "Request[" + method + ' ' + path + " from " + peer + ']';
    }
}
