// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class UserCommandTest {
    @TempDir private Path folder;
    private String input = "";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("user"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--file", path().toString()));
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        CommandLine commandLine =
                Main.commandLine(new PasswordEntry(null, new ByteArrayInputStream(bytes)))
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int status = commandLine.execute(all.toArray(new String[0]));
        assertEquals(status == 0 ? 0 : 1, err.toString().lines().count(), err.toString());
        return status;
    }

    private int add(String name, String password) {
        input = password + "\n";
        return run("add", name, "--password-stdin", "--iterations", "1000");
    }

    private Path path() {
        return folder.resolve("users");
    }

    private void assertSaid(String text) {
        assertTrue(err.toString().contains(text), err.toString());
    }

    @Test
    void addsListsAndRemovesUsers() throws Exception {
        assertEquals(0, add("ann", "secret word"));
        assertFalse(out.toString().contains("secret"), out.toString());
        assertEquals(0, add("\u017dofie", "\u5bc6\u7801"));

        assertEquals(0, run("list"));
        assertEquals(List.of("ann", "\u017dofie"), out.toString().lines().toList());
        assertFalse(Files.readString(path()).contains("secret"));

        assertEquals(0, run("remove", "ann"));
        assertEquals(0, run("list"));
        assertEquals(List.of("\u017dofie"), out.toString().lines().toList());
    }

    @Test
    void givesAndTakesRoles() throws Exception {
        input = "p\n";
        String[] add = {"add", "ann", "--password-stdin", "--iterations", "1000"};
        List<String> with = new ArrayList<>(List.of(add));
        with.addAll(List.of("--role", "traders", "--role", "ops"));
        assertEquals(0, run(with.toArray(String[]::new)));
        add("bob", "p");

        assertEquals(0, run("grant", "ann", "devs", "ops"));
        assertEquals("user ann is traders, ops, devs\n", out.toString());
        assertEquals(0, run("revoke", "ann", "traders"));
        assertEquals(0, run("list"));
        assertEquals(List.of("ann: ops,devs", "bob"), out.toString().lines().toList());

        assertEquals(0, run("revoke", "ann", "ops", "devs", "others"));
        assertEquals("user ann has no roles\n", out.toString());
        assertEquals(Main.FAILED, run("grant", "cid", "ops"));
        assertSaid("there is no user \"cid\"");
        assertEquals(Main.WRONG_USAGE, run("grant", "bob", "*"));
        assertSaid("a role's name");
    }

    @Test
    void makesUsersWhomNoPasswordLetsIn() throws Exception {
        assertEquals(0, run("add", "billing", "--no-password", "--role", "shops"));
        assertEquals(0, run("list"));
        assertEquals(List.of("billing: shops"), out.toString().lines().toList());
        assertTrue(Files.readString(path()).contains(":" + "A".repeat(43) + "=:shops"));
        assertEquals(
                Main.WRONG_USAGE, run("password", "billing", "--no-password", "--password-stdin"));
    }

    @Test
    void changesAPassword() throws Exception {
        add("ann", "old");
        String before = Files.readString(path());
        input = "new";

        assertEquals(0, run("password", "ann", "--password-stdin", "--iterations", "2000"));

        String after = Files.readString(path());
        assertFalse(after.equals(before));
        assertTrue(after.contains("ann:pbkdf2-sha256:2000:"), after);
    }

    @Test
    void theSamePasswordNeverLooksTheSame() throws Exception {
        add("ann", "same");
        add("bob", "same");
        List<String> lines = Files.readAllLines(path());

        assertFalse(lines.get(1).substring(3).equals(lines.get(2).substring(3)));
    }

    @Test
    void hashesSlowlyIfNotToldOtherwise() throws Exception {
        input = "word\n";

        assertEquals(0, run("add", "ann", "--password-stdin"));

        assertTrue(Files.readString(path()).contains("ann:pbkdf2-sha256:600000:"));
    }

    @Test
    void saysWhoIsThereAndWhoIsNot() {
        add("ann", "p");

        assertEquals(Main.FAILED, add("ann", "p"));
        assertSaid("there is a user \"ann\"");
        assertEquals(Main.FAILED, run("remove", "bob"));
        assertSaid("there is no user \"bob\"");
        input = "p";
        assertEquals(Main.FAILED, run("password", "bob", "--password-stdin"));
        assertSaid("there is no user \"bob\"");
    }

    @Test
    void saysWhatAPasswordMustBe() {
        assertEquals(Main.WRONG_USAGE, add("ann", ""));
        assertSaid("the password is empty");
        assertEquals(Main.WRONG_USAGE, add("ann", "p".repeat(1025)));
        assertSaid("1024");
        assertEquals(Main.WRONG_USAGE, add("ann", "p".repeat(100_000)));
        assertSaid("1024");
        assertEquals(Main.WRONG_USAGE, run("add", "ann"));
        assertSaid("--password-stdin");
        assertFalse(Files.exists(path()));
    }

    @Test
    void saysWhatANameMustBe() {
        assertEquals(Main.WRONG_USAGE, add("a:b", "p"));
        assertSaid("colon");
        assertEquals(Main.WRONG_USAGE, add("x".repeat(256), "p"));
        assertSaid("255");
        assertEquals(Main.WRONG_USAGE, add("", "p"));
    }

    @Test
    void takesNoPasswordAsAnArgument() {
        assertEquals(Main.WRONG_USAGE, run("add", "ann", "secret"));
        assertEquals(Main.WRONG_USAGE, run("add", "ann", "--password", "secret"));
        assertFalse(Files.exists(path()));
    }

    @Test
    void refusesIterationsOutOfBounds() {
        input = "p";
        assertEquals(
                Main.WRONG_USAGE, run("add", "ann", "--password-stdin", "--iterations", "999"));
        assertSaid("1000 to 10000000");
    }

    @Test
    void namesABrokenFileAndItsLine() throws Exception {
        Files.writeString(path(), "taffrail-users 1\nann\n");

        for (String verb : List.of("list", "remove")) {
            assertEquals(Main.FAILED, verb.equals("list") ? run(verb) : run(verb, "ann"), verb);
            assertSaid("users line 2: ");
        }
        assertEquals(Main.FAILED, add("bob", "p"));
        assertSaid("users line 2: ");
        assertEquals("taffrail-users 1\nann\n", Files.readString(path()));
    }

    @Test
    void namesAMissingFile() {
        assertEquals(Main.FAILED, run("list"));
        assertSaid("there is no file");
    }
}
