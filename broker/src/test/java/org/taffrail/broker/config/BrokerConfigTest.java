// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.broker.core.Limits;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

class BrokerConfigTest {
    private static final BrokerConfig DEFAULTS = BrokerConfig.defaults();

    private static String refusal(String key, String value) {
        WireException refused =
                assertThrows(WireException.class, () -> DEFAULTS.with(Map.of(key, value)));
        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        return refused.getMessage();
    }

    @Test
    void everyDefaultIsAllowed() {
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (key.defaultValue() != null) {
                assertEquals(
                        key.defaultValue(), key.parse(key.show(key.defaultValue())), key.name());
            }
        }
    }

    @Test
    void defaultsOfTheCoreAreTheCoresOwn() {
        assertEquals(Limits.defaults(), DEFAULTS.limits());
    }

    @Test
    void laterSourcesCountMore() {
        BrokerConfig config =
                DEFAULTS.with(Map.of("port", "1", "host", "::1")).with(Map.of("port", "2"));

        assertEquals(2, config.number(BrokerKeys.PORT));
        assertEquals("::1", config.get(BrokerKeys.HOST));
        assertEquals("force", config.get(BrokerKeys.DURABILITY));
    }

    @ParameterizedTest
    @CsvSource({"64MiB,67108864", "1 GiB,1073741824", "65536KiB,67108864", "99000000,99000000"})
    void sizesMayHaveAUnit(String typed, long bytes) {
        BrokerConfig config = DEFAULTS.with(Map.of("journal.segmentBytes", typed));

        assertEquals(bytes, config.get(BrokerKeys.SEGMENT_BYTES));
    }

    @ParameterizedTest
    @CsvSource({"5s,5000", "250ms,250", "2min,120000", "1h,3600000", "77,77", "0,0"})
    void timesMayHaveAUnit(String typed, long ms) {
        BrokerConfig config = DEFAULTS.with(Map.of("connections.heartbeatMs", typed));

        assertEquals(ms, config.get(BrokerKeys.HEARTBEAT_MS));
    }

    @ParameterizedTest
    @CsvSource({
        "port,-1",
        "port,65536",
        "port,http",
        "port,''",
        "port,9999999999999999999999",
        "durability,Force",
        "destinations.createOnUse,yes",
        "journal.segmentBytes,1KiB",
        "journal.segmentBytes,9999999999GiB",
        "journal.segmentBytes,64 apples",
        "host,''"
    })
    void refusesWhatIsOutOfBounds(String key, String value) {
        String message = refusal(key, value);

        assertTrue(message.startsWith(key + "=" + value), message);
        assertTrue(message.contains("allowed: "), message);
    }

    @Test
    void namesTheNearestKey() {
        assertEquals(
                "unknown option \"segmentBytes\"; did you mean \"journal.segmentBytes\"?",
                refusal("segmentBytes", "64MiB"));
        assertEquals("unknown option \"prot\"; did you mean \"port\"?", refusal("prot", "1"));
        assertEquals("unknown option \"xyzzyxyzzyx\"", refusal("xyzzyxyzzyx", "1"));
    }

    @Test
    void namesTheNearestChoice() {
        String message = refusal("durability", "page-cash");

        assertTrue(message.endsWith("did you mean \"page-cache\"?"), message);
    }

    @Test
    void anEmbeddedBrokerHasNoPort() {
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> BrokerConfig.embedded(Map.of("data", "x"), List.of("dir", "name")));

        assertEquals(
                "data means nothing to an embedded broker; its folder is \"dir\"",
                refused.getMessage());
    }

    @Test
    void theHintForAnEmbeddedBrokerNamesItsOwnOptions() {
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> BrokerConfig.embedded(Map.of("dirr", "x"), List.of("dir", "name")));

        assertEquals("unknown option \"dirr\"; did you mean \"dir\"?", refused.getMessage());
    }

    @Test
    void refusesATransactionThatFitsNoBatch() {
        BrokerConfig config =
                DEFAULTS.with(
                        Map.of(
                                "journal.segmentBytes",
                                "64MiB",
                                "memory.transactionBytes",
                                "13MiB"));

        WireException refused = assertThrows(WireException.class, config::conclude);

        assertEquals(
                "memory.transactionBytes=13MiB and 4MiB beside don't fit in a quarter of"
                        + " journal.segmentBytes=64MiB",
                refused.getMessage());
        DEFAULTS.conclude();
    }

    @Test
    void comparesOnlyWhatWasGiven() {
        BrokerConfig running = DEFAULTS.with(Map.of("durability", "page-cache"));

        assertNull(DEFAULTS.differsFrom(running));
        assertNull(running.differsFrom(running));
        assertEquals(
                "durability=page-cache",
                DEFAULTS.with(Map.of("durability", "force")).differsFrom(running));
    }

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        Path page = Path.of("..", "docs", "configuration.md");

        assertEquals(
                ConfigReference.markdown(),
                Files.readString(page),
                "generate docs/configuration.md again from ConfigReference.markdown()");
    }

    @Test
    void anonymousClientsAreLetInUnlessThereAreUsers() {
        BrokerConfig open = BrokerConfig.defaults().conclude();
        BrokerConfig users = open.with(Map.of("security.usersFile", "u")).conclude();

        assertTrue(open.admitsAnonymous());
        assertFalse(users.admitsAnonymous());
        assertTrue(users.with(Map.of("security.anonymous", "true")).conclude().admitsAnonymous());
    }

    @Test
    void refusesAConfigurationThatLetsNobodyIn() {
        BrokerConfig nobody = BrokerConfig.defaults().with(Map.of("security.anonymous", "false"));

        WireException refused = assertThrows(WireException.class, nobody::conclude);

        assertTrue(refused.getMessage().contains("security.usersFile"), refused.getMessage());
    }

    @Test
    void whoImportsIsNamedAndNobodyUnlessSaid() {
        BrokerConfig named = DEFAULTS.with(Map.of("security.importers", "ann, bob"));

        assertEquals(Set.of(), DEFAULTS.conclude().importers());
        assertEquals(
                Set.of("*"),
                DEFAULTS.with(Map.of("security.importers", "*")).conclude().importers());
        assertEquals(
                Set.of("ann", "bob"),
                named.with(Map.of("security.usersFile", "u")).conclude().importers());
        WireException refused = assertThrows(WireException.class, named::conclude);
        assertTrue(refused.getMessage().contains("security.usersFile"), refused.getMessage());
    }

    @Test
    void refusesADiskThatIsTooSmallForItsReserve() {
        BrokerConfig tiny = DEFAULTS.with(Map.of("disk.bytesMax", "63MiB"));
        BrokerConfig half =
                DEFAULTS.with(Map.of("disk.bytesMax", "1GiB", "disk.reserveBytes", "600MiB"));

        assertEquals(
                "disk.bytesMax=63MiB is less than 64MiB; 0 sets no limit",
                assertThrows(WireException.class, tiny::conclude).getMessage());
        assertEquals(
                "disk.reserveBytes=600MiB is more than half of disk.bytesMax=1GiB",
                assertThrows(WireException.class, half::conclude).getMessage());
        DEFAULTS.with(Map.of("disk.bytesMax", "1GiB", "disk.reserveBytes", "512MiB")).conclude();
    }
}
