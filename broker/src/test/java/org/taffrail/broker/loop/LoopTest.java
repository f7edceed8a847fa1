// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Message;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
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

/** What the loop promises between the core and the store. */
class LoopTest {
    private static final long CLIENT = 1;
    private static final long PRODUCER = 7;
    private static final long NEVER = Long.MAX_VALUE;

    private final MemoryLog log = new MemoryLog();
    private final List<BrokerFrame> heard = new ArrayList<>();
    private SlowStore store;
    private Loop loop;
    private long nowMs = 1_000;
    private long sequence = 1;
    private int request = 1;

    /** A store whose completions wait until a test lets them go. */
    private static final class SlowStore extends StoreDecorator {
        private final List<Batch> appended = new ArrayList<>();
        private final List<Completion> waiting = new ArrayList<>();
        private final List<Runnable> questions = new ArrayList<>();
        private int heldBack;
        private boolean readsHeldBack;
        private boolean failing;

        private record Completion(long sequence, Batch batch) {}

        SlowStore(Store store) {
            super(store);
        }

        @Override
        public long append(Batch batch) throws StoreException {
            if (failing) {
                throw new StoreException(StoreException.Kind.FULL, "full");
            }
            appended.add(batch);
            return super.append(batch);
        }

        @Override
        public void read(long partition, long fromOffset, int bytesMax) {
            questions.add(() -> super.read(partition, fromOffset, bytesMax));
        }

        @Override
        public int poll(Listener listener) {
            int[] reports = {0};
            if (!readsHeldBack) {
                questions.forEach(Runnable::run);
                questions.clear();
            }
            super.poll(
                    new Listener() {
                        @Override
                        public void completed(long sequence, Batch batch) {
                            waiting.add(new Completion(sequence, batch));
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

    private void start(Limits limits, long snapshotBytes) throws StoreException {
        store = new SlowStore(new MemoryStore(log));
        loop =
                new Loop(
                        store,
                        limits,
                        snapshotBytes,
                        (connection, frame) -> heard.add(frame),
                        nowMs);
        loop.connect(CLIENT, null, PRODUCER);
        sequence = 1;
    }

    private void start() throws StoreException {
        start(Limits.defaults(), NEVER);
    }

    private long queue(String name) {
        say(new ClientFrame.Resolve(request++, DestinationKind.QUEUE, name));
        turn();
        return ((BrokerFrame.Resolved) heard.remove(0)).partition();
    }

    private void consume(String queue) {
        consume(1, queue);
    }

    private void consume(int id, String queue) {
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

    private void send(long partition, Message... messages) {
        sendIn(0, partition, messages);
    }

    private void sendIn(long transaction, long partition, Message... messages) {
        ByteSink sink = new ByteSink(256);
        RunLayout.begin(sink, partition, PRODUCER, sequence);
        for (Message message : messages) {
            message.encode(sink);
        }
        RunLayout.end(sink, 0, messages.length);
        sequence += messages.length;
        say(new ClientFrame.Send(transaction, sink.array(), 0, sink.length()));
    }

    private void say(ClientFrame frame) {
        loop.decide(CLIENT, frame, nowMs);
    }

    private void turn() {
        while (loop.turn(nowMs)) {
            // goes on
        }
    }

    private List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        for (BrokerFrame frame : heard) {
            if (frame instanceof BrokerFrame.Deliver deliver) {
                bodies.add(Delivery.of(deliver).body());
            }
        }
        return bodies;
    }

    @Test
    void confirmsAndDeliversOnlyWhatIsDurable() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        turn();
        store.heldBack = 10;

        send(partition, message("a"));
        turn();
        assertEquals(List.of(), heard);

        store.heldBack = 0;
        turn();
        assertEquals(List.of("a"), bodies());
        assertTrue(heard.contains(new BrokerFrame.Confirm(1, 1)));
    }

    @Test
    void saysNothingAtAllBeforeWhatWasWrittenEarlierIsDurable() throws StoreException {
        start();
        long partition = queue("q");
        store.heldBack = 10;
        send(partition, message("a"));
        turn();

        say(new ClientFrame.Detach(request, 99));
        loop.tell(CLIENT, new BrokerFrame.Pong());
        turn();
        assertEquals(List.of(), heard, "a refusal reveals what could be lost, too");

        store.heldBack = 0;
        turn();
        assertEquals(3, heard.size());
        assertEquals(new BrokerFrame.Confirm(1, 1), heard.get(0));
        assertTrue(heard.get(1) instanceof BrokerFrame.Failed);
        assertEquals(new BrokerFrame.Pong(), heard.get(2));
    }

    @Test
    void aTurnsWorkIsOneBatch() throws StoreException {
        start();
        long partition = queue("q");
        store.appended.clear();

        send(partition, message("a"));
        send(partition, message("b"));
        say(new ClientFrame.Resolve(request++, DestinationKind.QUEUE, "other"));
        turn();

        assertEquals(1, store.appended.size());
    }

    @Test
    void nonPersistentMessagesGoIntoABatchOfTheirOwn() throws StoreException {
        start();
        long partition = queue("q");
        store.appended.clear();

        send(partition, message("a"));
        send(partition, message("b").nonPersistent());
        turn();

        assertEquals(2, store.appended.size());
        assertTrue(store.appended.get(0).relaxed());
        assertFalse(store.appended.get(1).relaxed());
    }

    @Test
    void aNonPersistentMessageDoesNotOvertakeOneOfItsKind() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        turn();
        heard.clear();

        send(partition, message("a"), message("b").nonPersistent());
        send(partition, message("c").nonPersistent());
        turn();

        assertEquals(List.of("a", "b", "c"), bodies());
    }

    @Test
    void aBatchIsStampedWithTheTimeAtWhichItIsAppended() throws StoreException {
        start();
        long partition = queue("q");
        store.appended.clear();
        nowMs = 5_000;

        send(partition, message("a"));
        turn();

        assertEquals(5_000, store.appended.get(0).timeMs());
    }

    @Test
    void afterAFailedAppendItSaysNothingMore() throws StoreException {
        start();
        long partition = queue("q");
        store.failing = true;

        send(partition, message("a"));
        turn();
        loop.tell(CLIENT, new BrokerFrame.Pong());
        turn();

        assertNotNull(loop.failure());
        assertEquals(List.of(), heard);
    }

    @Test
    void aSnapshotIsTakenWhileAppendsAreUnderWay() throws StoreException {
        start(Limits.defaults(), 500);
        long partition = queue("q");
        store.heldBack = 1;
        long bytes = 0;
        for (int i = 0; i < 20; i++) {
            send(partition, message("n" + i));
            turn();
            bytes += 97;
        }

        assertTrue(store.bytesSinceSnapshot() < bytes, store.bytesSinceSnapshot() + " bytes");
    }

    @Test
    void aSnapshotKeepsWhatASettlementThatMayBeLostNoLongerNeeds() throws StoreException {
        start(TestLimits.limits().windowBytes(1).build(), 200);
        long partition = queue("q");
        consume("q");
        turn();
        heard.clear();
        send(partition, message("a"));
        turn();
        assertEquals(List.of("a"), bodies());
        assertTrue(loop.core().needs(partition, 0, 0));

        ByteSink part = new ByteSink(64);
        for (long key : loop.core().snapshotKeys()) {
            part.clear();
            loop.core().snapshot(key, part);
        }
        say(new ClientFrame.Settle(0, 0, 1, Verb.ACCEPT, partition, new long[] {0, 0}));

        assertTrue(loop.core().needs(partition, 0, 0), "a start from the snapshot asks for it");
        loop.core().snapshotEnded();
        assertFalse(loop.core().needs(partition, 0, 0));
    }

    private void startStaging(long snapshotBytes) throws StoreException {
        start(TestLimits.limits().transactionMemoryBytes(1).build(), snapshotBytes);
    }

    @Test
    void committedStagedRecordsHoldBackTheirOwnPartitionOnly() throws StoreException {
        startStaging(NEVER);
        long one = queue("one");
        long other = queue("other");
        consume(1, "one");
        consume(2, "other");
        sendIn(5, one, message("a"));
        sendIn(5, one, message("b"));
        turn();
        heard.clear();
        store.readsHeldBack = true;

        say(new ClientFrame.Commit(request++, 5));
        send(one, message("c"));
        send(other, message("x"));
        turn();
        send(one, message("d").nonPersistent());
        turn();
        assertEquals(List.of("x"), bodies());
        assertTrue(heard.contains(new BrokerFrame.Done(request - 1)), "the commit is durable");
        assertFalse(loop.isQuiet());

        store.readsHeldBack = false;
        turn();
        assertEquals(List.of("x", "a", "b", "c", "d"), bodies());
        assertTrue(loop.isQuiet());
    }

    @Test
    void nothingStagedArrivesBeforeItsCommitIsDurable() throws StoreException {
        startStaging(NEVER);
        long partition = queue("q");
        consume("q");
        sendIn(5, partition, message("a"));
        turn();
        heard.clear();
        store.heldBack = 1;

        say(new ClientFrame.Commit(request++, 5));
        turn();
        assertEquals(List.of(), heard);

        store.heldBack = 0;
        turn();
        assertEquals(List.of("a"), bodies());
    }

    @Test
    void nobodyIsToldThatThereIsNothingMoreBeforeAllThatIsDurableHasArrived()
            throws StoreException {
        startStaging(NEVER);
        long partition = queue("q");
        consume("q");
        sendIn(5, partition, message("a"));
        turn();
        store.readsHeldBack = true;
        say(new ClientFrame.Commit(request++, 5));
        turn();
        heard.clear();

        say(new ClientFrame.Credit(1, 100, 1 << 20, true, 9));
        turn();
        assertEquals(List.of(), heard);

        store.readsHeldBack = false;
        turn();
        assertEquals(List.of("a"), bodies());
        assertEquals(new BrokerFrame.Drained(1, 9), heard.get(heard.size() - 1));
    }

    @Test
    void aRecordOfABatchThatIsNotDurableDoesNotArriveWithThoseReadBeforeIt() throws StoreException {
        startStaging(NEVER);
        long partition = queue("q");
        consume("q");
        sendIn(5, partition, message("a"));
        turn();
        store.readsHeldBack = true;
        say(new ClientFrame.Commit(request++, 5));
        turn();
        store.heldBack = 5;
        send(partition, message("b"));
        turn();

        store.readsHeldBack = false;
        turn();
        assertEquals(1, loop.core().depth(DestinationKind.QUEUE, "q"));

        store.heldBack = 0;
        turn();
        assertEquals(List.of("a", "b"), bodies());
    }

    @Test
    void aSnapshotWaitsForTheRecordsOfADestinationThatHaveNotArrived() throws StoreException {
        startStaging(200);
        long partition = queue("q");
        sendIn(5, partition, message("a"));
        turn();
        store.readsHeldBack = true;
        say(new ClientFrame.Commit(request++, 5));
        for (int i = 0; i < 5; i++) {
            send(partition, message("n" + i));
            turn();
        }

        start();
        consume("q");
        turn();
        assertEquals(List.of("a", "n0", "n1", "n2", "n3", "n4"), bodies());
    }

    @Test
    void whatAnEarlierStartHasStagedIsGivenUp() throws StoreException {
        startStaging(NEVER);
        long partition = queue("q");
        sendIn(5, partition, message("a"));
        turn();
        start();
        turn();

        List<Long> stagings = new ArrayList<>();
        Store next = new MemoryStore(log);
        next.claim();
        next.recover(
                new Store.RecoveryTarget() {
                    @Override
                    public void snapshot(long key, long sequence, byte[] state) {
                        // not asked for here
                    }

                    @Override
                    public void batch(long sequence, Batch batch) {
                        // not asked for here
                    }

                    @Override
                    public void staging(long stagingId) {
                        stagings.add(stagingId);
                    }
                });
        assertEquals(List.of(), stagings);
    }

    @Test
    void afterAnOrderlyStopTheNextStartReplaysNoMoreThanTheLastBatch() throws StoreException {
        start();
        long partition = queue("q");
        send(partition, message("a"));
        turn();
        send(partition, message("b"));
        turn();
        loop.disconnect(CLIENT, nowMs);
        turn();

        loop.stop(nowMs);

        assertTrue(store.bytesSinceSnapshot() <= 97, store.bytesSinceSnapshot() + " bytes");
        heard.clear();
        start();
        consume("q");
        turn();
        assertEquals(List.of("a", "b"), bodies());
    }
}
