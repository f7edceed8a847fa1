// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class PasswordHashTest {
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private static PasswordHash hash(String password) {
        return PasswordHash.of(password, SALT, PasswordHash.ITERATIONS_LEAST);
    }

    @Test
    void matchesItsPasswordAndNoOther() {
        PasswordHash hash = hash("sécret 密码");

        assertTrue(hash.matches("sécret 密码"));
        assertFalse(hash.matches("secret 密码"));
        assertFalse(hash.matches("sécret 密码 "));
        assertFalse(hash.matches(""));
    }

    @Test
    void isTheHashThatOthersComputeToo() {
        // PBKDF2-HMAC-SHA256 of "password" with this salt and 1000 iterations, by OpenSSL
        assertEquals(
                "pbkdf2-sha256:1000:MDEyMzQ1Njc4OWFiY2RlZg==:hRRjgXWkW8ResfIvBP99J/T4vkgEmMRV/0tJTOjR59I=",
                hash("password").format());
    }

    @Test
    void takesACharacterAndItsPartsForTheSame() {
        assertTrue(hash("\u00e9").matches("e\u0301"));
    }

    @Test
    void dependsOnTheSalt() {
        PasswordHash other =
                PasswordHash.of("p", "fedcba9876543210".getBytes(StandardCharsets.UTF_8), 1000);

        assertNotEquals(hash("p"), other);
        assertTrue(other.matches("p"));
    }

    @Test
    void keepsItsIterations() {
        PasswordHash slower = PasswordHash.of("p", SALT, 2000);

        PasswordHash read = PasswordHash.parse(slower.format());

        assertEquals(slower, read);
        assertTrue(read.matches("p"));
        assertEquals("pbkdf2-sha256, 2000 iterations", read.toString());
    }

    @Test
    void refusesWhatIsTooWeakOrTooSlow() {
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.of("p", SALT, 999));
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.of("p", SALT, 10_000_001));
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.of("p", new byte[7], 1000));
    }

    @Test
    void nobodysHashIsNotThatOfAnEmptyPassword() {
        assertFalse(PasswordHash.nobody().matches(""));
    }
}
