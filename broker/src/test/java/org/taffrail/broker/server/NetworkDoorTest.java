// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A port that more than this machine reaches is opened protected, or with its risks named. */
class NetworkDoorTest {
    @TempDir private Path folder;

    private Broker broker(String... options) {
        Map<String, String> values = new HashMap<>(Map.of("port", "0", "host", "0.0.0.0"));
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        BrokerConfig config = BrokerConfig.defaults().with(values);
        return new Broker(config, StoreFactory.of(config), true);
    }

    private static String refusal(Broker broker) {
        WireException refused = assertThrows(WireException.class, broker::start);
        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertEquals(Stage.FAILED, broker.stage());
        return refused.getMessage();
    }

    private String users() throws Exception {
        UsersFile file = new UsersFile(folder.resolve("users"));
        file.change(none -> none.with("ann", PasswordHash.of("p", new byte[16], 1000)));
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void withoutAnyProtectionItDoesNotStartAndSaysWhatToDo(String host) {
        String why = refusal(broker("host", host));

        assertTrue(why.startsWith("host=" + host + " opens the port to the network"), why);
        assertTrue(why.contains("tls.keyStore") && why.contains("security.usersFile"), why);
        assertTrue(why.endsWith("security.networkRisks=cleartext,strangers"), why);
    }

    @Test
    void eachRiskIsNamedByItself() throws Exception {
        String users = users();
        assertTrue(
                refusal(broker("security.usersFile", users))
                        .endsWith("security.networkRisks=cleartext"));
        assertTrue(
                refusal(
                                broker(
                                        "security.usersFile",
                                        users,
                                        "security.anonymous",
                                        "true",
                                        "security.networkRisks",
                                        "cleartext"))
                        .contains("strangers may do what everybody may"));
        TestKeys keys = TestKeys.make(folder, "broker", "dns:localhost", "EC");
        assertTrue(
                refusal(broker("tls.keyStore", keys.pem().toString()))
                        .endsWith("security.networkRisks=strangers"));
    }

    @ParameterizedTest
    @CsvSource({
        "host, 127.0.0.1",
        "host, 127.0.0.2",
        "host, localhost",
        "security.networkRisks, 'cleartext,strangers'",
        "security.networkRisks, 'strangers, cleartext'"
    })
    void startsWhereNobodyElseReachesItOrTheRisksAreTaken(String key, String value)
            throws Exception {
        try (Broker broker = broker(key, value)) {
            broker.start();
            assertEquals(Stage.RUNNING, broker.stage());
        }
    }

    @Test
    void startsProtected() throws Exception {
        TestKeys keys = TestKeys.make(folder, "broker", "dns:localhost", "EC");
        try (Broker broker =
                broker("tls.keyStore", keys.pem().toString(), "security.usersFile", users())) {
            broker.start();
            assertEquals(Stage.RUNNING, broker.stage());
        }
        try (Broker broker =
                broker(
                        "tls.keyStore",
                        keys.pem().toString(),
                        "tls.clientCertificates",
                        "required",
                        "tls.trustStore",
                        keys.certificate().toString())) {
            broker.start();
            assertEquals(Stage.RUNNING, broker.stage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "cleartext,none", "cleartext,,strangers", "Strangers"})
    void anotherRiskIsRefused(String risks) {
        WireException refused =
                assertThrows(WireException.class, () -> broker("security.networkRisks", risks));
        assertTrue(refused.getMessage().contains("cleartext and strangers"));
        assertFalse(refused.getMessage().isEmpty());
    }
}
