// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A broker with a users file, on its real threads. */
class DoorTest {
    @TempDir private Path folder;

    private Path path() {
        return folder.resolve("users");
    }

    private Broker broker(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("port", "0");
        values.put("security.usersFile", path().toString());
        BrokerConfig config = BrokerConfig.defaults().with(values);
        return new Broker(config, StoreFactory.of(config), true);
    }

    private void assertDoesNotStart(String why) {
        Broker broker = broker(Map.of());

        WireException refused = assertThrows(WireException.class, broker::start);

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertTrue(refused.getMessage().startsWith("security.usersFile: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(Stage.FAILED, broker.stage());
    }

    private void put(String user, int iterations) throws Exception {
        PasswordHash hash = PasswordHash.of("right", new byte[16], 1000);
        new UsersFile(path()).change(users -> users.with(user, hash));
        String text = Files.readString(path());
        Files.writeString(path(), text.replace(":1000:", ":" + iterations + ":"));
    }

    private static ClientFrame.Hello hello(String user) {
        byte[] response = ("\0" + user + "\0right").getBytes(StandardCharsets.UTF_8);
        return new ClientFrame.Hello(
                0, FrameLayout.FRAME_BYTES_MAX, 0, 1, 2, 0, null, "PLAIN", response, "test");
    }

    @Test
    void doesNotStartWithoutTheFile() {
        assertDoesNotStart("there is no file " + path());
    }

    @Test
    void doesNotStartWithABrokenFile() throws Exception {
        Files.writeString(path(), "taffrail-users 1\nann\n");

        assertDoesNotStart("line 2: ");
    }

    @Test
    void letsUsersInAndNobodyElse() throws Exception {
        put("ann", 1000);
        try (Broker broker = broker(Map.of())) {
            broker.start();
            SocketChannel.connect(broker.port()).open(hello("ann")).goodbye();

            WireClient other = SocketChannel.connect(broker.port());
            other.raw(WireClient.preamble());
            other.say(hello("bob"));
            other.hearClosing(ErrorCode.AUTHENTICATION_FAILED);

            WireClient nobody = SocketChannel.connect(broker.port());
            nobody.raw(WireClient.preamble());
            nobody.say(WireClient.hello(null, 0));
            nobody.hearClosing(ErrorCode.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void aSlowHashHoldsUpNeitherTheClockNorOthers() throws Exception {
        put("ann", PasswordHash.ITERATIONS_MAX);
        Map<String, String> options =
                Map.of("connections.handshakeMs", "300", "security.anonymous", "true");
        try (Broker broker = broker(options)) {
            broker.start();
            WireClient slow = SocketChannel.connect(broker.port());
            slow.raw(WireClient.preamble());
            slow.say(hello("ann"));

            // had the broker's thread hashed, it would have welcomed before it looked at the clock
            slow.hearClosing(ErrorCode.TIMEOUT);
            // a client that is held up itself between its connection and its hello is sent away too
            Awaitility.await()
                    .ignoreException(UncheckedIOException.class)
                    .untilAsserted(() -> SocketChannel.connect(broker.port()).open().goodbye());
        }
    }
}
