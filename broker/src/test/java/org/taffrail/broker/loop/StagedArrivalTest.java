// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.memory.MemoryStore;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/** How records arrive that were staged in the store. */
class StagedArrivalTest extends LoopRig {
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
        assertEquals(1, loop.core().overview().depth(DestinationKind.QUEUE, "q"));

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
}
