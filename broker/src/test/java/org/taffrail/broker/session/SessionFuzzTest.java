// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Throws damaged bytes at sessions: each costs at most the connection that brought them, and
 * another one goes on as if nothing had happened.
 */
class SessionFuzzTest {
    private static final int ROUNDS =
            "full".equals(System.getProperty("taffrail.tests")) ? 300_000 : 3_000;

    /** The type of a goodbye, into which damage may turn another frame. */
    private static final int GOODBYE = WireClient.bytes(new ClientFrame.Goodbye())[4];

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Harness broker = new Harness();
    private final WireClient witness = broker.client().open("witness");
    private final long partition = witness.resolve(DestinationKind.QUEUE, "q");
    private int witnessed;

    private String context(int round) {
        return "seed " + seed + "L, round " + round;
    }

    /** Every frame a client may say, well-formed, as valid for a connection as can be. */
    private List<byte[]> frames(WireClient client) {
        byte[] run = WireClient.run(partition, client.welcome().producerId(), 1, "one", "two");
        List<byte[]> frames = new ArrayList<>();
        for (ClientFrame frame :
                List.of(
                        new ClientFrame.Resolve(1, DestinationKind.TOPIC, "t"),
                        new ClientFrame.Attach(
                                2,
                                1,
                                ClientFrame.Source.QUEUE,
                                DestinationKind.QUEUE,
                                "q2",
                                null,
                                "a = 1 AND b LIKE 'x%'",
                                false,
                                null),
                        new ClientFrame.Attach(
                                3,
                                2,
                                ClientFrame.Source.SHARED,
                                DestinationKind.TOPIC,
                                "t",
                                "sub",
                                null,
                                true,
                                null),
                        new ClientFrame.Credit(1, 10, 1000, false, 0),
                        new ClientFrame.Send(0, run, 0, run.length),
                        new ClientFrame.Send(7, run, 0, run.length),
                        new ClientFrame.Settle(
                                4, 0, 1, ClientFrame.Verb.FAIL, partition, new long[] {0, 1}),
                        new ClientFrame.Settle(
                                5, 7, 1, ClientFrame.Verb.ACCEPT, partition, new long[] {0, 9}),
                        new ClientFrame.Commit(6, 7),
                        new ClientFrame.Rollback(7, 7),
                        new ClientFrame.Detach(8, 1),
                        new ClientFrame.Unsubscribe(9, "sub"),
                        new ClientFrame.CreateTemporary(10, DestinationKind.TEMPORARY_QUEUE),
                        new ClientFrame.DeleteTemporary(11, "TEMP.QUEUE.1.1"),
                        new ClientFrame.Authenticate(new byte[] {1, 2, 3}),
                        manage(ManageOperation.DESTINATIONS),
                        manage(ManageOperation.GROUPS),
                        manage(ManageOperation.CREATE),
                        manage(ManageOperation.MOVE),
                        manage(ManageOperation.RETRY),
                        manage(ManageOperation.DELETE),
                        new ClientFrame.Ping())) {
            frames.add(WireClient.bytes(frame));
        }
        return frames;
    }

    private static ClientFrame manage(ManageOperation operation) {
        Fields fields =
                new Fields.Builder()
                        .put("kind", "queue")
                        .put("name", "elsewhere")
                        .put("to", "somewhere")
                        .put("selector", "x = 1")
                        .put("messages", 5)
                        .put("force", true)
                        .build();
        return new ClientFrame.Manage(12, operation.number(), fields);
    }

    private byte[] damaged(byte[] frame) {
        byte[] bytes = frame.clone();
        switch (random.nextInt(5)) {
            case 0: // some bits
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            case 1: // cut, and the length says so
                bytes = Arrays.copyOf(bytes, 8 + random.nextInt(bytes.length - 7));
                bytes[0] = (byte) bytes.length;
                bytes[1] = (byte) (bytes.length >> 8);
                return bytes;
            case 2: // a number somewhere in the body
                if (bytes.length >= 12) {
                    int at = 8 + random.nextInt(bytes.length - 11);
                    int value = random.nextBoolean() ? random.nextInt() : random.nextInt(300) - 2;
                    for (int i = 0; i < 4; i++) {
                        bytes[at + i] = (byte) (value >> 8 * i);
                    }
                }
                return bytes;
            case 3: // noise behind a good header
                for (int i = 8; i < bytes.length; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
                return bytes;
            default: // noise
                random.nextBytes(bytes);
                return bytes;
        }
    }

    private void witness(int round) {
        witness.sendConfirmed(partition, "w" + witnessed++);
        assertTrue(broker.defects.isEmpty(), () -> context(round) + ": " + broker.defects);
        assertEquals(null, broker.loop.failure(), context(round));
    }

    @Test
    void damagedFramesCostTheirConnectionOnly() {
        int ended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int of = round;
            WireClient client = broker.client().open();
            List<byte[]> frames = frames(client);
            boolean goodbye = false;
            for (int i = random.nextInt(6); i >= 0; i--) {
                byte[] frame = frames.get(random.nextInt(frames.size()));
                byte[] sent = random.nextInt(3) == 0 ? frame : damaged(frame);
                goodbye |= sent[4] == GOODBYE;
                try {
                    client.raw(sent);
                } catch (RuntimeException e) {
                    throw new AssertionError(context(round), e);
                }
            }
            if (client.isClosed()) {
                ended++;
                BrokerFrame last = last(client);
                assertTrue(
                        last instanceof BrokerFrame.Closing || goodbye,
                        () -> context(of) + ": ended without a word, after " + last);
            }
            client.channel().close();
            witness(round);
        }
        assertTrue(
                ended > ROUNDS / 4 && ended < ROUNDS, ended + " of " + ROUNDS + ", seed " + seed);
    }

    private static BrokerFrame last(WireClient client) {
        BrokerFrame last = null;
        while (client.hasHeard()) {
            last = client.hearAny();
        }
        return last;
    }

    @Test
    void damagedOpeningsCostTheirConnectionOnly() {
        for (int round = 0; round < ROUNDS; round++) {
            WireClient client = broker.client();
            byte[] hello = WireClient.bytes(WireClient.hello("x", 0));
            byte[] opening = Arrays.copyOf(WireClient.preamble(), 8 + hello.length);
            System.arraycopy(hello, 0, opening, FrameLayout.PREAMBLE_BYTES, hello.length);
            if (random.nextInt(4) == 0) {
                random.nextBytes(opening);
            } else {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    opening[random.nextInt(opening.length)] = (byte) random.nextInt();
                }
            }
            int cut = random.nextInt(opening.length);
            try {
                client.raw(Arrays.copyOf(opening, cut));
                client.raw(Arrays.copyOfRange(opening, cut, opening.length));
            } catch (RuntimeException e) {
                throw new AssertionError(context(round), e);
            }
            client.channel().close();
            witness(round);
        }
        assertEquals(1, broker.sessions.count());
    }
}
