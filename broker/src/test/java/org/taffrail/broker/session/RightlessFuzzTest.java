// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.Right;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * A session without any right says whatever can be said, in any order, with names and numbers that
 * are somebody's: nothing of it changes what there is, and no message is shown to it.
 */
class RightlessFuzzTest {
    private static final int CLIENTS =
            "full".equals(System.getProperty("taffrail.tests")) ? 10_000 : 250;
    private static final int FRAMES = 40;

    private static final List<String> NAMES =
            List.of("q", "DLQ.q", "parked", "t", "new", "kept", "TEMP.QUEUE.1.1", "", "*");

    private final long seed = Long.getLong("taffrail.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private String name() {
        return any(NAMES);
    }

    private String maybe(String text) {
        return random.nextBoolean() ? text : null;
    }

    private int number() {
        return random.nextInt(4);
    }

    /** A frame that is well-formed; of one that ends the connection nothing follows. */
    private ClientFrame frame(WireClient client, int sends) {
        int request = 1 + number();
        DestinationKind kind = any(DestinationKind.values());
        Xid xid = new Xid(1, new byte[] {(byte) number()}, new byte[0]);
        switch (random.nextInt(15)) {
            case 0:
                return new ClientFrame.Resolve(request, kind, name());
            case 1:
            case 2:
                byte[] run =
                        WireClient.run(
                                random.nextInt(12), client.welcome().producerId(), sends + 1, "x");
                return new ClientFrame.Send(number(), run, 0, run.length);
            case 3:
            case 4:
                return new ClientFrame.Attach(
                        request,
                        number(),
                        any(ClientFrame.Source.values()),
                        kind,
                        name(),
                        maybe(name()),
                        null,
                        random.nextBoolean(),
                        maybe("earliest"),
                        random.nextBoolean(),
                        random.nextBoolean());
            case 5:
                return new ClientFrame.Credit(number(), 10, 1000, false, number());
            case 6:
                return new ClientFrame.Settle(
                        request,
                        number(),
                        number(),
                        any(ClientFrame.Verb.values()),
                        random.nextInt(12),
                        new long[] {0, number()});
            case 7:
                return random.nextBoolean()
                        ? new ClientFrame.Commit(request, number())
                        : new ClientFrame.Rollback(request, number());
            case 8:
                return new ClientFrame.Unsubscribe(request, name());
            case 9:
                return new ClientFrame.CreateTemporary(request, kind, maybe(name()));
            case 10:
                return new ClientFrame.DeleteTemporary(request, name());
            case 11:
                return random.nextBoolean()
                        ? new BranchFrame.Prepare(request, 1 + number(), xid)
                        : new BranchFrame.EndBranch(request, xid, random.nextBoolean());
            default:
                return manage(request);
        }
    }

    private ClientFrame manage(int request) {
        Fields.Builder fields =
                new Fields.Builder()
                        .put("kind", any(List.of("queue", "topic", "stream")))
                        .put("to", maybe(name()))
                        .put("group", number())
                        .put("id", number())
                        .put("start", any(List.of("earliest", "latest", "0")))
                        .put("force", random.nextBoolean())
                        .put("commit", random.nextBoolean());
        if (random.nextInt(4) > 0) {
            fields.put("name", name());
        }
        return new ClientFrame.Manage(
                request, any(ManageOperation.values()).number(), fields.build());
    }

    @Test
    void nothingThatASessionWithoutRightsSaysChangesAnything() {
        GuardRig rig = new GuardRig(EnumSet.noneOf(Right.class));
        String before = rig.state();
        int ended = 0;
        for (int round = 0; round < CLIENTS; round++) {
            String context = "seed " + seed + ", client " + round;
            WireClient client = rig.connect("probe", round % 2 == 0 ? "probe" : null);
            int sends = 0;
            for (int i = 0; i < FRAMES && !client.isClosed(); i++) {
                ClientFrame frame = frame(client, sends);
                sends += frame instanceof ClientFrame.Send ? 1 : 0;
                client.say(frame);
                while (client.hasHeard()) {
                    BrokerFrame heard = client.hearAny();
                    assertTrue(
                            !(heard instanceof BrokerFrame.Deliver)
                                    && !(heard instanceof BrokerFrame.Resolved)
                                    && !(heard instanceof BrokerFrame.Confirm),
                            () -> context + ": " + frame + " was answered with " + heard);
                }
            }
            ended += client.isClosed() ? 1 : 0;
            assertEquals(before, rig.state(), context);
            client.channel().close();
            assertEquals(before, rig.state(), context);
            assertEquals(2, rig.depth("q"), context);
            assertTrue(rig.harness.defects.isEmpty(), () -> context + rig.harness.defects);
        }
        assertTrue(ended < CLIENTS / 2, "most ended early, seed " + seed);
    }
}
