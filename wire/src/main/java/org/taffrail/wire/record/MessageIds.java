// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import java.nio.charset.StandardCharsets;

/**
 * The text form of a message id: {@code ID:} and the 128 bits as two groups of 16 hexadecimal
 * digits (Jakarta Messaging 3.4.3 asks for the prefix).
 */
public final class MessageIds {
    /** How many characters the text form has. */
    public static final int CHARS = 36;

    private static final String DIGITS = "0123456789abcdef";

    private MessageIds() {}

    /**
     * Writes an id as text.
     *
     * @param high high half
     * @param low low half
     * @return {@link #CHARS} characters
     */
    public static String format(long high, long low) {
        byte[] ascii = new byte[CHARS];
        format(high, low, ascii);
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    /**
     * Writes an id as ASCII without making an object.
     *
     * @param high high half
     * @param low low half
     * @param ascii at least {@link #CHARS} bytes, filled from the first
     */
    public static void format(long high, long low, byte[] ascii) {
        ascii[0] = 'I';
        ascii[1] = 'D';
        ascii[2] = ':';
        hex(high, ascii, 3);
        ascii[19] = '-';
        hex(low, ascii, 20);
    }

    private static void hex(long value, byte[] ascii, int at) {
        for (int i = 0; i < 16; i++) {
            ascii[at + i] = (byte) DIGITS.charAt((int) (value >>> 60 - 4 * i) & 0xF);
        }
    }
}
