// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The pattern of a LIKE, matched against UTF-8 without decoding it: {@code _} stands for one code
 * point, {@code %} for any number of them, all else for itself.
 *
 * <p>The escape character takes the special meaning from a {@code _}, a {@code %} or an escape
 * character behind it. Before anything else, and at the end, it stands for itself, or for what it
 * means without ESCAPE if it is {@code _} or {@code %}; Artemis and ActiveMQ do the same.
 *
 * <p>The pattern is cut at its {@code %}s into parts. The first must match where the text begins,
 * the last where it ends, and those between are looked for from left to right: the leftmost place
 * is always the best one, so nothing is ever tried twice. A part without {@code _} is found in
 * linear time; one with {@code _} that floats between two {@code %} costs its length for each
 * character of the text and is therefore bounded ({@link #FLOATING_PART_CHARS_MAX}).
 */
final class LikePattern {

    /** The most code points a part with {@code _} between two {@code %} may have. */
    static final int FLOATING_PART_CHARS_MAX = 256;

    private static final int NO_MATCH = -1;

    /** Stands for {@code _} in a part; no byte of UTF-8 has this value. */
    private static final byte ANY = (byte) 0xFF;

    private final Part[] parts;

    private LikePattern(Part[] parts) {
        this.parts = parts;
    }

    /**
     * Compiles a pattern.
     *
     * @param pattern the pattern, without unpaired surrogates
     * @param escape the escape character, or -1
     */
    static LikePattern compile(String pattern, int escape) {
        List<Part> parts = new ArrayList<>();
        Part.Builder part = new Part.Builder();
        for (int i = 0; i < pattern.length(); ) {
            int codePoint = pattern.codePointAt(i);
            i += Character.charCount(codePoint);
            int following = i < pattern.length() ? pattern.codePointAt(i) : -1;
            if (codePoint == escape
                    && (following == '_' || following == '%' || following == escape)
                    && following != -1) {
                part.add(following);
                i += Character.charCount(following);
            } else if (codePoint == '%') {
                parts.add(part.build());
                part = new Part.Builder();
            } else if (codePoint == '_') {
                part.addAny();
            } else {
                part.add(codePoint);
            }
        }
        parts.add(part.build());
        return new LikePattern(parts.toArray(new Part[0]));
    }

    /** Whether every floating part is short enough to be looked for in bounded time. */
    boolean isBounded() {
        for (int i = 1; i < parts.length - 1; i++) {
            if (parts[i].failure == null && parts[i].codePoints > FLOATING_PART_CHARS_MAX) {
                return false;
            }
        }
        return true;
    }

    boolean matches(byte[] text, int offset, int length) {
        int end = offset + length;
        int position = parts[0].matchAt(text, offset, end);
        if (parts.length == 1) {
            return position == end;
        }
        for (int i = 1; i < parts.length - 1 && position != NO_MATCH; i++) {
            position = parts[i].find(text, position, end);
        }
        return position != NO_MATCH && parts[parts.length - 1].matchesTail(text, position, end);
    }

    /** What stands between two {@code %}, or between one and an end of the pattern. */
    private static final class Part {

        private final byte[] bytes;
        private final int codePoints;

        /**
         * For a part without {@code _}: at i the length of the longest proper prefix of the first i
         * + 1 bytes that is also their suffix (Knuth, Morris, Pratt). Null for one with {@code _}.
         */
        private final int[] failure;

        Part(byte[] bytes, int codePoints, boolean hasAny) {
            this.bytes = bytes;
            this.codePoints = codePoints;
            this.failure = hasAny ? null : failureOf(bytes);
        }

        private static int[] failureOf(byte[] bytes) {
            int[] failure = new int[bytes.length];
            int matched = 0;
            for (int i = 1; i < bytes.length; i++) {
                while (matched > 0 && bytes[i] != bytes[matched]) {
                    matched = failure[matched - 1];
                }
                if (bytes[i] == bytes[matched]) {
                    matched++;
                }
                failure[i] = matched;
            }
            return failure;
        }

        /** The position behind this part if it stands at {@code position}. */
        int matchAt(byte[] text, int position, int end) {
            int at = position;
            for (byte expected : bytes) {
                if (at >= end) {
                    return NO_MATCH;
                }
                if (expected == ANY) {
                    at = Utf8.after(text, at, end);
                } else if (text[at] == expected) {
                    at++;
                } else {
                    return NO_MATCH;
                }
            }
            return at;
        }

        /** The position behind the first place at or after {@code position} where this stands. */
        int find(byte[] text, int position, int end) {
            if (failure == null) {
                for (int at = position; at < end; at = Utf8.after(text, at, end)) {
                    int behind = matchAt(text, at, end);
                    if (behind != NO_MATCH) {
                        return behind;
                    }
                }
                return NO_MATCH;
            }
            int matched = 0;
            for (int at = position; matched < bytes.length; at++) {
                if (at >= end) {
                    return NO_MATCH;
                }
                while (matched > 0 && text[at] != bytes[matched]) {
                    matched = failure[matched - 1];
                }
                if (text[at] == bytes[matched]) {
                    matched++;
                }
                if (matched == bytes.length) {
                    return at + 1;
                }
            }
            return position;
        }

        /** Whether this part is the end of the text, beginning at or after {@code position}. */
        boolean matchesTail(byte[] text, int position, int end) {
            int at = end;
            for (int i = 0; i < codePoints; i++) {
                if (at <= position) {
                    return false;
                }
                at = Utf8.before(text, position, at);
            }
            return matchAt(text, at, end) == end;
        }

        /** Collects a part. */
        private static final class Builder {

            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private int codePoints;
            private boolean hasAny;

            void add(int codePoint) {
                bytes.writeBytes(Utf8.encode(Character.toString(codePoint)));
                codePoints++;
            }

            void addAny() {
                bytes.write(ANY);
                codePoints++;
                hasAny = true;
            }

            Part build() {
                return new Part(bytes.toByteArray(), codePoints, hasAny);
            }
        }
    }
}
