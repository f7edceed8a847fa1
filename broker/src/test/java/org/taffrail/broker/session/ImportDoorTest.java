// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.security.Identity;
import org.taffrail.broker.security.OpenAuthenticator;
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

import java.util.Set;

/** Messages that keep what another broker gave them: who may send them. */
class ImportDoorTest {
    private static Harness broker(Authenticator door) {
        return new Harness(new MemoryStore(), Harness.SETTINGS, door);
    }

    /** A door that lets everybody in as a user who may import, or may not. */
    private static Authenticator door(boolean mayImport) {
        return (mechanism, peer) ->
                (response, nowMs, reply) ->
                        reply.next(
                                new Authenticator.Admitted(
                                        new Identity("ann", Set.of(), false, mayImport)),
                                nowMs);
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
        Harness broker = broker(door(true));
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
        for (Authenticator door : new Authenticator[] {door(false), new OpenAuthenticator(false)}) {
            WireClient client = broker(door).client();
            client.raw(WireClient.preamble());
            client.say(hello(FrameLayout.IMPORT));

            BrokerFrame.Closing closing = client.hear(BrokerFrame.Closing.class);
            assertEquals(ErrorCode.NOT_PERMITTED, closing.code());
            assertTrue(closing.detail().contains("security.importers"), closing.detail());
        }
    }

    @Test
    void everybodyMayWhereItWasOpenedToEverybody() {
        WireClient client = broker(new OpenAuthenticator(true)).client();

        client.open(hello(FrameLayout.IMPORT));

        assertEquals(FrameLayout.IMPORT, client.welcome().features());
    }

    @Test
    void whoMayImportAndDidNotAskForItDoesNot() {
        Harness broker = broker(door(true));
        WireClient client = broker.client().open(hello(0));

        client.say(imported(client));

        client.hearClosing(ErrorCode.NOT_PERMITTED);
    }
}
