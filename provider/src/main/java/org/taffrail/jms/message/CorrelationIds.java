// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The two forms of a correlation id (Jakarta Messaging 3.4.5). What was set as text or as bytes
 * stays so on its way; the other form is derived when it is asked for: a text's bytes are UTF-8;
 * bytes that are UTF-8 read as that text, others as {@code ID:} and hexadecimal digits.
 */
final class CorrelationIds {
    private CorrelationIds() {}

    static byte[] toBytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static String toText(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                ? text
                : "ID:" + HexFormat.of().formatHex(bytes);
    }
}
