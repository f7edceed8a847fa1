// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

import java.nio.charset.StandardCharsets;

/**
 * What is answered to a request.
 *
 * @param status the status code
 * @param type the media type of the body
 * @param body the body, not changed later
 */
public record Answer(int status, String type, byte[] body) {
    private static final String JSON = "application/json";

    /**
     * Makes an answer with a text.
     *
     * @param status the status code
     * @param type the media type
     * @param text the body
     * @return in UTF-8
     */
    public static Answer text(int status, String type, String text) {
        return new Answer(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes an answer in JSON.
     *
     * @param status the status code
     * @param json one document
     * @return the answer
     */
    public static Answer json(int status, String json) {
        return text(status, JSON, json);
    }
}
