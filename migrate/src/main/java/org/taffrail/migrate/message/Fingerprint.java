// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import java.util.HexFormat;

/**
 * 128 bits of a SHA-256 that stand for a message, or, added up, for many in whatever order.
 *
 * @param high the upper half
 * @param low the lower half
 */
public record Fingerprint(long high, long low) {
    /** The sum of no messages. */
    public static final Fingerprint ZERO = new Fingerprint(0, 0);

    private static final int DIGITS = 16;

    /**
     * Adds another, modulo 2 to the power of 128: a sum does not depend on the order, and tells
     * whether a message came twice.
     *
     * @param other the other
     * @return the sum
     */
    public Fingerprint plus(Fingerprint other) {
        long lowSum = low + other.low;
        long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
        return new Fingerprint(high + other.high + carry, lowSum);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param text 32 hexadecimal digits
     * @return the fingerprint
     * @throws IllegalArgumentException if it is anything else
     */
    public static Fingerprint parse(String text) {
        if (text.length() != 2 * DIGITS) {
            throw new IllegalArgumentException("not 32 hexadecimal digits: " + text);
        }
        return new Fingerprint(
                HexFormat.fromHexDigitsToLong(text, 0, DIGITS),
                HexFormat.fromHexDigitsToLong(text, DIGITS, 2 * DIGITS));
    }

    /** Returns 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
