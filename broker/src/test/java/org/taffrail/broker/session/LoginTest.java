// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.security.Audit;
import org.taffrail.broker.security.Lanes;
import org.taffrail.broker.security.LiveUsers;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UserAuthenticator;
import org.taffrail.broker.security.UserSources;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.record.DestinationKind;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How a session goes while passwords are checked elsewhere. */
class LoginTest {
    @TempDir private Path folder;
    private final Lanes lanes = new Lanes();
    private Harness broker;

    @BeforeEach
    void open() throws Exception {
        UsersFile file = new UsersFile(folder.resolve("users"));
        file.change(users -> users.with("ann", PasswordHash.of("right", new byte[16], 1000)));
        LiveUsers users = LiveUsers.open(file, new byte[32], new Audit());
        broker =
                new Harness(
                        new MemoryStore(),
                        Harness.SETTINGS,
                        new UserAuthenticator(UserSources.of(users), false, lanes.lanes(100)));
    }

    private static ClientFrame.Hello hello(String clientId, String password) {
        byte[] response = ("\0ann\0" + password).getBytes(StandardCharsets.UTF_8);
        return new ClientFrame.Hello(
                0, FrameLayout.FRAME_BYTES_MAX, 0, 1, 2, 0, clientId, "PLAIN", response, "test");
    }

    private WireClient greeting(ClientFrame.Hello hello) {
        WireClient client = broker.client();
        client.raw(WireClient.preamble());
        client.say(hello);
        return client;
    }

    private void check() {
        lanes.runAll(broker.nowMs);
        broker.turn();
    }

    @Test
    void welcomesWhenThePasswordIsChecked() {
        WireClient client = greeting(hello("id", "right"));
        assertFalse(client.hasHeard());
        broker.nowMs += 300;

        check();

        BrokerFrame.Welcome welcome = client.hear(BrokerFrame.Welcome.class);
        assertEquals(broker.nowMs, welcome.serverTimeMs());
        assertEquals(List.of("opened 1 id ann"), broker.events);
        client.resolve(DestinationKind.QUEUE, "q");
    }

    @Test
    void sendsAwayWhoIsWrong() {
        WireClient client = greeting(hello(null, "wrong"));
        check();

        client.hearClosing(ErrorCode.AUTHENTICATION_FAILED);
        assertEquals(0, broker.sessions.count());
    }

    @Test
    void sendsAwayWhoNamesNobody() {
        greeting(WireClient.hello(null, 0)).hearClosing(ErrorCode.AUTHENTICATION_FAILED);
    }

    @Test
    void aTakenClientIdIsRefusedAfterTheCheckAndNotBefore() {
        WireClient first = greeting(hello("id", "right"));
        check();
        first.hear(BrokerFrame.Welcome.class);

        WireClient guessing = greeting(hello("id", "wrong"));
        WireClient second = greeting(hello("id", "right"));
        check();

        guessing.hearClosing(ErrorCode.AUTHENTICATION_FAILED);
        second.hearClosing(ErrorCode.CLIENT_ID_IN_USE);
        assertFalse(first.isClosed());
    }

    @Test
    void mustWaitForTheAnswer() {
        WireClient client = greeting(hello(null, "right"));
        client.say(new ClientFrame.Resolve(1, DestinationKind.QUEUE, "q"));

        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
        check();
        assertFalse(client.hasHeard());
        assertEquals(List.of("ended 1 PROTOCOL_VIOLATION"), broker.events);
    }

    @Test
    void mustNotRespondTwiceToOneQuestion() {
        WireClient client = greeting(hello(null, "right"));
        client.say(new ClientFrame.Authenticate(new byte[1]));

        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void theTimeForTheHandshakeGoesOn() {
        WireClient client = greeting(hello(null, "right"));
        broker.pass(Harness.SETTINGS.handshakeMs() + 1);

        client.hearClosing(ErrorCode.TIMEOUT);
        check();
        assertFalse(client.hasHeard());
        assertEquals(0, broker.sessions.count());
    }

    @Test
    void othersAreServedMeanwhile() {
        WireClient other = greeting(hello(null, "right"));
        check();
        other.welcomed(other.hear(BrokerFrame.Welcome.class));
        WireClient client = greeting(hello(null, "wrong"));
        lanes.runLookups();

        other.sendConfirmed(other.resolve(DestinationKind.QUEUE, "q"), "one");

        assertEquals(1, lanes.hashesWaiting());
        assertFalse(client.hasHeard());
    }

    @Test
    void whoHasLeftIsNotMissed() {
        WireClient client = greeting(hello(null, "right"));
        client.channel().close();
        check();

        assertEquals(List.of("ended 1"), broker.events);
        assertEquals(0, broker.sessions.count());
    }

    @Test
    void anEndOfAllEndsThemTooOnce() {
        WireClient client = greeting(hello(null, "right"));
        boolean[] empty = new boolean[1];

        broker.sessions.closeAll(
                new WireException(ErrorCode.STOPPING, "bye"), broker.nowMs, () -> empty[0] = true);

        assertTrue(empty[0]);
        client.hearClosing(ErrorCode.STOPPING);
        check();
        assertFalse(client.hasHeard());
    }
}
