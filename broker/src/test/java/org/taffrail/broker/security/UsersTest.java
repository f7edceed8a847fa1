// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Users come back as they were written; a line that is wrong is refused by its number. */
class UsersTest {
    private static final String HASH =
            PasswordHash.of("p", new byte[16], PasswordHash.ITERATIONS_LEAST).format();

    private static Users parse(String... lines) throws UsersFileException {
        return Users.parse(String.join("\n", lines) + "\n", "u");
    }

    @Test
    void keepsCommentsAndPlaces() throws Exception {
        Users users = parse("taffrail-users 1", "# staff", "ann:" + HASH, "", "bob:" + HASH);
        PasswordHash other = PasswordHash.of("q", new byte[16], 1000);

        String changed = users.with("ann", other).with("cid", other).without("bob").format();

        assertEquals(
                "taffrail-users 1\n# staff\nann:"
                        + other.format()
                        + "\n\ncid:"
                        + other.format()
                        + "\n",
                changed);
    }

    @Test
    void saysWhoHasChangedAndNoPasswords() throws Exception {
        Users before = parse("taffrail-users 2", "ann:" + HASH + ":ops", "bob:" + HASH);
        PasswordHash other = PasswordHash.of("q", new byte[16], 1000);
        Users after = parse("taffrail-users 2", "ann:" + other.format() + ":devs", "cid:" + HASH);

        assertEquals(
                "added: cid; removed: bob; other password: ann; other roles: ann",
                after.changesSince(before));
        assertEquals("no user has changed", after.changesSince(after));
        Users many = Users.none();
        for (int i = 0; i < 25; i++) {
            many = many.with("u" + i, other);
        }
        String told = many.changesSince(Users.none());
        assertTrue(told.startsWith("added: u0, u1, ") && told.endsWith("u19 and 5 more"), told);
    }

    @Test
    void oneNameMayBeginAsAnother() throws Exception {
        Users users = parse("taffrail-users 1", "ann:" + HASH, "anna:" + HASH).without("ann");

        assertEquals(Set.of("anna"), users.names());
        assertEquals("taffrail-users 1\nanna:" + HASH + "\n", users.format());
        assertNull(users.find("ann"));
    }

    @Test
    void readsLinesOfAnotherSystem() throws Exception {
        assertEquals(
                Set.of("ann"),
                Users.parse("taffrail-users 1\r\nann:" + HASH + "\r\n", "u").names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                " ",
                " # comment",
                "ann:",
                "ann:pbkdf2-sha256:1000:c2FsdHNhbHQ=",
                "ann:pbkdf2-sha256:1000:c2FsdHNhbHQ=:" + "AA==",
                "ann:pbkdf2-sha256:999:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "ann:pbkdf2-sha256:2147483648:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "ann:pbkdf2-sha256:-1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "ann:pbkdf2-sha256:10000001:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "ann:pbkdf2-sha256:1000:AAAA:HASH",
                "ann:pbkdf2-sha256:1000:!AAAAAAAAAAAAAAAAAAAAA==:HASH",
                "ann:pbkdf2-sha256:1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH:more",
                "ann:pbkdf2-sha512:1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "ann:md5:1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                ":pbkdf2-sha256:1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                " ann:pbkdf2-sha256:1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "a\tn:pbkdf2-sha256:1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "bob:pbkdf2-sha256:1000:AAAAAAAAAAAAAAAAAAAAAA==:HASH",
                "taffrail-users 1",
            })
    void aWrongLineIsAnErrorThatNamesIt(String wrong) {
        String hash = HASH.substring(HASH.lastIndexOf(':') + 1);

        UsersFileException refused =
                assertThrows(
                        UsersFileException.class,
                        () ->
                                parse(
                                        "taffrail-users 1",
                                        "bob:" + HASH,
                                        wrong.replace("HASH", hash),
                                        "cid:" + HASH));

        assertTrue(refused.getMessage().startsWith("u line 3: "), refused.getMessage());
        assertFalse(refused.getMessage().contains(hash), refused.getMessage());
    }

    @Test
    void anotherFormatIsAnError() {
        for (String first : List.of("", "ann:" + HASH, "taffrail-users", "taffrail-users 3")) {
            UsersFileException refused =
                    assertThrows(UsersFileException.class, () -> Users.parse(first, "u"));
            assertTrue(refused.getMessage().startsWith("u line 1: "), refused.getMessage());
        }
    }

    @Test
    void rolesStandBehindTheHashOfTheSecondVersion() throws Exception {
        Users users = parse("taffrail-users 2", "ann:" + HASH + ":traders,ops", "bob:" + HASH);

        assertEquals(List.of("traders", "ops"), List.copyOf(users.roles("ann")));
        assertEquals(Set.of(), users.roles("bob"));
        assertEquals(Set.of(), users.roles("cid"));
        assertEquals(users.format(), Users.parse(users.format(), "u").format());
    }

    @Test
    void olderBrokersReadAFileWithoutRolesAndRefuseOneWith() throws Exception {
        Users plain = parse("taffrail-users 2", "ann:" + HASH);
        assertTrue(plain.format().startsWith("taffrail-users 1\n"), plain.format());

        Users roles = plain.withRoles("ann", List.of("ops"));
        assertTrue(roles.format().startsWith("taffrail-users 2\n"), roles.format());
        assertEquals(plain.format(), roles.withRoles("ann", List.of()).format());

        UsersFileException refused =
                assertThrows(
                        UsersFileException.class,
                        () -> parse("taffrail-users 1", "ann:" + HASH + ":ops"));
        assertTrue(refused.getMessage().startsWith("u line 2: "), refused.getMessage());
    }

    @Test
    void anotherPasswordKeepsTheRoles() throws Exception {
        Users users = parse("taffrail-users 2", "ann:" + HASH + ":ops");
        assertEquals(Set.of("ops"), users.with("ann", users.find("ann")).roles("ann"));
    }

    @Test
    void refusesRolesThatCannotStandInALineOrARule() {
        for (String role :
                List.of("", "*", "none", "a,b", "a b", "a:b", "#a", "a*", "a\u00a0b", "a\nb")) {
            assertThrows(IllegalArgumentException.class, () -> Users.checkRole(role), role);
        }
        for (String role : List.of("", "*", "none", "a b", "a:b", "#a", "a*", "a\u00a0b")) {
            assertThrows(
                    UsersFileException.class,
                    () -> parse("taffrail-users 2", "ann:" + HASH + ":x," + role),
                    role);
        }
        assertThrows(
                UsersFileException.class,
                () -> parse("taffrail-users 2", "ann:" + HASH + ":ops,ops"));
    }

    @Test
    void refusesNamesThatCannotStandInALine() {
        for (String name :
                List.of("", "a:b", " a", "a ", "#a", "a\nb", "a\u2028b", "\ud800", "\u0085")) {
            assertThrows(IllegalArgumentException.class, () -> Users.checkName(name), name);
        }
        assertThrows(IllegalArgumentException.class, () -> Users.checkName("x".repeat(256)));
        Users.checkName("x".repeat(255));
        Users.checkName("DOMAIN\\Žofie Nováková #2 😀");
    }

    @Property(tries = 200)
    void comesBackAsItWasWritten(@ForAll @Size(max = 8) Set<String> words, @ForAll long seed)
            throws UsersFileException {
        Random random = new Random(seed);
        Users users = Users.none();
        Set<String> names = new LinkedHashSet<>();
        for (String word : words) {
            try {
                Users.checkName(word);
            } catch (IllegalArgumentException e) {
                continue;
            }
            byte[] salt = new byte[8 + random.nextInt(57)];
            random.nextBytes(salt);
            users = users.with(word, PasswordHash.of(word, salt, 1000 + random.nextInt(5)));
            names.add(word);
        }

        Users read = Users.parse(users.format(), "u");

        assertEquals(List.copyOf(names), List.copyOf(read.names()));
        assertEquals(users.format(), read.format());
        for (String name : names) {
            assertEquals(users.find(name), read.find(name));
        }
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefusedByLine(@ForAll String noise, @ForAll long seed) {
        String good = "taffrail-users 1\nann:" + HASH + "\n";
        int at = new Random(seed).nextInt(good.length() + 1);
        try {
            Users.parse(good.substring(0, at) + noise + good.substring(at), "u");
        } catch (UsersFileException e) {
            assertTrue(e.getMessage().matches("(?s)u line \\d+: .*"), e.getMessage());
        }
    }
}
