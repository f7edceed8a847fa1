// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static javax.transaction.xa.XAException.XAER_INVAL;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_RMERR;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAException.XA_HEURCOM;
import static javax.transaction.xa.XAException.XA_HEURRB;
import static javax.transaction.xa.XAException.XA_RBCOMMFAIL;
import static javax.transaction.xa.XAException.XA_RBOTHER;
import static javax.transaction.xa.XAException.XA_RBPROTO;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAException.XA_RBTIMEOUT;
import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMJOIN;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.TMSUCCESS;

import jakarta.jms.MessageConsumer;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.wire.ErrorCode;

import java.util.ArrayList;
import java.util.List;

import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What a resource asks of the link, in which order, and what it tells a transaction manager. */
@Timeout(30)
class XaResourceTest extends XaFixture {
    @Test
    void votesReadOnlyWhereNothingWasDone() throws Exception {
        link.calls();
        resource.start(A, TMNOFLAGS);
        resource.end(A, TMSUCCESS);

        assertEquals(XAResource.XA_RDONLY, resource.prepare(A));
        resource.start(A, TMNOFLAGS);
        resource.end(A, TMSUCCESS);
        resource.commit(A, true);
        resource.start(A, TMNOFLAGS);
        resource.end(A, TMSUCCESS);
        resource.rollback(A);

        assertEquals(List.of(), link.calls());
    }

    @Test
    void preparesAndCommitsWhatWasConsumedAndSent() throws Exception {
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        resource.start(A, TMNOFLAGS);
        assertEquals("1", text(consumer.receive()));
        send(session);
        link.calls();

        resource.end(A, TMSUCCESS);
        assertEquals(XAResource.XA_OK, resource.prepare(A));
        resource.commit(A, false);

        assertEquals(
                List.of("ACCEPT 1 tx=1 [1, 1]", "prepare 1 " + A, "commit " + A), link.calls());
    }

    @Test
    void commitsInOnePhaseAsALocalTransaction() throws Exception {
        work(A);
        resource.commit(A, true);

        assertEquals(List.of("commit 1"), link.calls());
    }

    @Test
    void sessionsOfAConnectionWorkInOneTransaction() throws Exception {
        XASession other = connection.createXASession();
        assertTrue(resource.isSameRM(other.getXAResource()));
        try (XAConnection another = factory.createXAConnection()) {
            assertFalse(resource.isSameRM(another.createXASession().getXAResource()));
        }
        MessageConsumer consumer = consumer(other);
        link.deliver(1, 1, "1");
        link.deliver(1, 2, "2");
        resource.start(A, TMNOFLAGS);
        other.getXAResource().start(A, TMJOIN);
        send(session);
        assertEquals("1", text(consumer.receive()));
        resource.end(A, TMSUCCESS);
        other.getXAResource().end(A, TMSUCCESS);
        link.calls();

        resource.rollback(A);

        assertEquals(
                List.of(
                        "reset 1",
                        "rollback 1",
                        "RELEASE_UNSEEN 1 [2, 2]",
                        "drain 1 0",
                        "credit 1 4"),
                link.calls());
    }

    @Test
    void rollsBackBehindTheCreditAndBeforeWhatWaitsAlsoWhereItIsPrepared() throws Exception {
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        link.deliver(1, 2, "2");
        resource.start(A, TMNOFLAGS);
        consumer.receive();
        resource.end(A, TMSUCCESS);
        resource.prepare(A);
        link.calls();

        resource.rollback(A);

        assertEquals(
                List.of(
                        "reset 1",
                        "rollback " + A,
                        "RELEASE_UNSEEN 1 [2, 2]",
                        "drain 1 0",
                        "credit 1 4"),
                link.calls());
    }

    @Test
    void aRefusedSendDoomsItsBranch() throws Exception {
        work(A);
        work(B);
        link.answerSend(new org.taffrail.wire.WireException(ErrorCode.NO_ROOM, "full"));

        assertRefused(XA_RBROLLBACK, () -> resource.prepare(A));
        assertRefused(XAER_NOTA, () -> resource.end(A, TMSUCCESS));
        assertEquals(XAResource.XA_OK, resource.prepare(B));

        assertEquals(List.of("rollback 1", "prepare 2 " + B), link.calls());
    }

    @Test
    void anInterruptedConnectionDoomsWhatIsNotPrepared() throws Exception {
        XASession other = connection.createXASession();
        work(A);
        resource.prepare(A);
        work(B);
        BranchXid idle = new BranchXid(new org.taffrail.wire.Xid(7, new byte[] {9}, new byte[0]));
        other.getXAResource().start(idle, TMNOFLAGS);
        link.interrupt(LOSS);
        link.restore();
        link.calls();

        assertRefused(XA_RBCOMMFAIL, () -> resource.prepare(B));
        resource.commit(A, false);
        send(other);
        other.getXAResource().end(idle, TMSUCCESS);
        assertEquals(XAResource.XA_OK, resource.prepare(idle));
        assertTrue(link.calls().contains("commit " + A));
    }

    @Test
    void nothingIsDoneInABranchWhoseConnectionWasLost() throws Exception {
        MessageConsumer consumer = consumer(session);
        resource.start(A, TMNOFLAGS);
        send(session);
        link.interrupt(LOSS);
        link.restore();

        assertThrows(TransactionRolledBackException.class, () -> send(session));
        assertThrows(TransactionRolledBackException.class, consumer::receiveNoWait);
        resource.end(A, TMSUCCESS);
        assertRefused(XA_RBCOMMFAIL, () -> resource.commit(A, true));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SUCH_TRANSACTION, " + XA_RBCOMMFAIL,
        "NOT_COMMITTED, " + XA_RBCOMMFAIL,
        "TRANSACTION_DOOMED, " + XA_RBROLLBACK,
        "TRANSACTION_IDLE, " + XA_RBTIMEOUT,
        "LIMIT_REACHED, " + XA_RBOTHER,
        "DUPLICATE_BRANCH, " + XA_RBPROTO,
        "CONNECTION_LOST, " + XAER_RMFAIL,
        "STOPPING, " + XAER_RMFAIL,
        "INTERNAL, " + XAER_RMERR
    })
    void saysWhatBecameOfWhatIsNotPrepared(ErrorCode code, int xaCode) throws Exception {
        fail("prepare", code);
        fail("commit", code);
        work(A);
        work(B);

        assertRefused(xaCode, () -> resource.prepare(A));
        boolean mayBePrepared = xaCode == XAER_RMFAIL || xaCode == XAER_RMERR;
        assertEquals(mayBePrepared, link.calls().contains("rollback " + A));
        assertRefused(xaCode, () -> resource.commit(B, true));
        assertRefused(XAER_NOTA, () -> resource.end(A, TMSUCCESS));
        assertRefused(XAER_NOTA, () -> resource.end(B, TMSUCCESS));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SUCH_TRANSACTION, " + XAER_NOTA,
        "HEURISTIC_COMMIT, " + XA_HEURCOM,
        "HEURISTIC_ROLLBACK, " + XA_HEURRB,
        "CONNECTION_LOST, " + XAER_RMFAIL,
        "TIMEOUT, " + XAER_RMFAIL,
        "INTERNAL, " + XAER_RMFAIL
    })
    void saysWhatBecameOfWhatIsPrepared(ErrorCode code, int xaCode) throws Exception {
        work(A);
        resource.prepare(A);
        fail("end", code);
        fail("forget", code);
        fail("list", code);

        assertRefused(xaCode, () -> resource.commit(A, false));
        assertRefused(xaCode, () -> resource.rollback(A));
        assertRefused(xaCode, () -> resource.commit(B, false));
        assertRefused(xaCode, () -> resource.forget(B));
        assertRefused(xaCode, () -> resource.recover(TMSTARTRSCAN));
    }

    @Test
    void forgetsWhatAnOperatorHasEnded() throws Exception {
        work(A);
        resource.prepare(A);
        fail("end", ErrorCode.HEURISTIC_COMMIT);
        assertRefused(XA_HEURCOM, () -> resource.commit(A, false));
        link.calls();

        resource.forget(A);

        assertEquals(List.of("forget " + A), link.calls());
        work(A);
    }

    @Test
    void recoversAllWhereAScanStarts() throws Exception {
        connection.stop();
        link.prepared(A.name());
        link.prepared(B.name());

        assertArrayEquals(new Xid[] {A, B}, resource.recover(TMSTARTRSCAN));
        assertArrayEquals(new Xid[0], resource.recover(TMNOFLAGS));
        assertArrayEquals(new Xid[0], resource.recover(TMENDRSCAN));
        assertArrayEquals(new Xid[] {A, B}, resource.recover(TMSTARTRSCAN | TMENDRSCAN));
        resource.commit(A, false);
        resource.rollback(B);
        assertTrue(link.calls().containsAll(List.of("commit " + A, "rollback " + B)));
    }

    @Test
    void rollsBackWhatIsNotPreparedInTime() throws Exception {
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");
        assertEquals(0, resource.getTransactionTimeout());
        assertTrue(resource.setTransactionTimeout(1));
        assertEquals(1, resource.getTransactionTimeout());
        resource.start(A, TMNOFLAGS);
        consumer.receive();
        link.calls();

        List<String> calls = new ArrayList<>();
        await().until(() -> calls.addAll(link.calls()) && calls.contains("credit 1 4"));

        assertEquals(
                List.of("reset 1", "ACCEPT 1 tx=1 [1, 1]", "rollback 1", "drain 1 0", "credit 1 4"),
                calls);
        assertThrows(TransactionRolledBackException.class, () -> send(session));
        resource.end(A, TMSUCCESS);
        assertRefused(XA_RBTIMEOUT, () -> resource.prepare(A));
    }

    @Test
    void leavesWhatIsPreparedInTimeAlone() throws Exception {
        resource.setTransactionTimeout(1);
        work(A);
        resource.prepare(A);
        resource.start(B, TMNOFLAGS);
        send(session);
        link.calls();

        await().until(() -> link.calls().contains("rollback 2"));

        resource.commit(A, false);
        assertEquals(List.of("commit " + A), link.calls());
        resource.end(B, TMSUCCESS);
        resource.rollback(B);
    }

    @Test
    void noTimeIsNoTimeout() throws Exception {
        assertRefused(XAER_INVAL, () -> resource.setTransactionTimeout(-1));
        resource.setTransactionTimeout(5);
        assertTrue(resource.setTransactionTimeout(0));
        assertEquals(0, resource.getTransactionTimeout());
        work(A);
        assertEquals(XAResource.XA_OK, resource.prepare(A));
    }

    @Test
    void beginsNothingWithoutAConnection() throws Exception {
        link.lose(LOSS);

        assertRefused(XAER_RMFAIL, () -> resource.start(A, TMNOFLAGS));
        session.close();
        assertRefused(XAER_RMFAIL, () -> resource.start(A, TMNOFLAGS));
    }
}
