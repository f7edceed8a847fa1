// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * Where a new subscription, or a side group of a queue, begins: what {@code start=} says.
 *
 * @param kind which of the values below counts
 * @param offset the first offset
 * @param timeMs the earliest append time, ms since 1970
 */
public record Start(Kind kind, long offset, long timeMs) {
    /** Where to begin. */
    public enum Kind {
        /** With the first message that there still is. */
        EARLIEST,
        /** With what is sent from now on. */
        LATEST,
        /** With an offset. */
        OFFSET,
        /** With the first message that was appended at a time or later. */
        TIME
    }

    private static final int TEXT_MAX = 64;

    /**
     * Reads a start.
     *
     * @param text {@code earliest}, {@code latest}, an offset, an ISO-8601 time with its zone, or
     *     how long ago as an ISO-8601 duration such as {@code -PT2H}
     * @param nowMs the time, ms since 1970
     * @return what it says
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if it is none of these
     */
    public static Start of(String text, long nowMs) {
        if (text.equals("earliest")) {
            return new Start(Kind.EARLIEST, 0, 0);
        }
        if (text.equals("latest")) {
            return new Start(Kind.LATEST, 0, 0);
        }
        try {
            if (text.length() > TEXT_MAX) {
                throw wrong(text.substring(0, TEXT_MAX) + "...", "it is too long");
            }
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return new Start(Kind.OFFSET, Long.parseLong(text), 0);
            }
            if (text.startsWith("P") || text.startsWith("-P")) {
                return new Start(Kind.TIME, 0, ago(text, nowMs));
            }
            return new Start(Kind.TIME, 0, OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw wrong(text, "it is none of these");
        }
    }

    private static long ago(String text, long nowMs) {
        Duration back = Duration.parse(text);
        if (!back.isNegative()) {
            throw wrong(text, "a duration goes back: -" + text);
        }
        return Math.addExact(nowMs, back.toMillis());
    }

    private static WireException wrong(String text, String why) {
        return new WireException(
                ErrorCode.INVALID_OPTION,
                "start="
                        + text
                        + ": allowed are earliest, latest, an offset, a time with its zone such as"
                        + " 2026-11-25T08:00:00Z, a duration back such as -PT2H; "
                        + why);
    }
}
