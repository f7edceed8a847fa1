// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.security.Grantees;
import org.taffrail.broker.security.Grants;
import org.taffrail.broker.security.Identity;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.util.List;
import java.util.Set;

/** Messages that keep what another broker gave them: who may send them. */
class ImportDoorTest {
    /** A broker that everybody may come to, and that some may import into. */
    private static Harness broker(Grants grants) {
        return new Harness(
                new MemoryStore(),
                Harness.SETTINGS,
                (mechanism, peer) ->
                        (response, nowMs, reply) ->
                                reply.next(
                                        new Authenticator.Admitted(Identity.named("ann")), nowMs),
                Access.of(List.of(), Grantees.of("*"), false, grants));
    }

    private static Grants importers(String... users) {
        return new Grants(Set.of(), Set.of(users), false, false);
    }

    private static ClientFrame.Hello hello(long features) {
        return new ClientFrame.Hello(
                features, FrameLayout.FRAME_BYTES_MAX, 0, 1, 2, 0, null, "ANONYMOUS", null, "test");
    }

    private static ClientFrame.Send imported(WireClient client) {
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, partition, client.welcome().producerId(), 1);
        RecordEncoder record = new RecordEncoder(sink);
        record.begin(1, 1, 7, true, 4).bodyType(BodyType.NONE, false);
        record.userId("bob").messageIdText("ID:of the old broker").end();
        RunLayout.end(sink, at, 1);
        byte[] run = sink.toByteArray();
        return new ClientFrame.Send(0, run, 0, run.length);
    }

    @Test
    void whoMayImportSendsMessagesThatKeepIdAndUser() {
        Harness broker = broker(importers("ann"));
        WireClient client = broker.client().open(hello(FrameLayout.IMPORT));
        assertEquals(FrameLayout.IMPORT, client.welcome().features());

        client.say(imported(client));

        client.hear(BrokerFrame.Confirm.class);
        client.attach(1, DestinationKind.QUEUE, "q");
        client.credit(1, 1);
        BrokerFrame.Deliver delivery = client.hear(BrokerFrame.Deliver.class);
        RecordView view = new RecordView().wrap(delivery.array(), delivery.at());
        assertEquals("ID:of the old broker", view.messageId());
        assertEquals("bob", view.userId());
        assertEquals(7, view.timestampMs());
    }

    @Test
    void whoMayNotIsRefusedWhenConnectingAndHearsWhichKeyToLookAt() {
        for (Grants grants : List.of(importers("bob"), Grants.NONE, Grants.WITHOUT_USERS)) {
            WireClient client = broker(grants).client();
            client.raw(WireClient.preamble());
            client.say(hello(FrameLayout.IMPORT));

            BrokerFrame.Closing closing = client.hear(BrokerFrame.Closing.class);
            assertEquals(ErrorCode.NOT_PERMITTED, closing.code());
            assertTrue(closing.detail().contains("security.importers"), closing.detail());
        }
    }

    @Test
    void everybodyMayWhereItWasOpenedToEverybody() {
        WireClient client = broker(new Grants(Set.of(), Set.of(), false, true)).client();

        client.open(hello(FrameLayout.IMPORT));

        assertEquals(FrameLayout.IMPORT, client.welcome().features());
    }

    @Test
    void whoMayImportAndDidNotAskForItDoesNot() {
        Harness broker = broker(importers("ann"));
        WireClient client = broker.client().open(hello(0));

        client.say(imported(client));

        client.hearClosing(ErrorCode.NOT_PERMITTED);
    }

    @Test
    void whoMayNoLongerIsRefusedFromThenOn() {
        Harness broker = broker(importers("ann"));
        WireClient client = broker.client().open(hello(FrameLayout.IMPORT));
        ClientFrame.Send send = imported(client);
        broker.access = Access.of(List.of(), Grantees.of("*"), false, Grants.NONE);

        client.say(send);

        BrokerFrame.Refuse refuse = client.hear(BrokerFrame.Refuse.class);
        assertEquals(ErrorCode.NOT_PERMITTED, refuse.code());
    }
}
