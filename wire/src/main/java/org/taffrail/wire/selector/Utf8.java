// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the selector language does with text: it works on UTF-8 bytes and never builds a {@code
 * String} while it evaluates.
 *
 * <p>The bytes of a record are not trusted. On malformed UTF-8 these methods stay within their
 * range and give some answer, the same one every time.
 */
final class Utf8 {

    private Utf8() {}

    /** Encodes text that holds no unpaired surrogate (the lexer refuses those). */
    static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static boolean equal(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        return aLength == bLength
                && Arrays.equals(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
    }

    static int hash(byte[] bytes, int offset, int length) {
        int hash = 0;
        for (int i = offset, end = offset + length; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** The position after the code point at {@code position}, which must be below {@code end}. */
    static int after(byte[] bytes, int position, int end) {
        int next = position + 1;
        while (next < end && isContinuation(bytes[next])) {
            next++;
        }
        return next;
    }

    /**
     * The position of the code point before {@code position}, which must be above {@code start}.
     */
    static int before(byte[] bytes, int start, int position) {
        int previous = position - 1;
        while (previous > start && isContinuation(bytes[previous])) {
            previous--;
        }
        return previous;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
