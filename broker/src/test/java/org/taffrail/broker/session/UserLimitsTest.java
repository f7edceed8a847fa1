// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.EnumSet;

/** What one user may have of a broker, over all its connections. */
class UserLimitsTest {
    private final GuardRig rig = new GuardRig(EnumSet.allOf(Right.class));
    private UserLimits limits = UserLimits.NONE;

    private void limit(int connections, int consumers, long sends, long bytes) {
        limit(new UserLimits(connections, consumers, sends, bytes, 0, 0, 0, 0));
    }

    private void limit(UserLimits newLimits) {
        limits = newLimits;
        rig.harness.sessions.limitUsers(() -> limits);
    }

    private static void assertReached(String text, ErrorCode code, String detail) {
        assertEquals(ErrorCode.LIMIT_REACHED, code);
        assertTrue(detail.contains(text), detail);
    }

    private static BrokerFrame attach(WireClient client, int consumer) {
        client.say(
                new ClientFrame.Attach(
                        client.nextRequest(),
                        consumer,
                        consumer % 2 == 0 ? ClientFrame.Source.BROWSER : ClientFrame.Source.QUEUE,
                        DestinationKind.QUEUE,
                        "q",
                        null,
                        null,
                        false,
                        null));
        return client.hearAny();
    }

    private static void assertAttachRefused(WireClient client, int consumer) {
        BrokerFrame.Failed failed = (BrokerFrame.Failed) attach(client, consumer);
        assertReached("limits.user.consumersMax", failed.code(), failed.detail());
    }

    @Test
    void connectionsOfAUserAreCountedUntilTheyAreOver() {
        limit(2, 0, 0, 0);
        WireClient first = rig.connect("ann", null);
        rig.connect("ann", "one");
        rig.connect("bob", null); // somebody else

        BrokerFrame.Closing closing = rig.closing("ann", null);
        assertReached(
                "user ann has 2 connections, allowed are 2 (limits.user.connectionsMax)",
                closing.code(),
                closing.detail());

        first.goodbye();
        WireClient again = rig.connect("ann", null);
        assertEquals(ErrorCode.LIMIT_REACHED, rig.refusal("ann", null));
        again.channel().close(); // lost, without a goodbye
        assertEquals(ErrorCode.CLIENT_ID_IN_USE, rig.refusal("ann", "one"));
        rig.connect("ann", null); // who was not let in has taken no place
    }

    @Test
    void consumersAndBrowsersAreCountedOverAllConnections() {
        limit(0, 3, 0, 0);
        WireClient one = rig.connect("ann", null);
        WireClient two = rig.connect("ann", null);
        for (int i = 1; i <= 2; i++) {
            assertEquals(BrokerFrame.Done.class, attach(one, i).getClass());
        }
        assertEquals(BrokerFrame.Done.class, attach(two, 1).getClass());

        assertAttachRefused(two, 2);
        assertAttachRefused(one, 3);
        assertEquals(BrokerFrame.Done.class, attach(rig.connect("bob", null), 1).getClass());

        one.say(new ClientFrame.Detach(one.nextRequest(), 1));
        one.hear(BrokerFrame.Done.class);
        assertEquals(BrokerFrame.Done.class, attach(two, 3).getClass());
        assertAttachRefused(two, 5);
        one.goodbye();
        assertEquals(BrokerFrame.Done.class, attach(two, 5).getClass());
    }

    private ErrorCode send() {
        rig.probe().say(rig.send(0));
        BrokerFrame answer = rig.probe().hearAny();
        return answer instanceof BrokerFrame.Refuse refuse ? refuse.code() : null;
    }

    private int sendUntilRefused() {
        int sent = 0;
        while (send() == null) {
            sent++;
        }
        return sent;
    }

    @Test
    void whoSendsTooMuchInASecondIsRefusedUntilTimeHasPassed() {
        limit(0, 0, 20, 0);
        assertEquals(20, sendUntilRefused());
        assertEquals(ErrorCode.LIMIT_REACHED, send());

        rig.harness.pass(100);
        assertEquals(2, sendUntilRefused());
        rig.harness.pass(3_600_000);
        assertEquals(20, sendUntilRefused());
        assertEquals(2 + 42, rig.depth("q"));
    }

    @Test
    void bytesAreCountedTooAndALargeSendIsMadeUpFor() {
        int length = rig.send(0).length();
        rig.forgetSends();
        limit(0, 0, 0, length / 2);
        assertEquals(1, sendUntilRefused());

        rig.harness.pass(1000);
        assertEquals(ErrorCode.LIMIT_REACHED, send(), "one and a half were owed");
        rig.harness.pass(1100);
        assertEquals(1, sendUntilRefused());
    }

    @Test
    void connectingAnewDoesNotBeginAnew() {
        limit(0, 0, 20, 0);
        sendUntilRefused();
        rig.reconnect();
        assertEquals(ErrorCode.LIMIT_REACHED, send());
    }

    @Test
    void aRefusedSendDoomsItsTransactionAndSaysWhy() {
        limit(0, 0, 1, 0);
        send();
        rig.probe().say(rig.send(7));
        rig.probe().hear(BrokerFrame.Refuse.class);
        rig.probe().say(new ClientFrame.Commit(9, 7));
        BrokerFrame.Failed failed = rig.probe().hear(BrokerFrame.Failed.class);
        assertEquals(ErrorCode.TRANSACTION_DOOMED, failed.code());
        assertTrue(failed.detail().contains("limits.user.sendsPerSecondMax"), failed.detail());
    }

    @Test
    void messagesAreLimitedEachAndTheClientIsToldSo() {
        ClientFrame.Send send = rig.send(0);
        int bytes = RecordLayout.length(send.array(), send.at() + RunLayout.HEADER_BYTES);
        rig.forgetSends();
        limit(new UserLimits(0, 0, 0, 0, bytes, 0, 0, 0));
        assertEquals(null, send());

        limit(new UserLimits(0, 0, 0, 0, bytes - 1, 0, 0, 0));
        rig.probe().say(rig.send(0));
        BrokerFrame.Refuse refuse = rig.probe().hear(BrokerFrame.Refuse.class);
        assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refuse.code());
        assertTrue(refuse.detail().contains("limits.user.messageBytesMax"), refuse.detail());
        assertEquals(2 + 1, rig.depth("q"));
    }

    private static BrokerFrame resolve(WireClient client, String queue) {
        client.say(new ClientFrame.Resolve(client.nextRequest(), DestinationKind.QUEUE, queue));
        return client.hearAny();
    }

    @Test
    void destinationsThatAUserMakesAreCounted() {
        limit(new UserLimits(0, 0, 0, 0, 0, 0, 2, 0));
        WireClient one = rig.connect("ann", null);
        WireClient two = rig.connect("ann", null);
        assertEquals(BrokerFrame.Resolved.class, resolve(one, "made.1").getClass());
        assertEquals(BrokerFrame.Resolved.class, resolve(two, "made.2").getClass());

        BrokerFrame.Failed failed = (BrokerFrame.Failed) resolve(one, "made.3");
        assertReached("limits.user.createsMax", failed.code(), failed.detail());
        assertEquals(BrokerFrame.Resolved.class, resolve(one, "made.2").getClass());
        assertEquals(
                BrokerFrame.Resolved.class, resolve(rig.connect("bob", null), "made.3").getClass());
        assertEquals(BrokerFrame.Resolved.class, resolve(one, "made.3").getClass());
    }

    private static BrokerFrame makeTemporary(WireClient client) {
        client.say(
                new ClientFrame.CreateTemporary(
                        client.nextRequest(), DestinationKind.TEMPORARY_QUEUE));
        return client.hearAny();
    }

    @Test
    void temporaryDestinationsAreCountedWhileTheyAreThere() {
        rig.temporary("*");
        limit(new UserLimits(0, 0, 0, 0, 0, 0, 0, 2));
        WireClient one = rig.connect("ann", null);
        WireClient two = rig.connect("ann", null);
        BrokerFrame.Resolved first = (BrokerFrame.Resolved) makeTemporary(one);
        makeTemporary(two);
        BrokerFrame.Failed failed = (BrokerFrame.Failed) makeTemporary(two);
        assertReached("limits.user.temporaryMax", failed.code(), failed.detail());

        one.say(new ClientFrame.DeleteTemporary(one.nextRequest(), first.name()));
        one.hear(BrokerFrame.Done.class);
        assertEquals(BrokerFrame.Resolved.class, makeTemporary(two).getClass());
    }

    @Test
    void whatAUsersConsumersHoldIsLimitedWithinASecondOfAChange() {
        limit(new UserLimits(0, 0, 0, 0, 0, 1, 0, 0));
        rig.harness.pass(1000);
        send();
        send();
        WireClient ann = rig.connect("ann", null);
        attach(ann, 1);
        ann.say(new ClientFrame.Credit(1, 10, 1 << 20, false, 0));
        ann.hear(BrokerFrame.Deliver.class);
        ann.say(new ClientFrame.Ping());
        ann.hear(BrokerFrame.Pong.class); // and no second message

        limit(UserLimits.NONE);
        rig.harness.pass(1000);
        ann.hear(BrokerFrame.Deliver.class);
    }
}
