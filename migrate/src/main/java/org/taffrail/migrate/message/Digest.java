// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/**
 * Makes a fingerprint of values, each with its type and length, so that no two rows of values run
 * into the same bytes. Not thread-safe.
 */
final class Digest {
    private final MessageDigest sha;
    private final ByteBuffer number = ByteBuffer.allocate(1 + Long.BYTES);

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Adds a value.
     *
     * @param value null, a text, bytes, a character, or a number or boolean in its box
     * @return this
     */
    Digest add(Object value) {
        if (value == null) {
            return tagged('0', 0);
        }
        if (value instanceof String text) {
            return bytes('s', text.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof byte[] array) {
            return bytes('x', array);
        }
        if (value instanceof Boolean truth) {
            return tagged('t', truth ? 1 : 0);
        }
        if (value instanceof Character character) {
            return tagged('c', character);
        }
        if (value instanceof Double real) {
            return tagged('d', Double.doubleToLongBits(real));
        }
        if (value instanceof Float real) {
            return tagged('f', Float.floatToIntBits(real));
        }
        if (value instanceof Number whole) {
            return tagged(whole.getClass().getSimpleName().charAt(0), whole.longValue());
        }
        throw new IllegalArgumentException("a value of " + value.getClass().getName());
    }

    Digest add(Map<String, Object> sorted) {
        tagged('m', sorted.size());
        sorted.forEach((name, value) -> add(name).add(value));
        return this;
    }

    private Digest bytes(char tag, byte[] array) {
        tagged(tag, array.length);
        sha.update(array);
        return this;
    }

    private Digest tagged(char tag, long value) {
        number.clear();
        number.put((byte) tag).putLong(value);
        sha.update(number.array());
        return this;
    }

    Fingerprint finish() {
        ByteBuffer hash = ByteBuffer.wrap(sha.digest());
        return new Fingerprint(hash.getLong(), hash.getLong());
    }
}
