// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ConfigCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine commandLine = new CommandLine(new ConfigCommand(environment));
        Main.tellFailures(commandLine);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("broker.properties"), text);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void checkSaysThatAllIsWell() throws IOException {
        Path file = file("data=" + folder.resolve("made/later") + "\nport=0\n");

        assertEquals(0, run(Map.of(), "check", "--config", file.toString()));

        assertEquals(List.of("sound: 2 values are set"), lines());
        assertEquals(false, Files.exists(folder.resolve("made")));
    }

    @Test
    void checkSaysEveryMistakeAtOnce() throws IOException {
        Path file = file("prot=0\nsecurity.usersFile=" + folder.resolve("users") + "\n");

        int status =
                run(
                        Map.of("TAFFRAIL_HOTS", "x"),
                        "check",
                        "--config",
                        file.toString(),
                        "--set",
                        "tls.protocols=TLSv1.3",
                        "--data",
                        file.toString());

        assertEquals(1, status);
        assertEquals(
                List.of(
                        file + ":1: unknown option \"prot\"; did you mean \"port\"?",
                        "TAFFRAIL_HOTS: no key of the configuration has this variable; did you"
                                + " mean \"TAFFRAIL_HOST\"?",
                        "tls.protocols without tls.keyStore would encrypt nothing",
                        "data=" + file + ": " + file + " is no folder",
                        "security.usersFile: there is no file "
                                + folder.resolve("users")
                                + "; \"taffrail user\" makes and changes such files",
                        "5 mistakes"),
                lines());
    }

    @Test
    void checkLooksAtUsersKeysAndAddress() throws IOException {
        Path users = Files.writeString(folder.resolve("users"), "this is no users file\n");
        Path keys = Files.writeString(folder.resolve("keys.pem"), "nor is this a key\n");

        int status =
                run(
                        Map.of(),
                        "check",
                        "--set=security.usersFile=" + users,
                        "--set=tls.keyStore=" + keys,
                        "--host=192.0.2.77",
                        "--json");

        assertEquals(1, status);
        assertEquals(1, lines().size());
        assertTrue(
                lines().get(0).contains("{\"what\":\"security.usersFile: " + users),
                lines().get(0));
        assertTrue(lines().get(0).contains("{\"what\":\"tls.keyStore: "), lines().get(0));
        assertTrue(
                lines().get(0).contains("host=192.0.2.77 is no address of this machine"),
                lines().get(0));
    }

    @Test
    void saysThatAPortWouldBeOpenToTheNetwork() {
        int status =
                run(Map.of(), "check", "--host=0.0.0.0", "--set=http.port=0", "--set=http.host=::");

        assertEquals(1, status);
        assertTrue(out.toString().contains("host=0.0.0.0 opens the port"), out.toString());
        assertTrue(out.toString().contains("http.host=:: opens the port"), out.toString());
    }

    @Test
    void checkOfKeysAloneIsForAnotherMachinesFile() throws IOException {
        Path file = file("security.usersFile=/etc/elsewhere/users\nhost=192.0.2.77\n");

        assertEquals(0, run(Map.of(), "check", "--keys-only", "--config", file.toString()));
    }

    @Test
    void showSaysWhereEachValueIsFrom() throws IOException {
        Path file = file("# mine\nport = 61701\nqueue.a.#.retention.timeMs = 3600s\n");

        assertEquals(
                0,
                run(
                        Map.of("TAFFRAIL_CONNECTIONS_MAX", "5"),
                        "show",
                        "--config",
                        file.toString(),
                        "--durability=page-cache"));

        assertEquals(
                List.of(
                        "port 61701 " + file + ":2",
                        "durability page-cache command line",
                        "connections.max 5 TAFFRAIL_CONNECTIONS_MAX",
                        "queue.a.#.retention.timeMs 1h " + file + ":3"),
                lines().stream().skip(1).map(line -> line.replaceAll(" +", " ")).toList());
    }

    @Test
    void showAllHasTheDefaultsToo() {
        assertEquals(0, run(Map.of(), "show", "--all", "--json"));

        assertTrue(
                out.toString()
                        .contains("{\"key\":\"port\",\"value\":\"61700\",\"from\":\"default\"}"),
                out.toString());
    }

    @Test
    void showRefusesWhatWouldNotStart() {
        assertEquals(2, run(Map.of(), "show", "--set", "prot=1"));

        assertEquals(
                "config show: unknown option \"prot\"; did you mean \"port\"?",
                err.toString().strip());
    }

    @Test
    void aBrokerReadsItsEnvironment() throws Exception {
        try (BrokerProcess broker =
                BrokerProcess.start(
                        folder,
                        Map.of("TAFFRAIL_PORT", "0", "TAFFRAIL_PRODUCERS_WINDOWMESSAGES", "9"),
                        "broker")) {
            assertTrue(broker.port() > 0);
        }
    }
}
