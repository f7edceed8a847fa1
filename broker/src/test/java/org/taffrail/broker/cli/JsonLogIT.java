// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.nio.file.Path;
import java.util.List;

/** The log of a real broker that was asked for JSON: all that it says on standard error. */
class JsonLogIT {
    @TempDir private Path folder;

    @Test
    void allThatABrokerLogsIsAnObjectALine() throws Exception {
        Path users = folder.resolve("users");
        new UsersFile(users)
                .change(
                        none ->
                                none.with(
                                        "billing", PasswordHash.of("secret", new byte[16], 1000)));
        try (BrokerProcess broker =
                BrokerProcess.start(
                        folder,
                        "broker",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        "0",
                        "--set",
                        "security.usersFile=" + users,
                        "--set",
                        "log.format=json")) {
            TaffrailConnectionFactory factory =
                    new TaffrailConnectionFactory("taffrail://127.0.0.1:" + broker.port());
            String forged = "mallory\n{\"event\":\"broker_stopped\"}";
            assertThrows(JMSException.class, () -> factory.createConnection(forged, "x"));
            Awaitility.await().until(() -> broker.log().contains("connection_ended"));
            broker.terminate();
            broker.awaitExit();

            List<String> lines = broker.log().lines().toList();
            for (String line : lines) {
                assertTrue(line.startsWith("{\"time\":\"2"), line);
                assertTrue(line.endsWith("}"), line);
                assertTrue(line.contains("\",\"thread\":\""), line);
            }
            String started = only(lines, "broker_started");
            assertTrue(started.contains("\"level\":\"INFO\""), started);
            assertTrue(started.contains("\"durability\":\"force\""), started);
            String refused = only(lines, "login_refused");
            assertTrue(refused.contains("\"user\":\"unknown\""), refused);
            only(lines, "broker_stopped");
        }
    }

    private static String only(List<String> lines, String event) {
        List<String> found =
                lines.stream().filter(line -> line.contains("\"event\":\"" + event + '"')).toList();
        assertEquals(1, found.size(), lines::toString);
        return found.get(0);
    }
}
