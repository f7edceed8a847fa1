// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.taffrail.broker.core.Message.message;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Message;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreDecorator;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.store.memory.MemoryLog;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A loop over a store that waits, with two clients: one that is watched, and another. */
abstract class LoopRig {
    static final long CLIENT = 1;
    static final long PRODUCER = 7;
    static final long OTHER = 2;
    static final long OTHER_PRODUCER = 8;
    static final long NEVER = Long.MAX_VALUE;

    final MemoryLog log = new MemoryLog();
    final List<BrokerFrame> heard = new ArrayList<>();
    final List<BrokerFrame> otherHeard = new ArrayList<>();
    SlowStore store;
    Loop loop;
    long nowMs = 1_000;
    long sequence = 1;
    long otherSequence = 1;
    int request = 1;

    /**
     * A store whose completions, but for relaxed batches, and whose answers wait until a test lets
     * them go.
     */
    static final class SlowStore extends StoreDecorator {
        final List<Batch> appended = new ArrayList<>();
        final List<Completion> waiting = new ArrayList<>();
        final List<Long> hurried = new ArrayList<>();
        final List<Runnable> questions = new ArrayList<>();
        int heldBack;
        boolean readsHeldBack;
        boolean failing;
        boolean full;
        boolean fullForSnapshots;
        final ArrayDeque<StoreNotice> notices = new ArrayDeque<>();
        boolean publishes = true;
        int snapshots;
        long freedBytes;

        record Completion(long sequence, Batch batch) {}

        SlowStore(Store store) {
            super(store);
        }

        @Override
        public long append(Batch batch) throws StoreException {
            if (failing) {
                throw new StoreException(StoreException.Kind.IO, "broken");
            }
            if (full) {
                throw new StoreException(StoreException.Kind.FULL, "full");
            }
            appended.add(batch);
            return super.append(batch);
        }

        @Override
        public void hurry(long sequence) {
            hurried.add(sequence);
            super.hurry(sequence);
        }

        @Override
        public void read(long partition, long fromOffset, int bytesMax) {
            questions.add(() -> super.read(partition, fromOffset, bytesMax));
        }

        @Override
        public void read(long partition, long fromOffset, int bytesMax, Wanted wanted) {
            questions.add(() -> super.read(partition, fromOffset, bytesMax, wanted));
        }

        @Override
        public SnapshotWriter startSnapshot() throws StoreException {
            snapshots++;
            if (fullForSnapshots) {
                throw new StoreException(StoreException.Kind.FULL, "no room for it");
            }
            return super.startSnapshot();
        }

        @Override
        public long discard(Needed needed) throws StoreException {
            long freed = super.discard(needed);
            freedBytes += freed;
            return freed;
        }

        @Override
        public boolean publishing() {
            return !publishes;
        }

        @Override
        public int poll(Listener listener) {
            int[] reports = {notices.size()};
            while (!notices.isEmpty()) {
                listener.noticed(notices.remove());
            }
            if (!readsHeldBack) {
                questions.forEach(Runnable::run);
                questions.clear();
            }
            super.poll(
                    new Listener() {
                        @Override
                        public void completed(long sequence, Batch batch) {
                            if (batch.relaxed()) {
                                reports[0]++;
                                listener.completed(sequence, batch);
                            } else {
                                waiting.add(new Completion(sequence, batch));
                            }
                        }

                        @Override
                        public void failed(long sequence, StoreException cause) {
                            listener.failed(sequence, cause);
                        }

                        @Override
                        public void read(long partition, long from, List<byte[]> runs) {
                            reports[0]++;
                            listener.read(partition, from, runs);
                        }
                    });
            while (waiting.size() > heldBack) {
                Completion first = waiting.remove(0);
                listener.completed(first.sequence, first.batch);
                reports[0]++;
            }
            return reports[0];
        }
    }

    void start(Limits limits, long snapshotBytes) throws StoreException {
        store = new SlowStore(new MemoryStore(log));
        loop =
                new Loop(
                        store,
                        limits,
                        snapshotBytes,
                        (connection, frame) ->
                                (connection == CLIENT ? heard : otherHeard).add(frame),
                        nowMs);
        loop.connect(CLIENT, Newcomer.passing(null, PRODUCER));
        loop.connect(OTHER, Newcomer.passing(null, OTHER_PRODUCER));
        sequence = 1;
        otherSequence = 1;
    }

    void start() throws StoreException {
        start(Limits.defaults(), NEVER);
    }

    long queue(String name) {
        say(new ClientFrame.Resolve(request++, DestinationKind.QUEUE, name));
        turn();
        return ((BrokerFrame.Resolved) heard.remove(0)).partition();
    }

    /** Makes a temporary queue, with a consumer, whose name the other client was told. */
    long temporaryQueue() {
        say(new ClientFrame.CreateTemporary(request++, DestinationKind.TEMPORARY_QUEUE));
        turn();
        BrokerFrame.Resolved made = (BrokerFrame.Resolved) heard.remove(0);
        consume(1, made.name());
        loop.decide(
                OTHER,
                new ClientFrame.Resolve(request++, DestinationKind.QUEUE, made.name()),
                nowMs);
        turn();
        heard.clear();
        otherHeard.clear();
        return made.partition();
    }

    void consume(String queue) {
        consume(1, queue);
    }

    void consume(int id, String queue) {
        say(
                new ClientFrame.Attach(
                        0,
                        id,
                        Source.QUEUE,
                        DestinationKind.QUEUE,
                        queue,
                        null,
                        null,
                        false,
                        null));
        say(new ClientFrame.Credit(id, 100, 1 << 20, false, 0));
    }

    void send(long partition, Message... messages) {
        sendIn(0, partition, messages);
    }

    void sendIn(long transaction, long partition, Message... messages) {
        ByteSink sink = new ByteSink(256);
        RunLayout.begin(sink, partition, PRODUCER, sequence);
        for (Message message : messages) {
            message.encode(sink);
        }
        RunLayout.end(sink, 0, messages.length);
        sequence += messages.length;
        say(new ClientFrame.Send(transaction, sink.array(), 0, sink.length()));
    }

    /** The other client sends one message. */
    void otherSends(long partition, Message message) {
        otherSendsIn(0, partition, message);
    }

    void otherSendsIn(long transaction, long partition, Message message) {
        ByteSink sink = new ByteSink(256);
        RunLayout.begin(sink, partition, OTHER_PRODUCER, otherSequence++);
        message.encode(sink);
        RunLayout.end(sink, 0, 1);
        ClientFrame.Send send = new ClientFrame.Send(transaction, sink.array(), 0, sink.length());
        loop.decide(OTHER, send, nowMs);
    }

    void say(ClientFrame frame) {
        loop.decide(CLIENT, frame, nowMs);
    }

    void turn() {
        while (loop.turn(nowMs)) {
            // goes on
        }
    }

    List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        for (BrokerFrame frame : heard) {
            if (frame instanceof BrokerFrame.Deliver deliver) {
                bodies.add(Delivery.of(deliver).body());
            }
        }
        return bodies;
    }
}
