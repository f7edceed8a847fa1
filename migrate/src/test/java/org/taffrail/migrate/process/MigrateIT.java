// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.compat.peer.Peer;
import org.taffrail.migrate.message.Fingerprint;
import org.taffrail.migrate.message.Parcel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A night's move: everything goes from a live broker of another make to Taffrail, while each of the
 * three processes is killed, and back again.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MigrateIT {
    private static final boolean FULL = "full".equals(System.getProperty("taffrail.tests"));
    private static final int KILLS = Integer.getInteger("taffrail.kills", FULL ? 30 : 3);
    private static final long SEED = Long.getLong("taffrail.seed", System.nanoTime());
    private static final int MESSAGES = FULL ? 20_000 : 1500;
    private static final long END_MS_MAX = 240_000;

    @TempDir private Path folder;

    static Stream<Peer> olds() {
        return FULL ? Stream.of(Peer.ARTEMIS, Peer.CLASSIC) : Stream.of(Peer.ARTEMIS);
    }

    @ParameterizedTest
    @MethodSource("olds")
    void carriesAllThereWhileEachOfTheThreeIsKilledAndEveryKindBack(Peer peer) throws Exception {
        try (ProviderProcess old = new ProviderProcess(peer, folder);
                ProviderProcess fresh = new ProviderProcess(Peer.TAFFRAIL, folder)) {
            losesAndDoublesNothing(old, fresh);
            keepsEveryKindThereAndBack(old, fresh);
        }
    }

    private void losesAndDoublesNothing(ProviderProcess old, ProviderProcess fresh)
            throws Exception {
        Random random = new Random(SEED);
        String hint = " (-Dtaffrail.seed=" + SEED + ")";
        List<String> ids = sendAll(old);

        String out = drain(old, fresh, "there", random, "q");

        List<Parcel> got = fresh.takeAll("q");
        assertEquals(numbers(), got.stream().map(MigrateIT::number).toList(), hint + out);
        assertEquals(ids, got.stream().map(Parcel::id).toList(), hint);
        assertTrue(out.contains(checksum(got).toString()), hint + out);
        assertTrue(old.takeAll("q").isEmpty(), hint);
    }

    private void keepsEveryKindThereAndBack(ProviderProcess old, ProviderProcess fresh)
            throws Exception {
        old.use(session -> sendOfEveryKind(session, "first"));
        old.use(session -> sendOfEveryKind(session, "second"));
        List<Parcel> sent = old.takeAll("first");

        drain(old, fresh, "kinds", null, "second=kinds");
        String out = drain(fresh, old, "back", null, "kinds=third");

        List<Parcel> back = old.takeAll("third");
        assertEquals(contents(sent), contents(back), out);
        for (int i = 0; i < back.size(); i++) {
            assertEquals(sent.get(i).properties(), back.get(i).properties());
            assertEquals(sent.get(i).replyTo(), back.get(i).replyTo());
        }
    }

    private String drain(
            ProviderProcess from, ProviderProcess to, String name, Random random, String queue)
            throws IOException, InterruptedException {
        try (BridgeProcess bridge =
                new BridgeProcess(
                        folder,
                        from,
                        to,
                        "drain",
                        "--from",
                        from.file().toString(),
                        "--to",
                        to.file().toString(),
                        "--queue",
                        queue,
                        "--state",
                        folder.resolve(name).toString(),
                        "--batch",
                        "20",
                        "--rate",
                        random == null ? "0" : "500",
                        "--patience-ms",
                        "1500",
                        "--quiet-ms",
                        "1000",
                        "--progress-s",
                        "1",
                        "--until-empty")) {
            bridge.start();
            for (int i = 0; random != null && i < KILLS; i++) {
                assertFalse(bridge.endsWithin(600 + random.nextInt(900)), bridge.output());
                switch (i % 3) {
                    case 0 -> {
                        bridge.kill();
                        bridge.start();
                    }
                    case 1 -> to.kill();
                    default -> from.kill();
                }
            }
            assertTrue(bridge.endsWithin(END_MS_MAX), "it does not end:\n" + bridge.output());
            assertEquals(0, bridge.exitCode(), bridge.output());
            return bridge.output();
        }
    }

    private static List<String> numbers() {
        return IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();
    }

    private static String number(Parcel parcel) {
        return String.valueOf(parcel.properties().get("number"));
    }

    private static List<Fingerprint> contents(List<Parcel> parcels) {
        return parcels.stream().map(Parcel::content).toList();
    }

    private static Fingerprint checksum(List<Parcel> parcels) {
        return parcels.stream().map(Parcel::whole).reduce(Fingerprint.ZERO, Fingerprint::plus);
    }

    private static List<String> sendAll(ProviderProcess old) throws JMSException {
        List<String> ids = new ArrayList<>();
        try (var connection = old.connect();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            MessageProducer producer = session.createProducer(session.createQueue("q"));
            for (int i = 0; i < MESSAGES; i++) {
                Message message = session.createTextMessage("message " + i);
                message.setIntProperty("number", i);
                producer.send(message);
                ids.add(message.getJMSMessageID());
                if (i % 500 == 499) {
                    session.commit();
                }
            }
            session.commit();
        }
        return ids;
    }

    private static void sendOfEveryKind(Session session, String queue) throws JMSException {
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        producer.send(session.createMessage());
        Message text = session.createTextMessage("\u00e4 \ud83d\ude00");
        text.setJMSCorrelationID("c");
        text.setJMSType("t");
        text.setJMSReplyTo(session.createTopic("answers"));
        text.setStringProperty("JMSXGroupID", "g");
        text.setIntProperty("JMSXGroupSeq", 3);
        text.setBooleanProperty("truth", true);
        text.setByteProperty("small", (byte) 1);
        text.setShortProperty("middling", (short) 2);
        text.setLongProperty("large", 3);
        text.setFloatProperty("real", 1.5f);
        text.setDoubleProperty("larger", 2.5);
        producer.send(text, DeliveryMode.NON_PERSISTENT, 4, 3_600_000);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(new byte[300_000]);
        producer.send(bytes);
        producer.send(session.createBytesMessage());
        MapMessage map = session.createMapMessage();
        map.setChar("c", 'x');
        map.setBytes("b", new byte[] {4});
        map.setInt("i", 5);
        producer.send(map);
        StreamMessage stream = session.createStreamMessage();
        stream.writeString("s");
        stream.writeBytes(new byte[] {6});
        stream.writeDouble(7.5);
        producer.send(stream);
        producer.send(session.createObjectMessage(new ArrayList<>(List.of("a", 1))));
    }
}
