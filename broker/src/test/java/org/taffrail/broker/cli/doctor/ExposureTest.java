// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.cli.doctor.Finding.Weight;
import org.taffrail.broker.config.BrokerConfig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;

class ExposureTest {
    private static final long DAY_MS = 86_400_000;

    @TempDir private Path folder;

    private static List<Finding> findings(Map<String, String> settings, long nowMs)
            throws IOException {
        return new Exposure(BrokerConfig.defaults().with(settings)).findings(nowMs);
    }

    private static Finding only(List<Finding> findings) {
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    private Path file(String name, String permissions) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void findsNothingOfABrokerForThisMachineAlone() throws IOException {
        assertEquals(List.of(), findings(Map.of(), 0));
    }

    @Test
    void findsAPortThatIsOpenToTheNetwork() throws IOException {
        Finding nobody = only(findings(Map.of("host", "0.0.0.0"), 0));
        Finding plain =
                only(
                        findings(
                                Map.of(
                                        "host",
                                        "0.0.0.0",
                                        "security.usersFile",
                                        file("users", "rw-r-----").toString()),
                                0));

        assertEquals(Weight.SEVERE, nobody.weight());
        assertTrue(nobody.what().contains("no user is asked for"), nobody.what());
        assertEquals(Weight.WARNING, plain.weight());
        assertTrue(plain.what().contains("not encrypted"), plain.what());
    }

    @Test
    void findsAnHttpPortThatIsOpenToTheNetwork() throws IOException {
        Map<String, String> open = Map.of("http.host", "0.0.0.0", "http.port", "0");

        Finding nobody = only(findings(open, 0));

        assertEquals(Weight.SEVERE, nobody.weight());
        assertEquals(
                "the HTTP port is open to the network (http.host=0.0.0.0) and no user is asked for",
                nobody.what());
        assertEquals(List.of(), findings(Map.of("http.host", "0.0.0.0"), 0));
    }

    @Test
    void notesARiskThatWasTakenByName() throws IOException {
        Map<String, String> taken =
                Map.of("host", "0.0.0.0", "security.networkRisks", "strangers,cleartext");

        assertEquals(Weight.NOTE, only(findings(taken, 0)).weight());
    }

    @Test
    void takesNobodyForAStrangerWhoMustShowACertificate() throws IOException {
        Map<String, String> required =
                Map.of(
                        "host", "0.0.0.0",
                        "tls.keyStore", folder.resolve("none").toString(),
                        "tls.clientCertificates", "required");

        assertEquals(List.of(), findings(required, 0));
    }

    @Test
    void findsAFileThatTheOwnerOfTheFolderCannotRead() throws IOException {
        Path users = file("users", "rw-------");
        UserPrincipal nobody;
        try {
            nobody =
                    folder.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("nobody");
            Files.setOwner(Files.createDirectory(folder.resolve("data")), nobody);
        } catch (IOException e) {
            Assumptions.abort("only root gives files away: " + e);
            return;
        }
        Map<String, String> settings =
                Map.of(
                        "data", folder.resolve("data").toString(),
                        "security.usersFile", users.toString());

        Finding found = only(findings(settings, 0));

        assertEquals(Weight.SEVERE, found.weight());
        assertTrue(found.what().startsWith("nobody, who owns the data folder,"), found.what());
        Files.setOwner(users, nobody);
        assertEquals(List.of(), findings(settings, 0));
    }

    @Test
    void findsFilesThatEverybodyCanReadOrChange() throws IOException {
        Path read = file("read", "rw-r--r--");
        Path write = file("write", "rw-rw--w-");

        Finding readable = only(findings(Map.of("security.usersFile", read.toString()), 0));
        Finding writable = only(findings(Map.of("security.usersFile", write.toString()), 0));

        assertEquals(Weight.WARNING, readable.weight());
        assertEquals(
                "everybody on this machine can read " + read + " (security.usersFile)",
                readable.what());
        assertEquals(Weight.SEVERE, writable.weight());
    }

    private Path keys() throws IOException, InterruptedException {
        Path store = folder.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "key",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=b",
                                "-validity",
                                "40",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        return Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void findsACertificateThatExpires() throws IOException, InterruptedException {
        Path password = file("password", "rw-------");
        Files.writeString(password, "changeit\n");
        Map<String, String> tls =
                Map.of(
                        "tls.keyStore", keys().toString(),
                        "tls.keyStorePasswordFile", password.toString());
        long nowMs = System.currentTimeMillis();

        assertEquals(Weight.NOTE, only(findings(tls, nowMs)).weight());
        Finding soon = only(findings(tls, nowMs + 20 * DAY_MS));
        assertEquals(Weight.WARNING, soon.weight());
        assertTrue(soon.what().matches(".* expires on .*, in (19|20) days"), soon.what());
        assertEquals(Weight.SEVERE, only(findings(tls, nowMs + 35 * DAY_MS)).weight());
        Finding over = only(findings(tls, nowMs + 41 * DAY_MS));
        assertEquals(Weight.SEVERE, over.weight());
        assertTrue(over.what().contains(" has expired on "), over.what());
    }
}
