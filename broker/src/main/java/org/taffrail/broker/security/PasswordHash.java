// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: a salt, and a slow hash of both (PBKDF2 with HMAC-SHA-256, RFC 8018),
 * with the number of iterations that it was made with. Guessing a password costs as many iterations
 * each time, and for each user anew. Passwords are normalised to NFC first (RFC 8265), so that one
 * typed on another system is the same. Immutable; prints no secret.
 */
public final class PasswordHash {
    /** How many iterations a new hash has: about 200 ms of a core of 2020. */
    public static final int ITERATIONS = 600_000;

    /** Fewest iterations: what NIST SP 800-132 asks for at least. */
    public static final int ITERATIONS_LEAST = 1000;

    /** Most iterations: beyond it a login would take longer than clients wait. */
    public static final int ITERATIONS_MAX = 10_000_000;

    /** Bytes of a new salt. */
    public static final int SALT_BYTES = 16;

    /** Most characters of a password. */
    public static final int PASSWORD_CHARS_MAX = 1024;

    private static final int SALT_BYTES_LEAST = 8;
    private static final int SALT_BYTES_MAX = 64;
    private static final int HASH_BYTES = 32;
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final String NAME = "pbkdf2-sha256";
    private static final int PARTS = 4;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Hashes a password. Takes long: not on the broker's thread.
     *
     * @param password the password
     * @param salt random bytes, {@link #SALT_BYTES} of them
     * @param iterations {@link #ITERATIONS_LEAST} to {@link #ITERATIONS_MAX}
     * @return the hash
     * @throws IllegalArgumentException if the salt or the iterations are out of bounds
     */
    public static PasswordHash of(String password, byte[] salt, int iterations) {
        checkBounds(iterations, salt.length);
        byte[] own = salt.clone();
        return new PasswordHash(iterations, own, derive(password, own, iterations));
    }

    /**
     * Returns a hash that no password has in practice, and that takes as long as any to compare.
     *
     * @return the hash of 256 bits that are all 0
     */
    public static PasswordHash nobody() {
        return new PasswordHash(ITERATIONS, new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    private static void checkBounds(int iterations, int saltBytes) {
        if (iterations < ITERATIONS_LEAST || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException(
                    iterations
                            + " iterations, allowed are "
                            + ITERATIONS_LEAST
                            + " to "
                            + ITERATIONS_MAX);
        }
        if (saltBytes < SALT_BYTES_LEAST || saltBytes > SALT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a salt of "
                            + saltBytes
                            + " bytes, allowed are "
                            + SALT_BYTES_LEAST
                            + " to "
                            + SALT_BYTES_MAX);
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        char[] chars = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(chars, salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }

    /**
     * Tells whether a password is the one. Takes long: not on the broker's thread.
     *
     * @param password any text
     * @return whether it has this hash; the time taken does not depend on it
     */
    public boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    /**
     * Returns the hash as text for the users file.
     *
     * @return such as {@code pbkdf2-sha256:600000:SALT:HASH}, both in Base64
     */
    String format() {
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                ":",
                NAME,
                Integer.toString(iterations),
                base64.encodeToString(salt),
                base64.encodeToString(hash));
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @throws IllegalArgumentException saying what is wrong, without the text itself
     */
    static PasswordHash parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException(
                    "a user has five fields separated by colons, this one " + (parts.length + 1));
        }
        if (!parts[0].equals(NAME)) {
            throw new IllegalArgumentException("the kind of hash is not " + NAME);
        }
        int iterations = number(parts[1]);
        byte[] salt = base64("salt", parts[2]);
        byte[] hash = base64("hash", parts[3]);
        checkBounds(iterations, salt.length);
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException(
                    "a hash of " + hash.length + " bytes, which has " + HASH_BYTES);
        }
        return new PasswordHash(iterations, salt, hash);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the iterations are not a number in bounds", e);
        }
    }

    private static byte[] base64(String what, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the " + what + " is not Base64", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that && format().equals(that.format());
    }

    @Override
    public int hashCode() {
        return format().hashCode();
    }

    /** Returns how it was made; salt and hash are hidden. */
    @Override
    public String toString() {
        return NAME + ", " + iterations + " iterations";
    }
}
