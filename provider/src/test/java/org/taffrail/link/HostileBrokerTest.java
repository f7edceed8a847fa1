// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;
import static org.taffrail.link.LinkHarness.next;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameWriter;
import org.taffrail.wire.record.DestinationKind;

import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Whatever a broker says, the link either goes on or is lost with a typed error; nobody waits on.
 */
class HostileBrokerTest {
    @Property(tries = 200)
    void randomBytesAfterTheOpening(
            @ForAll long seed, @ForAll @IntRange(min = 8, max = 600) int bytes) throws Exception {
        Random random = new Random(seed);
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        // a plausible length, so that the frame itself is read
        int length = random.nextBoolean() ? bytes : 8 + random.nextInt(bytes - 7);
        noise[0] = (byte) length;
        noise[1] = (byte) (length >>> 8);
        noise[2] = 0;
        noise[3] = 0;
        if (random.nextInt(4) > 0) {
            noise[4] = (byte) (60 + random.nextInt(20));
            noise[5] = 0;
            noise[6] = 0;
            noise[7] = 0;
        }
        survives(noise, 1 << 20);
    }

    @Property(tries = 300)
    void validFramesWithChangedBytes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int changes,
            @ForAll @IntRange(min = 1, max = 100) int pieceBytes)
            throws Exception {
        Random random = new Random(seed);
        FrameWriter writer = new FrameWriter(new ByteSink(512));
        byte[] record = Runs.record(random.nextInt(100));
        BrokerFrame[] frames = {
            new BrokerFrame.Deliver(7, 5, 100, 1, false, record, 0, record.length),
            new BrokerFrame.Confirm(1, 1),
            new BrokerFrame.Refuse(2, 2, ErrorCode.NO_ROOM, "full"),
            new BrokerFrame.Resolved(1, 8, DestinationKind.QUEUE, "q"),
            new BrokerFrame.Failed(2, ErrorCode.INTERNAL, "why"),
            new BrokerFrame.Done(3),
            new BrokerFrame.ConsumerClosed(7, ErrorCode.NO_SUCH_DESTINATION, null),
            new BrokerFrame.Drained(7, 1),
            new BrokerFrame.Pong(),
            new BrokerFrame.Closing(ErrorCode.STOPPING, "bye"),
        };
        for (int i = 0; i < 4; i++) {
            writer.write(frames[random.nextInt(frames.length)]);
        }
        byte[] bytes = writer.sink().toByteArray();
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        survives(bytes, pieceBytes);
    }

    private static void survives(byte[] bytes, int pieceBytes) throws Exception {
        ScriptedBroker broker = new ScriptedBroker();
        BlockingQueue<Throwable> losses = new LinkedBlockingQueue<>();
        try (MemoryWire wire = new MemoryWire(broker, pieceBytes)) {
            Link link =
                    new FrameLink(
                            wire,
                            ConnectionOptions.defaults(),
                            true,
                            losses::add,
                            Continuity.single(),
                            wire::nowNs);
            CompletableFuture<Link.Peer> opened = link.open();
            broker.welcome();
            get(opened);
            CompletableFuture<Link.Target> resolved = link.resolve(DestinationKind.QUEUE, "q");
            CompletableFuture<Void> committed = link.commit(1);
            LinkHarness.Outcomes outcomes = new LinkHarness.Outcomes();
            link.send(0, Runs.run(1, 1), outcomes.named("a"));
            CompletableFuture<Void> attached =
                    link.attach(
                            new Link.ConsumerSpec(
                                    7,
                                    ClientFrame.Source.QUEUE,
                                    DestinationKind.QUEUE,
                                    "q",
                                    null,
                                    null,
                                    false,
                                    null,
                                    false,
                                    false),
                            new LinkHarness.Consumer());
            broker.tellBytes(bytes);
            wire.onLinkThread(() -> {});
            broker.hangUp();
            wire.onLinkThread(() -> {});

            assertAnswered(resolved);
            assertAnswered(committed);
            assertAnswered(attached);
            next(outcomes.heard);
            Throwable loss = next(losses);
            if (!String.valueOf(loss.getMessage()).equals("reset by the test")) {
                assertInstanceOf(WireException.class, loss);
            }
            assertFails(ErrorCode.CONNECTION_LOST, link.commit(2));
        }
    }

    private static void assertAnswered(CompletableFuture<?> future) throws Exception {
        get(future.handle((value, failure) -> null));
    }
}
