// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Message;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.core.Operation;
import org.taffrail.broker.core.Selection;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.broker.store.StoreNotice.Room;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;

/** Sends wait, or are refused, while the store is short of room; nothing else does. */
class ShortOfRoomTest extends LoopRig {
    private static final Room SHORT = new Room(true, 900, 1_000);
    private static final Room PLENTY = new Room(false, 9_000, 1_000);

    private void room(Room room) {
        store.notices.add(room);
        turn();
    }

    private BrokerFrame done() {
        return new BrokerFrame.Done(request++);
    }

    private void settle(long partition, int request, long transaction, long offset) {
        say(
                new ClientFrame.Settle(
                        request,
                        transaction,
                        1,
                        Verb.ACCEPT,
                        partition,
                        new long[] {offset, offset}));
    }

    /** A consumer holds one message; there is no room from then on. */
    private long shortWithAMessageHeld() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        send(partition, message("held"));
        turn();
        room(SHORT);
        heard.clear();
        return partition;
    }

    @Test
    void sendsWaitAndGoOnInTheirOrder() throws StoreException {
        long partition = shortWithAMessageHeld();

        send(partition, message("a"));
        send(partition, message("b").nonPersistent());
        send(partition, message("c"));
        turn();
        assertEquals(List.of(), heard);

        room(PLENTY);
        assertEquals(List.of("a", "b", "c"), bodies());
        assertTrue(heard.contains(new BrokerFrame.Confirm(2, 4)), heard.toString());
        assertFalse(loop.isShortOfRoom());
    }

    @Test
    void aSettlementPassesASendOfTheSameConnectionThatWaits() throws StoreException {
        long partition = shortWithAMessageHeld();
        send(partition, message("a"));

        settle(partition, request, 0, 0);
        turn();

        assertEquals(List.of(done()), heard);
        assertEquals(0, loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }

    @Test
    void aCommitPassesIfNoSendOfItsOwnWaits() throws StoreException {
        long partition = shortWithAMessageHeld();
        send(partition, message("a"));
        sendIn(5, partition, message("b"));

        settle(partition, 0, 6, 0);
        say(new ClientFrame.Commit(request, 6));
        turn();

        assertEquals(List.of(done()), heard);
        assertEquals(0, loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }

    @Test
    void aCommitWhoseSendsWereTakenBeforePasses() throws StoreException {
        start();
        long partition = queue("q");
        consume("q");
        sendIn(5, partition, message("before"));
        turn();
        room(SHORT);
        heard.clear();

        say(new ClientFrame.Commit(request, 5));
        turn();

        assertTrue(heard.contains(done()), heard.toString());
        assertEquals(List.of("before"), bodies());
    }

    @Test
    void aCommitWaitsForItsOwnSends() throws StoreException {
        long partition = shortWithAMessageHeld();
        settle(partition, 0, 5, 0);
        sendIn(5, partition, message("a"));
        sendIn(5, partition, message("b"));
        int commit = request++;
        say(new ClientFrame.Commit(commit, 5));
        turn();
        assertEquals(List.of(), heard);
        assertEquals(
                1,
                loop.core().overview().depth(DestinationKind.QUEUE, "q"),
                "nothing is half done");

        room(PLENTY);
        assertTrue(heard.contains(new BrokerFrame.Done(commit)), heard.toString());
        assertEquals(List.of("a", "b"), bodies());
        assertEquals(2, loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }

    @Test
    void whatNamesATransactionThatIsBeingCommittedWaitsBehindTheCommit() throws StoreException {
        long partition = shortWithAMessageHeld();
        sendIn(5, partition, message("a"));
        int commit = request++;
        say(new ClientFrame.Commit(commit, 5));
        int rollback = request++;
        settle(partition, 0, 5, 0);
        say(new ClientFrame.Rollback(rollback, 5));
        turn();
        assertEquals(List.of(), heard);

        room(PLENTY);
        assertTrue(heard.contains(new BrokerFrame.Done(commit)), heard.toString());
        assertTrue(heard.contains(new BrokerFrame.Done(rollback)), heard.toString());
        assertEquals(List.of("a", "held"), bodies().stream().sorted().toList());
    }

    @Test
    void aRollbackPassesAndItsSendsHaveNoEffect() throws StoreException {
        long partition = shortWithAMessageHeld();
        send(partition, message("a"));
        sendIn(5, partition, message("b"));
        send(partition, message("c"));
        say(new ClientFrame.Rollback(request, 5));
        turn();
        assertEquals(List.of(done()), heard);

        room(PLENTY);
        assertEquals(List.of("a", "c"), bodies());
        assertTrue(heard.contains(new BrokerFrame.Confirm(2, 4)), heard.toString());
    }

    @Test
    void aSendToATemporaryQueueNeedsNoRoom() throws StoreException {
        start();
        say(new ClientFrame.CreateTemporary(request++, DestinationKind.TEMPORARY_QUEUE));
        turn();
        long temporary = resolved(heard.remove(0));
        long partition = queue("q");
        room(SHORT);

        send(temporary, message("a"));
        turn();
        assertEquals(List.of(new BrokerFrame.Confirm(1, 1)), heard);

        send(partition, message("b"));
        send(temporary, message("c"));
        turn();
        assertEquals(1, heard.size(), "answers keep the order of the sends");
    }

    private static long resolved(BrokerFrame frame) {
        assertTrue(frame instanceof BrokerFrame.Resolved, frame.toString());
        return ((BrokerFrame.Resolved) frame).partition();
    }

    @Test
    void connectionsGoOnSideBySide() throws StoreException {
        long partition = shortWithAMessageHeld();
        send(partition, message("a"));
        otherSends(partition, message("b"));
        room(PLENTY);

        assertEquals(List.of("a", "b"), bodies().stream().sorted().toList());
        assertEquals(List.of(new BrokerFrame.Confirm(1, 1)), otherHeard);
    }

    @Test
    void whatWaitsIsRefusedWhenItsConnectionEnds() throws StoreException {
        long partition = shortWithAMessageHeld();
        sendIn(5, partition, message("a"));
        send(partition, message("b"));
        int commit = request++;
        say(new ClientFrame.Commit(commit, 5));

        loop.disconnect(CLIENT, true, nowMs);
        turn();

        assertRefused(heard.get(0), 2);
        assertRefused(heard.get(1), 3);
        assertEquals(
                ErrorCode.TRANSACTION_DOOMED, ((BrokerFrame.Failed) heard.get(2)).code(), "commit");
        room(PLENTY);
        assertEquals(1, loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }

    private static void assertRefused(BrokerFrame frame, long sequence) {
        BrokerFrame.Refuse refuse = (BrokerFrame.Refuse) frame;
        assertEquals(sequence, refuse.first());
        assertEquals(sequence, refuse.last());
        assertEquals(ErrorCode.NO_ROOM, refuse.code());
    }

    @Test
    void whatWaitsIsBounded() throws StoreException {
        long partition = shortWithAMessageHeld();
        String large = "x".repeat(900_000);
        for (int i = 0; i < 76; i++) {
            send(partition, message(large));
        }
        room(PLENTY);

        List<Long> refused = new ArrayList<>();
        for (BrokerFrame frame : heard) {
            if (frame instanceof BrokerFrame.Refuse refuse) {
                assertTrue(
                        refuse.detail().contains("allowed are " + HeldSends.BYTES_MAX),
                        refuse.detail());
                refused.add(refuse.first());
            }
        }
        assertEquals(List.of(76L, 77L), refused);
        assertEquals(75, loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }

    @Test
    void whoPilesUpFramesBehindACommitIsEnded() throws StoreException {
        long partition = shortWithAMessageHeld();
        sendIn(5, partition, message("a"));
        say(new ClientFrame.Commit(0, 5));
        for (int i = 1; i < HeldSends.OTHERS_MAX; i++) {
            say(new ClientFrame.Rollback(0, 5));
        }

        WireException refusal =
                assertThrows(WireException.class, () -> say(new ClientFrame.Rollback(0, 5)));
        assertEquals(ErrorCode.LIMIT_REACHED, refusal.code());
    }

    @Test
    void refusesSendsWhereThatIsAskedFor() throws StoreException {
        long partition = shortWithAMessageHeld();
        loop.whenShortOfRoom(true, RoomObserver.NONE);

        send(partition, message("a"));
        sendIn(5, partition, message("b"));
        settle(partition, request, 0, 0);
        turn();

        assertRefused(heard.get(0), 2);
        String why = ((BrokerFrame.Refuse) heard.get(0)).detail();
        assertTrue(why.contains("900 bytes left") && why.contains("keeps 1000"), why);
        assertRefused(heard.get(1), 3);
        assertEquals(done(), heard.get(2));
        say(new ClientFrame.Commit(request, 5));
        turn();
        assertEquals(ErrorCode.TRANSACTION_DOOMED, ((BrokerFrame.Failed) heard.get(3)).code());

        room(PLENTY);
        send(partition, message("c"));
        turn();
        assertEquals(List.of("c"), bodies());
    }

    @Test
    void saysWhenItBeginsAndWhenItEnds() throws StoreException {
        List<String> said = new ArrayList<>();
        RoomObserver observer =
                new RoomObserver() {
                    @Override
                    public void shortOfRoom(Room room, StoreException full, boolean refuses) {
                        said.add("short " + room.freeBytes() + " " + full + " " + refuses);
                    }

                    @Override
                    public void roomAgain(Room room) {
                        said.add("again " + room.freeBytes());
                    }

                    @Override
                    public void noticed(StoreNotice notice) {
                        said.add(notice.toString());
                    }
                };
        shortWithAMessageHeld();
        loop.whenShortOfRoom(false, observer);
        room(PLENTY);
        room(PLENTY);
        store.notices.add(new StoreNotice.SlowForce(3_000));
        room(SHORT);

        assertEquals(
                List.of(
                        "short 900 null false",
                        "again 9000",
                        "SlowForce[ms=3000]",
                        "short 900 null false"),
                said);
    }

    @Test
    void aSnapshotIsTakenSoonForItMayMakeRoom() throws StoreException {
        long partition = shortWithAMessageHeld();
        int before = store.snapshots;
        settle(partition, 0, 0, 0);
        turn();
        nowMs += SnapshotSchedule.SHORT_MS;
        assertTrue(loop.nextTimerMs() <= nowMs);
        turn();

        assertEquals(before + 1, store.snapshots);
    }

    @Test
    void aSnapshotThatFindsNoRoomIsTriedAgainLater() throws StoreException {
        start(Limits.defaults(), 500);
        long partition = queue("q");
        store.fullForSnapshots = true;
        for (int i = 0; i < 20; i++) {
            send(partition, message("n" + i));
            turn();
        }
        assertNull(loop.failure());
        assertEquals(1, store.snapshots);

        store.fullForSnapshots = false;
        nowMs = loop.nextTimerMs();
        turn();
        assertEquals(2, store.snapshots);
        assertTrue(store.bytesSinceSnapshot() < 500, store.bytesSinceSnapshot() + " bytes");
    }

    @Test
    void whatManagersHaveMovedStopsAndPurgesGoOn() throws StoreException {
        long partition = shortWithAMessageHeld();
        room(PLENTY);
        say(new ClientFrame.Detach(request, 1));
        for (int i = 0; i < 5; i++) {
            send(partition, message("m" + i));
        }
        turn();
        room(SHORT);
        heard.clear();
        Selection all = new Selection(DestinationKind.QUEUE, "q", 0, Selection.Filter.ALL);

        manage(50, new Operation.Move(all, "to"));

        BrokerFrame.Failed failed = (BrokerFrame.Failed) heard.get(0);
        assertEquals(ErrorCode.NO_ROOM, failed.code());
        assertTrue(failed.detail().contains("what is moved stays moved"), failed.detail());
        assertEquals(6, loop.core().overview().depth(DestinationKind.QUEUE, "q"));

        room(PLENTY);
        manage(51, new Operation.Move(all, "to"));
        assertEquals(5, loop.core().overview().depth(DestinationKind.QUEUE, "to"));

        room(SHORT);
        Selection moved = new Selection(DestinationKind.QUEUE, "to", 0, Selection.Filter.ALL);
        manage(52, new Operation.Purge(moved));
        assertEquals(0, loop.core().overview().depth(DestinationKind.QUEUE, "to"));
    }

    private void manage(int requestId, Operation operation) {
        loop.manage(
                CLIENT, requestId, operation, outcome -> new BrokerFrame.Done(requestId), nowMs);
        turn();
    }

    /** A client that is remembered goes on with a connection; so many it has sent before. */
    private void goOn(long connection, long resumes, long sent) {
        loop.connect(
                connection,
                new Newcomer(null, null, 5, 6, 20 + connection, true, resumes, sent + 1));
    }

    private void sendAs(long connection, long number, long partition, Message message) {
        ByteSink sink = new ByteSink(256);
        RunLayout.begin(sink, partition, 23, number);
        message.encode(sink);
        RunLayout.end(sink, 0, 1);
        loop.decide(connection, new ClientFrame.Send(0, sink.array(), 0, sink.length()), nowMs);
    }

    @Test
    void aSendThatIsGivenUpIsNotTakenForDecidedBecauseOfAKnownOneBehindIt() throws StoreException {
        start();
        long partition = queue("q");
        goOn(3, 0, 0);
        sendAs(3, 1, partition, message("a"));
        turn();
        start(); // the broker, again: what is not persistent and was sent before counts as sent
        goOn(4, 23, 3);
        room(SHORT);
        sendAs(4, 2, partition, message("b"));
        sendAs(4, 3, partition, message("c").nonPersistent());
        turn();
        loop.disconnect(4, true, nowMs);
        turn();
        room(PLENTY);
        goOn(5, 23, 3);
        sendAs(5, 2, partition, message("b"));
        sendAs(5, 3, partition, message("c").nonPersistent());
        turn();

        assertEquals(2, loop.core().overview().depth(DestinationKind.QUEUE, "q"));
    }
}
