// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of a URL behind the question mark: {@code name=value} pairs with {@code &} between them,
 * percent-encoded UTF-8 (RFC 3986, section 3.4). A plus sign is a plus sign.
 */
final class UrlQuery {
    private static final String UNRESERVED = "-._~/:$*";
    private static final String DIGITS = "0123456789ABCDEF";

    private UrlQuery() {}

    /**
     * Parses the pairs.
     *
     * @return names and values in the order written
     * @throws WireException {@link ErrorCode#INVALID_OPTION} where a pair has no name or no equals
     *     sign, a name comes twice, percent-encoding is broken or a surrogate stands alone
     */
    static Map<String, String> parse(String query) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return pairs;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        equals < 0
                                ? "option \"" + pair + "\" has no value: write name=value"
                                : "an option without a name: write name=value");
            }
            String name = decode(pair.substring(0, equals), "an option's name");
            String value = decode(pair.substring(equals + 1), "the value of option " + name);
            if (pairs.put(name, value) != null) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION, "option " + name + " is given twice");
            }
        }
        return pairs;
    }

    /** Returns pairs as {@link #parse} reads them, with the question mark; empty for none. */
    static String format(Map<String, String> pairs) {
        StringBuilder text = new StringBuilder();
        pairs.forEach(
                (name, value) -> {
                    text.append(text.length() == 0 ? '?' : '&');
                    encode(name, text);
                    text.append('=');
                    encode(value, text);
                });
        return text.toString();
    }

    private static String decode(String text, String what) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, what + " has half of a surrogate pair");
        }
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new WireException(
                            ErrorCode.INVALID_OPTION,
                            what + ": % is followed by two hexadecimal digits, itself is %25");
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                int end = i + 1;
                if (Character.isHighSurrogate(c) && end < text.length()) {
                    end++;
                }
                bytes.put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return decoded.toString();
        } catch (CharacterCodingException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, what + " is not UTF-8 once percent-decoded");
        }
    }

    private static void encode(String value, StringBuilder text) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                text.append((char) c);
            } else {
                text.append('%').append(DIGITS.charAt(c >>> 4)).append(DIGITS.charAt(c & 0xF));
            }
        }
    }
}
