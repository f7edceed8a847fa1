// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

class UsersFileTest {
    private static final PasswordHash HASH = PasswordHash.of("p", new byte[16], 1000);

    @TempDir private Path folder;

    private Path path() {
        return folder.resolve("users");
    }

    private UsersFile file() {
        return new UsersFile(path());
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> files() throws Exception {
        try (var found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void makesAFileForItsOwnerAlone() throws Exception {
        file().change(users -> users.with("ann", HASH));

        assertEquals("rw-------", permissions(path()));
        assertEquals(Set.of("ann"), file().read().names());
        assertEquals(List.of("users"), files());
        assertFalse(file().isOpenToOthers());
    }

    @Test
    void replacesAFileAndKeepsItsPermissions() throws Exception {
        file().change(users -> users.with("ann", HASH));
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
        Object before = file().stamp().key();

        file().change(users -> users.with("bob", HASH));

        assertEquals("rw-r--r--", permissions(path()));
        assertTrue(file().isOpenToOthers());
        assertEquals(Set.of("ann", "bob"), file().read().names());
        assertFalse(before.equals(file().stamp().key()), "a file of its own");
    }

    @Test
    void replacesWhatALinkLeadsTo() throws Exception {
        file().change(users -> users.with("ann", HASH));
        Path link = Files.createSymbolicLink(folder.resolve("link"), path());

        new UsersFile(link).change(users -> users.with("bob", HASH));

        assertTrue(Files.isSymbolicLink(link));
        assertEquals(Set.of("ann", "bob"), file().read().names());
    }

    @Test
    void leavesTheFileWhenAChangeFails() throws Exception {
        file().change(users -> users.with("ann", HASH));

        assertThrows(
                UsersFileException.class,
                () ->
                        file().change(
                                        users -> {
                                            throw new UsersFileException("no");
                                        }));

        assertEquals(Set.of("ann"), file().read().names());
        assertEquals(List.of("users"), files());
    }

    @Test
    void refusesAChangeWhileAnotherIsUnderWay() throws Exception {
        file().change(
                        users -> {
                            UsersFileException refused =
                                    assertThrows(
                                            UsersFileException.class,
                                            () -> file().change(same -> same));
                            assertTrue(refused.getMessage().contains("users.new"));
                            return users.with("ann", HASH);
                        });

        assertEquals(Set.of("ann"), file().read().names());
    }

    @Test
    void namesWhatIsMissing() {
        UsersFile lost = new UsersFile(folder.resolve("no").resolve("users"));

        assertTrue(
                assertThrows(UsersFileException.class, lost::read)
                        .getMessage()
                        .startsWith("there is no file"));
        assertTrue(
                assertThrows(UsersFileException.class, () -> lost.change(users -> users))
                        .getMessage()
                        .startsWith("there is no folder"));
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws Exception {
        byte[] bytes = "taffrail-users 1\n# b\n#\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(path(), bytes);

        UsersFileException refused = assertThrows(UsersFileException.class, file()::read);

        assertTrue(refused.getMessage().endsWith("line 3: it is not UTF-8"), refused.getMessage());
    }
}
