// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.nio.charset.StandardCharsets;
import java.util.List;

class SessionTest {
    private final Harness broker = new Harness();

    private static byte[] preamble(int from, int to) {
        ByteSink sink = new ByteSink(8);
        FrameLayout.putPreamble(sink, from, to);
        return sink.toByteArray();
    }

    private static ClientFrame.Hello hello(String mechanism, String response) {
        byte[] bytes = response == null ? null : response.getBytes(StandardCharsets.UTF_8);
        return new ClientFrame.Hello(
                ~FrameLayout.IMPORT,
                FrameLayout.FRAME_BYTES_MAX,
                0,
                1,
                2,
                0,
                "id",
                mechanism,
                bytes,
                "test");
    }

    private Harness.Wire wire(WireClient client) {
        return (Harness.Wire) client.channel();
    }

    @Test
    void welcomesAClient() {
        WireClient client = broker.client(30_000).open("accounts");

        BrokerFrame.Welcome welcome = client.welcome();
        assertEquals(1, welcome.version());
        assertEquals(FrameLayout.MANAGEMENT, welcome.features());
        assertEquals(1L << 32 | 1, welcome.producerId());
        assertEquals(1, welcome.incarnation());
        assertEquals(4, welcome.windowMessages());
        assertEquals(900_000, welcome.messageBytesMax());
        assertEquals(30_000, welcome.heartbeatMs());
        assertEquals(broker.nowMs, welcome.serverTimeMs());
        assertEquals("test broker", welcome.product());
        assertEquals(List.of("opened 1 accounts null"), broker.events);
    }

    @Test
    void takesBytesOneByOne() {
        WireClient client = broker.client();
        for (byte b : preamble(1, 1)) {
            client.raw(new byte[] {b});
        }
        for (byte b : WireClient.bytes(WireClient.hello(null, 0))) {
            client.raw(new byte[] {b});
        }

        client.hear(BrokerFrame.Welcome.class);
    }

    @Test
    void choosesItsVersionFromARange() {
        WireClient client = broker.client();
        client.raw(preamble(0, 9));
        client.say(WireClient.hello(null, 0));

        assertEquals(1, client.hear(BrokerFrame.Welcome.class).version());
    }

    @Test
    void refusesAVersionThatItDoesNotSpeak() {
        WireClient client = broker.client();
        client.raw(preamble(2, 3));

        client.hearClosing(ErrorCode.UNSUPPORTED_VERSION);
    }

    @Test
    void refusesAnotherProtocol() {
        WireClient client = broker.client();
        client.raw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        client.hearClosing(ErrorCode.BAD_MAGIC);
    }

    @Test
    void refusesWorkBeforeTheHello() {
        WireClient client = broker.client();
        client.raw(preamble(1, 1));
        client.say(new ClientFrame.Resolve(1, DestinationKind.QUEUE, "q"));

        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void refusesASecondHello() {
        WireClient client = broker.client().open();
        client.say(WireClient.hello(null, 0));

        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void refusesALargeFrameFromWhoIsNotLetIn() {
        WireClient client = broker.client();
        client.raw(preamble(1, 1));
        client.say(hello("PLAIN", "x".repeat(70_000)));

        client.hearClosing(ErrorCode.FRAME_TOO_LARGE);
    }

    @Test
    void refusesAClientThatTakesNoFrames() {
        WireClient client = broker.client();
        client.raw(preamble(1, 1));
        client.say(new ClientFrame.Hello(0, 100, 0, 1, 2, 0, null, "ANONYMOUS", null, null));

        client.hearClosing(ErrorCode.MALFORMED);
    }

    @Test
    void whoGivesANameGoesByIt() {
        WireClient client = broker.client().open(hello("PLAIN", "\0alice\0secret"));

        assertEquals(List.of("opened 1 id alice"), broker.events);
        assertFalse(client.isClosed());
    }

    @Test
    void refusesNamesThatAreNotWellFormed() {
        for (String response : new String[] {null, "", "alice", "\0\0secret", "\0alice"}) {
            WireClient client = broker.client();
            client.raw(preamble(1, 1));
            client.say(hello("PLAIN", response));

            client.hearClosing(ErrorCode.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void refusesAnUnknownMechanism() {
        WireClient client = broker.client();
        client.raw(preamble(1, 1));
        client.say(hello("GSSAPI", null));

        client.hearClosing(ErrorCode.UNSUPPORTED_MECHANISM);
    }

    @Test
    void refusesMoreConnectionsThanAllowed() {
        for (int i = 0; i < 5; i++) {
            broker.client().open();
        }
        WireClient sixth = broker.client();
        sixth.hearClosing(ErrorCode.LIMIT_REACHED);

        assertEquals(5, broker.sessions.count());
    }

    @Test
    void aRefusedClientIdLeavesTheOtherConnectionAlone() {
        WireClient first = broker.client().open("id");
        WireClient second = broker.client();
        second.raw(preamble(1, 1));
        second.say(WireClient.hello("id", 0));

        second.hearClosing(ErrorCode.CLIENT_ID_IN_USE);
        first.resolve(DestinationKind.QUEUE, "q");
        first.goodbye();
        broker.client().open("id");
    }

    @Test
    void answersAPing() {
        WireClient client = broker.client().open();
        client.say(new ClientFrame.Ping());

        client.hear(BrokerFrame.Pong.class);
    }

    @Test
    void aGoodbyeIsAnsweredWithTheEndAloneAndGivesBackWhatWasHeld() {
        WireClient client = broker.client().open();
        client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "one");
        client.attach(1, DestinationKind.QUEUE, "q");
        client.credit(1, 1);
        client.hearDelivery("one");

        client.goodbye();

        assertFalse(client.hasHeard());
        assertEquals(0, broker.sessions.count());
        WireClient next = broker.client().open();
        next.attach(1, DestinationKind.QUEUE, "q");
        next.credit(1, 1);
        assertTrue(next.hearDelivery("one").redelivered());
    }

    @Test
    void whatFollowsAGoodbyeIsDropped() {
        WireClient client = broker.client().open();
        ByteSink sink = new ByteSink(64);
        sink.putBytes(WireClient.bytes(new ClientFrame.Goodbye()), 0, 8);
        sink.putBytes(WireClient.bytes(new ClientFrame.Ping()), 0, 8);
        client.raw(sink.toByteArray());

        client.awaitClosed();
        assertFalse(client.hasHeard());
    }

    @Test
    void endsASilentConnectionAfterTwiceItsHeartbeat() {
        WireClient silent = broker.client(1000).open();
        WireClient alive = broker.client(1000).open();

        broker.pass(500); // heard within these
        broker.pass(1000);
        alive.say(new ClientFrame.Ping());
        broker.pass(1000);
        assertFalse(silent.isClosed());
        broker.pass(1);

        silent.hearClosing(ErrorCode.HEARTBEAT_TIMEOUT);
        assertFalse(alive.isClosed());
    }

    @Test
    void neverEndsAConnectionWithoutAHeartbeat() {
        WireClient client = broker.client(0).open();

        broker.pass(1L << 40);

        assertFalse(client.isClosed());
    }

    @Test
    void isHeardWithinTheClientsOwnTime() {
        WireClient client = broker.client(0).open(WireClient.hello(null, 1000));

        broker.pass(400);
        assertFalse(client.hasHeard());
        broker.pass(100);

        client.hear(BrokerFrame.Pong.class);
        broker.pass(400);
        assertFalse(client.hasHeard());
    }

    @Test
    void endsAnOpeningThatTakesTooLongHoweverManyBytesTrickleIn() {
        WireClient client = broker.client();
        byte[] bytes = preamble(1, 1);
        for (int i = 0; i < 4; i++) {
            client.raw(new byte[] {bytes[i]});
            broker.pass(250);
        }
        assertFalse(client.isClosed());
        client.raw(new byte[] {bytes[4]});
        broker.pass(1);

        client.hearClosing(ErrorCode.TIMEOUT);
    }

    @Test
    void endsAConnectionThatDoesNotRead() {
        WireClient deaf = broker.client().open("deaf");
        WireClient other = broker.client().open();
        wire(deaf).unsentBytes = (1 << 20) + 1;

        deaf.say(new ClientFrame.Ping());

        deaf.hearClosing(ErrorCode.LIMIT_REACHED);
        other.resolve(DestinationKind.QUEUE, "q");
        other.goodbye();
        broker.client().open("deaf");
    }

    @Test
    void deliversNothingWhileTheWayOutIsFull() {
        WireClient client = broker.client().open();
        client.attach(1, DestinationKind.QUEUE, "q");
        client.credit(1, 10);
        wire(client).session.full(true);
        client.sendConfirmed(client.resolve(DestinationKind.QUEUE, "q"), "one");
        assertFalse(client.hasHeard());

        wire(client).session.full(false);
        broker.turn();

        client.hearDelivery("one");
    }

    @Test
    void endsAConnectionThatExceedsItsWindow() {
        WireClient client = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        ByteSink burst = new ByteSink(1024);
        for (int sequence = 1; sequence <= 5; sequence++) {
            byte[] run = WireClient.run(partition, client.welcome().producerId(), sequence, "x");
            byte[] frame = WireClient.bytes(new ClientFrame.Send(0, run, 0, run.length));
            burst.putBytes(frame, 0, frame.length);
        }

        // when five arrive before a turn, of four allowed
        client.raw(burst.toByteArray());

        // then the four are answered before the end
        assertEquals(4, client.hear(BrokerFrame.Confirm.class).last());
        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void theWindowOpensAgainWithEachAnswer() {
        WireClient client = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        for (int i = 0; i < 100; i++) {
            client.sendConfirmed(partition, "a", "b", "c");
        }
        long unknown = 4711;
        client.send(unknown, "refused");
        assertEquals(ErrorCode.NO_SUCH_DESTINATION, client.hear(BrokerFrame.Refuse.class).code());
        client.sendConfirmed(partition, "a", "b", "c", "d");
    }

    @Test
    void endsAConnectionWhoseSequencesHaveAGap() {
        WireClient client = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        byte[] run = WireClient.run(partition, client.welcome().producerId(), 2, "x");
        client.say(new ClientFrame.Send(0, run, 0, run.length));

        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
    }

    @Test
    void endsAConnectionWithAProducerThatIsNotItsOwn() {
        WireClient other = broker.client().open();
        WireClient client = broker.client().open();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        byte[] run = WireClient.run(partition, other.welcome().producerId(), 1, "x");
        client.say(new ClientFrame.Send(0, run, 0, run.length));

        client.hearClosing(ErrorCode.PROTOCOL_VIOLATION);
        other.sendConfirmed(partition, "mine");
    }

    @Test
    void closeAllLetsEverybodyHearWhatIsParkedAndThenWhy() {
        WireClient client = broker.client().open();
        WireClient opening = broker.client();
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        byte[] run = WireClient.run(partition, client.welcome().producerId(), 1, "x");
        byte[] frame = WireClient.bytes(new ClientFrame.Send(0, run, 0, run.length));
        wire(client).session.received(frame, 0, frame.length, broker.nowMs);
        boolean[] empty = new boolean[1];

        broker.sessions.closeAll(
                new WireException(ErrorCode.STOPPING, "bye"), broker.nowMs, () -> empty[0] = true);
        assertFalse(empty[0]);
        broker.turn();

        assertEquals(1, client.hear(BrokerFrame.Confirm.class).last());
        client.hearClosing(ErrorCode.STOPPING);
        opening.hearClosing(ErrorCode.STOPPING);
        assertTrue(empty[0]);
        broker.client().hearClosing(ErrorCode.STOPPING);
    }

    @Test
    void aDefectOfTheLoopIsItsOwnersBusiness() {
        WireClient client = broker.client().open();
        Sessions torn =
                new Sessions(
                        Harness.SETTINGS,
                        (mechanism, peer) -> {
                            throw new IllegalStateException("defect");
                        },
                        broker.sessions.observer());
        torn.serve(broker.loop);
        Session session = torn.open(wire(client), 0);
        byte[] opening = preamble(1, 1);
        session.received(opening, 0, opening.length, 0);
        byte[] hello = WireClient.bytes(WireClient.hello(null, 0));

        assertThrows(
                IllegalStateException.class, () -> session.received(hello, 0, hello.length, 0));
    }

    private static byte[] runOf(WireClient client, long partition, String... users) {
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, partition, client.welcome().producerId(), 1);
        RecordEncoder encoder = new RecordEncoder(sink);
        for (String user : users) {
            encoder.begin(7, 1, 1, true, 4).bodyType(BodyType.NONE, false).userId(user).end();
        }
        RunLayout.end(sink, at, users.length);
        return sink.toByteArray();
    }

    @Test
    void takesMessagesThatNameTheirSender() {
        WireClient client = broker.client().open(hello("PLAIN", "\0\u017dofie\0secret"));
        long partition = client.resolve(DestinationKind.QUEUE, "q");
        byte[] run = runOf(client, partition, null, "\u017dofie", null, "\u017dofie");
        client.say(new ClientFrame.Send(0, run, 0, run.length));

        assertEquals(4, client.hear(BrokerFrame.Confirm.class).last());
    }

    @Test
    void endsAConnectionThatNamesAnotherAsSender() {
        String[] senders = {"\0ann\0p", "\0ann\0p", "\0ann\0p", null};
        String[] named = {"bob", "anna", "an", "ann"};
        for (int i = 0; i < senders.length; i++) {
            String mechanism = senders[i] == null ? "ANONYMOUS" : "PLAIN";
            WireClient client = broker.client().open(hello(mechanism, senders[i]));
            long partition = client.resolve(DestinationKind.QUEUE, "q");
            byte[] run = runOf(client, partition, null, named[i]);
            client.say(new ClientFrame.Send(0, run, 0, run.length));

            client.hearClosing(ErrorCode.NOT_PERMITTED);
        }
        WireClient reader = broker.client().open();
        reader.attach(1, DestinationKind.QUEUE, "q");
        reader.credit(1, 10);
        assertFalse(reader.hasHeard());
    }
}
