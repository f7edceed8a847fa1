// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ConnectionOptionsTest {
    /** To renew the page, write what {@link OptionReference#markdown()} returns into it. */
    @Test
    void referencePageEqualsTheDeclarations() throws IOException {
        Path page = Path.of("..", "docs", "options.md");

        assertEquals(OptionReference.markdown(), Files.readString(page));
    }

    @Test
    void everyDefaultIsAllowedAndEveryOptionDocumented() {
        for (ConnectionOption<?> option : ConnectionOptions.ALL) {
            if (option.defaultValue() != null) {
                assertEquals(option.defaultValue(), option.parse(option.defaultValue().toString()));
            }
            assertTrue(option.doc().endsWith("."), option.name());
            assertEquals(option.type() == Integer.class, !option.unit().isEmpty(), option.name());
        }
    }

    @Test
    void unknownOptionNamesTheNearest() {
        WireException e = refused("jms.prefech", "5");

        assertEquals(ErrorCode.INVALID_OPTION, e.code());
        assertTrue(e.getMessage().contains("\"jms.prefetch\"?"), e.getMessage());
    }

    @Test
    void unknownOptionLikeNoneNamesNone() {
        assertFalse(refused("zzzzzzzzzzzzzz", "5").getMessage().contains("did you mean"));
    }

    @Test
    void valueOutOfBoundsNamesTheBounds() {
        String message = refused("jms.prefetch", "1000001").getMessage();

        assertTrue(message.contains("0 to 1000000 messages"), message);
        assertTrue(refused("jms.prefetch", "-1").getMessage().contains("0 to 1000000"));
        assertTrue(refused("jms.prefetch", "99999999999").getMessage().contains("0 to 1000000"));
        assertTrue(refused("jms.prefetch", "many").getMessage().contains("0 to 1000000"));
        assertTrue(refused("jms.clientID", "").getMessage().contains("1 to 255"));
        assertTrue(refused("transport.tcpNoDelay", "yes").getMessage().contains("true nor false"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0.9999",
                "100.5",
                "1e1",
                "0x1p1",
                "2d",
                "NaN",
                "Infinity",
                "-2",
                "+2",
                "1.",
                ".5",
                "2,5",
                "١",
                "9999999999999999999"
            })
    void decimalIsPlainAndInsideItsBounds(String text) {
        String message = refused("failover.reconnectBackOffMultiplier", text).getMessage();

        assertTrue(message.contains("failover.reconnectBackOffMultiplier: "), message);
        assertTrue(message.endsWith("1.0 to 100.0"), message);
    }

    @Test
    void decimalIsReadAndShownAsTyped() {
        ConnectionOptions options =
                ConnectionOptions.defaults().with("failover.backOffMultiplier", " 1.25 ");

        assertEquals(1.25, options.get(ConnectionOptions.RECONNECT_BACK_OFF_MULTIPLIER));
        assertEquals(Map.of("failover.reconnectBackOffMultiplier", "1.25"), options.given());
        for (double wrong : new double[] {Double.NaN, 0.5, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    WireException.class,
                    () -> options.with(ConnectionOptions.RECONNECT_BACK_OFF_MULTIPLIER, wrong));
        }
    }

    @Test
    void everythingAboutReconnectingIsNamedSo() {
        for (ConnectionOption<?> option : ConnectionOptions.ALL) {
            assertEquals(option.name().startsWith("failover."), option.failoverOnly());
            for (String alias : option.aliases()) {
                assertEquals(option.failoverOnly(), alias.startsWith("failover."), alias);
            }
        }
    }

    @Test
    void otherClientsNamesMeanTheSame() {
        ConnectionOptions options = ConnectionOptions.defaults().with("jms.sendTimeout", "7");

        assertEquals(7, options.get(ConnectionOptions.SEND_TIMEOUT_MS));
    }

    @Test
    void changingOneLeavesTheOriginalAsItWas() {
        ConnectionOptions before = ConnectionOptions.defaults();
        ConnectionOptions after = before.with(ConnectionOptions.CLIENT_ID, "a");

        assertNull(before.get(ConnectionOptions.CLIENT_ID));
        assertEquals("a", after.get(ConnectionOptions.CLIENT_ID));
        assertNotEquals(before, after);
        assertEquals(before, after.with(ConnectionOptions.CLIENT_ID, null));
    }

    @Test
    void nullIsNoValueWhereThereIsADefault() {
        assertThrows(
                WireException.class,
                () -> ConnectionOptions.defaults().with(ConnectionOptions.PREFETCH, null));
    }

    @Test
    void contradictingOptionsAreRefused() {
        ConnectionOptions async = ConnectionOptions.defaults().with("jms.forceAsyncSend", "true");

        assertThrows(WireException.class, () -> async.with("jms.forceSyncSend", "true"));
    }

    @Test
    void whatIsNotThereYetIsRefusedByName() {
        for (String name : new String[] {"transport.trustAll", "transport.keyAlias"}) {
            WireException e = refused(name, "x");
            assertEquals(ErrorCode.NOT_SUPPORTED, e.code(), name);
            assertTrue(e.getMessage().contains("not there"), e.getMessage());
        }
    }

    @Test
    void secretsAreNotShown() {
        ConnectionOptions options =
                ConnectionOptions.defaults()
                        .with("jms.password", "tiger")
                        .with("jms.username", "u");

        assertFalse(options.toString().contains("tiger"));
        assertTrue(options.toString().contains("jms.username=u"));
        assertEquals("tiger", options.given().get("jms.password"));
    }

    private static WireException refused(String name, String value) {
        return assertThrows(
                WireException.class, () -> ConnectionOptions.defaults().with(name, value));
    }
}
