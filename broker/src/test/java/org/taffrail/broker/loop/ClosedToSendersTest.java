// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.core.Operation;
import org.taffrail.broker.core.Selection;
import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice.Room;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** What is sent to a closed destination waits; nothing else does. */
class ClosedToSendersTest extends LoopRig {
    private static final Room SHORT = new Room(true, 900, 1_000);
    private static final Room PLENTY = new Room(false, 9_000, 1_000);

    private long closed;
    private long open;

    @BeforeEach
    void makeQueues() throws StoreException {
        start();
        closed = queue("in.a");
        open = queue("out");
        consume(11, "in.a");
        consume(12, "out");
        turn();
        heard.clear();
        loop.closures().close(pattern("in.*"));
    }

    private static DestinationPattern pattern(String text) {
        return DestinationPattern.of(Scope.QUEUE, text);
    }

    private void reopen() {
        loop.closures().open(pattern("in.*"));
        turn();
    }

    private void settle(long partition, long transaction, long offset) {
        ClientFrame.Settle settle =
                new ClientFrame.Settle(
                        request++,
                        transaction,
                        partition == closed ? 11 : 12,
                        Verb.ACCEPT,
                        partition,
                        new long[] {offset, offset});
        say(settle);
    }

    @Test
    void whatIsSentWaitsAndGoesOnInItsOrder() {
        send(closed, message("a"));
        send(closed, message("b").nonPersistent());
        sendIn(5, closed, message("c"));
        int commit = request++;
        say(new ClientFrame.Commit(commit, 5));
        turn();
        assertEquals(List.of(), heard);
        assertTrue(loop.figures().heldBytes() > 0);

        reopen();
        assertEquals(List.of("a", "b", "c"), bodies());
        assertTrue(heard.contains(new BrokerFrame.Done(commit)), heard.toString());
        assertEquals(0, loop.figures().heldBytes());
    }

    @Test
    void otherDestinationsAreOpen() {
        send(open, message("x"));
        otherSends(closed, message("a"));
        send(open, message("y"));
        turn();
        assertEquals(List.of("x", "y"), bodies());
        assertEquals(List.of(), otherHeard);

        reopen();
        assertEquals(List.of("x", "y", "a"), bodies());
    }

    @Test
    void aConnectionsSendsKeepTheirOrderAcrossDestinations() {
        send(closed, message("a"));
        send(open, message("x"));
        turn();
        assertEquals(List.of(), heard, "x would overtake a");

        reopen();
        assertEquals(List.of("a", "x"), bodies());
    }

    @Test
    void whatWasThereIsConsumed() {
        reopen();
        send(closed, message("a"));
        turn();
        assertEquals(List.of("a"), bodies());
        loop.closures().close(pattern("in.a"));
        heard.clear();

        otherSends(closed, message("b"));
        settle(closed, 7, 0);
        sendIn(7, open, message("done with a"));
        say(new ClientFrame.Commit(request++, 7));
        turn();

        assertEquals(List.of("done with a"), bodies());
        assertEquals(0, loop.core().overview().depth(DestinationKind.QUEUE, "in.a"));
        loop.closures().open(pattern("in.a"));
        turn();
        assertEquals(1, loop.core().overview().depth(DestinationKind.QUEUE, "in.a"));
    }

    @Test
    void aRollbackPassesAndLetsGoOnWhatWaitedBehindIt() {
        sendIn(5, closed, message("a"));
        send(open, message("x"));
        say(new ClientFrame.Rollback(request++, 5));
        turn();
        assertEquals(List.of("x"), bodies());

        reopen();
        assertEquals(List.of("x"), bodies());
    }

    @Test
    void whatIsClosedTwiceIsOpenedTwice() {
        assertFalse(loop.closures().close(pattern("in.*")));
        assertTrue(loop.closures().close(pattern("in.a")));
        send(closed, message("a"));
        reopen();
        assertEquals(List.of(), heard);

        assertFalse(loop.closures().open(pattern("in.*")));
        assertEquals(0, loop.closures().openAll(DestinationKind.TOPIC));
        assertEquals(1, loop.closures().openAll(DestinationKind.QUEUE));
        assertTrue(loop.closures().isEmpty());
        turn();
        assertEquals(List.of("a"), bodies());
    }

    @Test
    void closedAndShortOfRoomAtOnceItWaitsForBoth() {
        store.notices.add(SHORT);
        turn();
        send(closed, message("a"));
        reopen();
        assertEquals(List.of(), heard);
        loop.closures().close(pattern("#"));
        store.notices.add(PLENTY);
        turn();
        assertEquals(List.of(), heard);

        loop.closures().openAll(DestinationKind.QUEUE);
        turn();
        assertEquals(List.of("a"), bodies());
    }

    @Test
    void managersMoveIntoWhatIsClosed() {
        long spare = queue("parked");
        otherSends(spare, message("p"));
        turn();
        heard.clear();
        Selection all = new Selection(DestinationKind.QUEUE, "parked", 0, Selection.Filter.ALL);

        loop.manage(
                CLIENT,
                99,
                new Operation.Move(all, "in.a"),
                outcome -> new BrokerFrame.Done(99),
                nowMs);
        turn();

        assertEquals(List.of("p"), bodies());
    }

    @Test
    void whatWaitsForADestinationThatIsDeletedIsRefused() {
        send(closed, message("a"));
        turn();
        loop.manage(
                OTHER,
                99,
                new Operation.Delete(DestinationKind.QUEUE, "in.a", true),
                outcome -> new BrokerFrame.Done(99),
                nowMs);
        turn();

        BrokerFrame.Refuse refuse =
                heard.stream()
                        .filter(BrokerFrame.Refuse.class::isInstance)
                        .map(BrokerFrame.Refuse.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals(ErrorCode.NO_SUCH_DESTINATION, refuse.code());
    }

    @Test
    void repliesGoOn() {
        long replies = temporaryQueue();
        loop.closures().close(pattern("#"));

        otherSends(replies, message("reply"));
        turn();

        assertEquals(List.of("reply"), bodies());
    }

    @Test
    void anotherLoopGoesOnWithWhatIsClosed() throws StoreException {
        Closures closures = loop.closures();
        start();
        loop.closures(closures);

        send(closed, message("a"));
        turn();
        assertEquals(List.of(), heard);
        assertEquals(0, loop.core().overview().depth(DestinationKind.QUEUE, "in.a"));
        reopen();
        assertEquals(1, loop.core().overview().depth(DestinationKind.QUEUE, "in.a"));
    }

    @Test
    void whatWaitsIsRefusedWhenItsConnectionEnds() {
        send(closed, message("a"));
        loop.disconnect(CLIENT, true, nowMs);
        turn();

        BrokerFrame.Refuse refuse = (BrokerFrame.Refuse) heard.get(0);
        assertEquals(ErrorCode.DESTINATION_CLOSED, refuse.code());
        reopen();
        assertEquals(0, loop.core().overview().depth(DestinationKind.QUEUE, "in.a"));
    }

    @Test
    void patternsAreBounded() {
        Closures closures = new Closures();
        for (int i = 0; i < Closures.MAX; i++) {
            closures.close(pattern("q" + i));
        }
        assertFalse(closures.close(pattern("q0")));
        WireException refusal =
                assertThrows(WireException.class, () -> closures.close(pattern("one.more")));
        assertEquals(ErrorCode.LIMIT_REACHED, refusal.code());
        assertTrue(closures.closes(DestinationKind.QUEUE, "q999"));
        assertFalse(closures.closes(DestinationKind.TOPIC, "q999"));
    }
}
