// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.session.WireClient;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.transport.SocketChannel;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordParts;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Clients that are broken, slow or worse, over real sockets; another one lives on beside them. */
class HostileClientsTest {
    /** What ends the silent: so long that the witness is never taken for one on a busy machine. */
    private static final String LIMIT_MS = "2s";

    private Broker broker;
    private WireClient witness;
    private long partition;

    @BeforeEach
    void start() throws StoreException, IOException {
        start(Map.of("connections.max", "4", "connections.outputBytesMax", "8MiB"));
    }

    private void start(Map<String, String> settings) throws StoreException, IOException {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(Map.of("port", "0", "connections.lingerMs", "300"))
                        .with(settings);
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        witness = client().open("witness");
        partition = witness.resolve(DestinationKind.QUEUE, "witness");
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    private WireClient client() {
        return SocketChannel.connect(broker.port());
    }

    /** Says something that the broker must answer, pongs aside. */
    private void assertWitnessLives() {
        witness.say(new ClientFrame.Ping());
        witness.hear(BrokerFrame.Pong.class);
    }

    @Test
    void garbageIsAnsweredWithItsNameBeforeTheEnd() {
        WireClient client = client();
        byte[] garbage = new byte[1 << 20];
        new Random(1).nextBytes(garbage);
        garbage[0] = 'G';
        try {
            client.raw(garbage);
        } catch (UncheckedIOException e) {
            // ended while it was still talking, which is fine
        }

        client.hearClosing(ErrorCode.BAD_MAGIC);
        assertWitnessLives();
    }

    @Test
    void aDamagedFrameAmongManyEndsItsConnectionOnly() {
        WireClient client = client().open();
        byte[] run = WireClient.run(partition, client.welcome().producerId(), 1, "damaged");
        run[run.length - 1] ^= 1;
        client.say(new ClientFrame.Send(0, run, 0, run.length));

        client.hearClosing(ErrorCode.CORRUPT);
        witness.sendConfirmed(partition, "whole");
        witness.attach(1, DestinationKind.QUEUE, "witness");
        witness.credit(1, 10);
        witness.hearDelivery("whole");
    }

    @Test
    void whoForgesWhereAMessageCameFromIsEndedWithNothingOfItKept() {
        Map<String, Object> origin =
                Map.of("JMS_TAFFRAIL_ORIGIN", "witness", "JMS_TAFFRAIL_ORIGIN_KIND", "queue");
        List<byte[]> forged =
                List.of(
                        sent(origin),
                        copyOf(sent(Map.of()), Map.of()),
                        copyOf(sent(origin), origin));
        for (byte[] run : forged) {
            for (byte[] piece : List.of(run, headOf(run))) {
                for (long transaction : new long[] {0, 1}) {
                    WireClient client = client().open();
                    long deadLetters = client.resolve(DestinationKind.QUEUE, "DLQ.witness");
                    long producer = client.welcome().producerId();
                    RunLayout.address(piece, 0, deadLetters, producer, 1);
                    client.say(new ClientFrame.Send(transaction, piece, 0, piece.length));

                    client.hearClosing(ErrorCode.NOT_PERMITTED);
                }
            }
        }

        witness.attach(1, DestinationKind.QUEUE, "DLQ.witness");
        witness.say(new ClientFrame.Credit(1, 1, 1 << 20, true, 1));
        witness.hear(BrokerFrame.Drained.class);
    }

    /** A run as a client makes it. */
    private static byte[] sent(Map<String, Object> properties) {
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, 0, 0, 0);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(7, 1, 1, true, 4).bodyType(BodyType.TEXT, false).properties(properties);
        sink.putBytes("forged".getBytes(StandardCharsets.US_ASCII), 0, 6);
        encoder.end();
        RunLayout.end(sink, at, 1);
        return sink.toByteArray();
    }

    /** What the broker would make of the message on its way to another queue. */
    private static byte[] copyOf(byte[] run, Map<String, Object> properties) {
        ByteSink sink = new ByteSink(256);
        RecordView original = new RecordView().wrap(run, RunLayout.HEADER_BYTES);
        RecordEditor.copy(sink, 0, original, new RecordEditor.Changes(properties, 0, 0));
        return sink.toByteArray();
    }

    /** The first piece of the same message if that were a large one. */
    private static byte[] headOf(byte[] run) {
        ByteSink sink = new ByteSink(256);
        int recordBytes = run.length - RunLayout.HEADER_BYTES;
        new RecordParts(run, RunLayout.HEADER_BYTES, recordBytes, recordBytes + 64)
                .write(sink, 0, 0);
        return sink.toByteArray();
    }

    @Test
    void whoNeverSaysHelloIsEnded() throws Exception {
        stop();
        start(Map.of("connections.handshakeMs", LIMIT_MS));
        WireClient silent = client();
        WireClient slow = client();
        slow.raw(Arrays.copyOf(WireClient.preamble(), 5));
        keepAliveUntilClosed(silent);
        keepAliveUntilClosed(slow);

        silent.hearClosing(ErrorCode.TIMEOUT);
        slow.hearClosing(ErrorCode.TIMEOUT);
        assertWitnessLives();
    }

    @Test
    void whoFallsSilentIsEndedAndItsClientIdIsFree() throws Exception {
        stop();
        start(Map.of("connections.heartbeatMs", LIMIT_MS));
        WireClient silent = client().open("id");
        keepAliveUntilClosed(silent);

        silent.hearClosing(ErrorCode.HEARTBEAT_TIMEOUT);
        client().open("id");
    }

    /** The witness must not fall silent itself while it waits. */
    private void keepAliveUntilClosed(WireClient other) {
        while (!other.isClosed()) {
            assertWitnessLives();
        }
    }

    @Test
    void moreConnectionsThanAllowedAreToldSo() {
        List<WireClient> admitted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            admitted.add(client().open());
        }
        WireClient fifth = client();
        fifth.hearClosing(ErrorCode.LIMIT_REACHED);

        admitted.get(0).goodbye();
        client().open();
    }

    @Test
    void deliveriesToWhoDoesNotReadPauseAndNothingIsLost() throws Exception {
        BrokerConfig config = BrokerConfig.defaults().with(Map.of("port", "0"));
        try (Broker roomy = new Broker(config, StoreFactory.of(config), true)) {
            roomy.start();
            int count = 120;
            String body = "x".repeat(200_000);
            WireClient slow = new WireClient();
            SocketChannel.Gate gate = SocketChannel.gated(roomy.port(), slow);
            slow.open();
            slow.attach(1, DestinationKind.QUEUE, "q");
            slow.say(new ClientFrame.Credit(1, count, 1 << 30, false, 0));
            slow.say(new ClientFrame.Ping());
            slow.hear(BrokerFrame.Pong.class);
            gate.shut();
            WireClient sender = SocketChannel.connect(roomy.port()).open();
            long q = sender.resolve(DestinationKind.QUEUE, "q");
            for (int i = 0; i < count; i++) {
                sender.sendConfirmed(q, i + body);
            }

            // what the slow one has no room for is there for others
            WireClient quick = SocketChannel.connect(roomy.port()).open();
            quick.attach(1, DestinationKind.QUEUE, "q");
            quick.say(new ClientFrame.Credit(1, 1, 1 << 30, false, 0));
            int last = index(quick.hear(BrokerFrame.Deliver.class));
            assertTrue(last > 0 && last < count, "delivered " + last);
            quick.goodbye();

            gate.open();
            for (int i = 0; i < count; i++) {
                assertEquals(i, index(slow.hear(BrokerFrame.Deliver.class)));
            }
        }
    }

    private static int index(BrokerFrame.Deliver deliver) {
        String text = WireClient.text(deliver);
        return Integer.parseInt(text.substring(0, text.indexOf('x')));
    }

    @Test
    void whoAsksWithoutEverReadingIsEnded() {
        SocketChannel deaf = SocketChannel.open(broker.port());
        byte[] preamble = WireClient.preamble();
        deaf.send(preamble, 0, preamble.length);
        byte[] hello = WireClient.bytes(WireClient.hello("deaf", 0));
        deaf.send(hello, 0, hello.length);
        byte[] ping = WireClient.bytes(new ClientFrame.Ping());
        byte[] pings = new byte[ping.length << 13];
        for (int at = 0; at < pings.length; at += ping.length) {
            System.arraycopy(ping, 0, pings, at, ping.length);
        }

        assertThrows(
                UncheckedIOException.class,
                () -> {
                    for (int i = 0; i < 1 << 14; i++) {
                        deaf.send(pings, 0, pings.length);
                    }
                });

        client().open("deaf");
    }

    @Test
    void whoSpeaksAnotherProtocolHearsIt() {
        WireClient browser = client();
        browser.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        browser.hearClosing(ErrorCode.BAD_MAGIC);
    }
}
