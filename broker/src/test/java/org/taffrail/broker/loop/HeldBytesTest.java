// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whose consumers hold as much as one user may get nothing more until some of it is settled. */
class HeldBytesTest extends LoopRig {
    private static final long ANN_TOO = 31;
    private static final String BODY = "x".repeat(1000);

    private long queue;

    @BeforeEach
    void makeQueue() throws StoreException {
        start();
        queue = queue("q");
    }

    private void sendBodies(long partition, int count) {
        for (int i = 0; i < count; i++) {
            otherSends(partition, message(BODY));
        }
        turn();
    }

    private void settle(int consumer, long partition, long first, long last) {
        say(
                new ClientFrame.Settle(
                        request++, 0, consumer, Verb.ACCEPT, partition, new long[] {first, last}));
        turn();
    }

    /** How many messages were delivered since this was last asked. */
    private int delivered() {
        int count = bodies().size();
        heard.clear();
        return count;
    }

    @Test
    void nothingMoreIsDeliveredUntilAnEighthIsSettled() {
        loop.limitHeld(10_000);
        consume(1, "q");
        sendBodies(queue, 20);
        int first = delivered();
        assertTrue(first == 9 || first == 10, first + " delivered");

        settle(1, queue, 0, 0);
        assertEquals(0, delivered());
        settle(1, queue, 1, 1);
        assertEquals(2, delivered());
        settle(1, queue, 2, 11);
        assertEquals(8, delivered());
    }

    @Test
    void allConsumersOfAUserCountTogetherAndOthersAreNotHeldBack() {
        loop.limitHeld(5_000);
        long other = queue("other");
        consume(1, "q");
        consume(2, "other");
        sendBodies(queue, 10);
        int held = delivered();
        assertTrue(held <= 5, held + " delivered");
        sendBodies(other, 3);
        assertEquals(0, delivered(), "the user has enough");

        loop.connect(ANN_TOO, new Newcomer(null, "ann", 0, 9, 9, false, 0, 1));
        loop.decide(
                ANN_TOO,
                new ClientFrame.Attach(
                        0,
                        1,
                        ClientFrame.Source.QUEUE,
                        DestinationKind.QUEUE,
                        "other",
                        null,
                        null,
                        false,
                        null),
                nowMs);
        loop.decide(ANN_TOO, new ClientFrame.Credit(1, 100, 1 << 20, false, 0), nowMs);
        turn();
        assertEquals(3, otherHeard.stream().filter(BrokerFrame.Deliver.class::isInstance).count());
        settle(1, queue, 0, held - 1);
        assertEquals(10 - held, delivered());
    }

    @Test
    void aMessageLargerThanTheLimitIsDeliveredAlone() {
        loop.limitHeld(10);
        consume(1, "q");
        sendBodies(queue, 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(1, delivered());
            settle(1, queue, i, i);
        }
        assertEquals(0, delivered());
    }

    @Test
    void aDrainEndsWithoutWhatIsHeldBack() {
        loop.limitHeld(10);
        say(new ClientFrame.Credit(1, 1, 1 << 20, false, 0));
        consume(1, "q");
        sendBodies(queue, 2);
        heard.clear();

        say(new ClientFrame.Credit(1, 1, 1 << 20, true, 77));
        turn();

        assertEquals(List.of(new BrokerFrame.Drained(1, 77)), heard);
    }

    @Test
    void anotherLimitCountsAtOnceForWhatIsHeldAlready() {
        consume(1, "q");
        sendBodies(queue, 5);
        assertEquals(5, delivered());
        loop.limitHeld(2_000);
        sendBodies(queue, 2);
        assertEquals(0, delivered());

        loop.limitHeld(100_000);
        turn();
        assertEquals(2, delivered());
        loop.limitHeld(2_000);
        sendBodies(queue, 2);
        assertEquals(0, delivered());
        loop.limitHeld(0);
        turn();
        assertEquals(2, delivered());
    }

    @Test
    void whatGoesBackIsNotHeldAnyMore() {
        loop.limitHeld(3_000);
        consume(1, "q");
        sendBodies(queue, 4);
        delivered();

        say(new ClientFrame.Detach(request++, 1));
        say(
                new ClientFrame.Settle(
                        request++, 0, 1, Verb.RELEASE_SEEN, queue, new long[] {0, Long.MAX_VALUE}));
        turn();
        heard.clear();
        consume(2, "q");
        turn();

        assertTrue(delivered() >= 2);
    }

    @Test
    void aKeysConsumerIsWaitedForWhileItsUserHasEnough() {
        loop.limitHeld(1_000);
        consume(1, "q");
        for (int i = 0; i < 3; i++) {
            otherSends(queue, message(BODY).key("k"));
        }
        turn();
        assertEquals(1, delivered());
        settle(1, queue, 0, 0);
        assertEquals(1, delivered());
        settle(1, queue, 1, 1);
        assertEquals(1, delivered());
    }

    /** Consumers of two queues, limits that change, and settlements in any order. */
    @Property(tries = 300)
    void nothingIsDeliveredAboveTheLimitAndEverythingInTheEnd(@ForAll long seed)
            throws StoreException {
        Random random = new Random(seed);
        heard.clear();
        makeQueue();
        long[] queues = {queue, queue("other")};
        consume(1, "q");
        consume(2, "other");
        consume(3, "q");
        turn();
        List<BrokerFrame.Deliver> held = new ArrayList<>();
        long limit = 0;
        long heldBytes = 0;
        int sent = 0;
        int settled = 0;
        for (int step = 0; step < 200 || settled < sent; step++) {
            heard.clear();
            int choice = step < 200 ? random.nextInt(8) : 7;
            if (choice == 0) {
                limit = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(5_000);
                loop.limitHeld(limit);
            } else if (choice < 4) {
                String body = "x".repeat(random.nextInt(1_500));
                otherSends(queues[random.nextInt(2)], message(body).priority(random.nextInt(10)));
                sent++;
            } else if (!held.isEmpty()) {
                BrokerFrame.Deliver one = held.remove(random.nextInt(held.size()));
                heldBytes -= one.length();
                settle(one.consumerId(), one.partition(), one.offset(), one.offset());
                settled++;
            } else if (step >= 200) {
                throw new AssertionError("nothing is held, and nothing is delivered");
            }
            turn();
            for (BrokerFrame frame : heard) {
                if (frame instanceof BrokerFrame.Deliver each) {
                    assertTrue(limit == 0 || heldBytes < limit, heldBytes + " of " + limit);
                    held.add(each);
                    heldBytes += each.length();
                    say(new ClientFrame.Credit(each.consumerId(), 1, each.length(), false, 0));
                }
            }
            turn();
        }
        assertEquals(sent, settled);
        assertEquals(List.of(), held);
    }
}
