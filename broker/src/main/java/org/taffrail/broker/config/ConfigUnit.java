// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import java.math.BigDecimal;

/** What a number counts, and the suffixes with which larger numbers may be typed. */
public enum ConfigUnit {
    /** Just a number. */
    NONE(new String[] {""}, new long[] {1}),
    /** Bytes. */
    BYTES(
            new String[] {"GiB", "MiB", "KiB", "B", ""},
            new long[] {1L << 30, 1L << 20, 1L << 10, 1, 1}),
    /** Milliseconds. */
    MS(
            new String[] {"d", "h", "min", "ms", "s", ""},
            new long[] {86_400_000, 3_600_000, 60_000, 1, 1000, 1}),
    /** Thousandths, typed and shown as a decimal fraction. */
    THOUSANDTHS(new String[] {""}, new long[] {1}) {
        @Override
        public long parse(String text) {
            return new BigDecimal(text).movePointRight(DIGITS).longValueExact();
        }

        @Override
        String show(long number) {
            return BigDecimal.valueOf(number, DIGITS).stripTrailingZeros().toPlainString();
        }
    };

    private static final int DIGITS = 3;

    private final String[] suffixes;
    private final long[] factors;

    ConfigUnit(String[] suffixes, long[] factors) {
        this.suffixes = suffixes;
        this.factors = factors;
    }

    /**
     * Reads a number with or without a suffix.
     *
     * @param text the number as it was typed
     * @return the number, in the unit itself
     * @throws NumberFormatException if it is none
     * @throws ArithmeticException if it is too large
     */
    public long parse(String text) {
        for (int i = 0; i < suffixes.length; i++) {
            if (text.endsWith(suffixes[i])) {
                String number = text.substring(0, text.length() - suffixes[i].length()).trim();
                return Math.multiplyExact(Long.parseLong(number), factors[i]);
            }
        }
        throw new NumberFormatException(text);
    }

    /** Shows a number with the largest suffix that leaves it whole. */
    String show(long number) {
        int best = -1;
        for (int i = 0; i < suffixes.length && this != NONE; i++) {
            boolean whole = number != 0 && number % factors[i] == 0 && !suffixes[i].isEmpty();
            if (whole && (best < 0 || factors[i] > factors[best])) {
                best = i;
            }
        }
        return best < 0 ? Long.toString(number) : number / factors[best] + suffixes[best];
    }
}
