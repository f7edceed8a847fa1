// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.MemoryLog;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;

/** How a connection ends that holds more than goes back in one turn. */
class LoopEndTest {
    private static final int MESSAGES = 100;
    private static final long CLIENT = 1;
    private static final long PRODUCER = 7;

    private final Limits limits = TestLimits.limits().releasesMax(4).build();
    private final MemoryLog log = new MemoryLog();
    private final List<String> heard = new ArrayList<>();
    private SlowStore store;
    private Loop loop;
    private long partition;

    /** A store that may keep its completions to itself, and counts what it is given. */
    private static final class SlowStore extends StoreDecorator {
        private int batches;
        private int largestEvents;
        private boolean silent;

        SlowStore(MemoryLog log) {
            super(new MemoryStore(log));
        }

        @Override
        public long append(Batch batch) throws StoreException {
            batches++;
            largestEvents = Math.max(largestEvents, batch.events().length());
            return super.append(batch);
        }

        @Override
        public int poll(Listener listener) {
            return silent ? 0 : super.poll(listener);
        }
    }

    /** Writes down what it hears. */
    private final class Heard implements Audience {
        @Override
        public void tell(long connection, BrokerFrame frame) {
            if (frame instanceof BrokerFrame.Resolved resolved) {
                partition = resolved.partition();
            }
            heard.add(frame.getClass().getSimpleName());
        }

        @Override
        public void ended(long connection) {
            heard.add("ended " + connection);
        }
    }

    @BeforeEach
    void holdMessages() throws StoreException {
        start();
        say(new ClientFrame.Resolve(1, DestinationKind.QUEUE, "q"));
        turn();
        ByteSink sink = new ByteSink(256);
        RunLayout.begin(sink, partition, PRODUCER, 1);
        for (int i = 0; i < MESSAGES; i++) {
            message("m" + i).encode(sink);
        }
        RunLayout.end(sink, 0, MESSAGES);
        say(new ClientFrame.Send(0, sink.array(), 0, sink.length()));
        say(
                new ClientFrame.Attach(
                        0, 1, Source.QUEUE, DestinationKind.QUEUE, "q", null, null, false, null));
        say(new ClientFrame.Credit(1, MESSAGES, 1 << 20, false, 0));
        turn();
        heard.clear();
        store.batches = 0;
        store.largestEvents = 0;
    }

    private void start() throws StoreException {
        store = new SlowStore(log);
        loop = new Loop(store, limits, Long.MAX_VALUE, new Heard(), 1_000);
        loop.connect(CLIENT, Newcomer.passing(null, PRODUCER));
    }

    private void say(ClientFrame frame) {
        loop.decide(CLIENT, frame, 1_000);
    }

    private void turn() {
        while (loop.turn(1_000)) {
            // goes on
        }
    }

    @Test
    void theEndIsSaidWhenTheLastMessageIsDurablyBack() {
        loop.disconnect(CLIENT, true, 1_000);
        assertTrue(loop.turn(1_000), "there is more to do");
        assertEquals(List.of(), heard);
        store.silent = true;
        turn();
        assertEquals(List.of(), heard, "the last batches are not durable");

        store.silent = false;
        turn();

        assertEquals(List.of("ended 1"), heard);
        assertEquals(MESSAGES / 4 - 1, store.batches, "the first has a command's and a step's");
        assertTrue(store.largestEvents < 120, store.largestEvents + " bytes");
        assertTrue(loop.isQuiet());
    }

    @Test
    void theEndIsSaidAfterAllAnswers() {
        say(new ClientFrame.Settle(5, 0, 1, Verb.RELEASE_SEEN, partition, new long[] {0, 40}));
        loop.disconnect(CLIENT, true, 1_000);

        turn();

        assertEquals(List.of("Done", "ended 1"), heard);
    }

    @Test
    void aStopLeavesNothingOnItsWayBack() throws StoreException {
        loop.disconnect(CLIENT, true, 1_000);

        assertTrue(loop.stop(1_000));

        assertTrue(store.batches >= MESSAGES / 8, store.batches + " batches");
        start();
        assertFalse(loop.core().durableState().contains("exposed=true"));
        assertEquals(MESSAGES, loop.core().durableState().split(" seen", -1).length - 1);
    }

    @Test
    void theEndOfAnUnknownConnectionIsSaidAtOnce() {
        loop.disconnect(99, true, 1_000);
        turn();

        assertEquals(List.of("ended 99"), heard);
    }
}
