// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMJOIN;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.TMSUCCESS;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XAJMSContext;
import jakarta.jms.XASession;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Branches of global transactions (Jakarta Messaging 11.4, X/Open XA), which the test manages. */
class GlobalTransactionTest extends ClientTest {
    private static final Xid A = new Name(new byte[] {1}, new byte[] {1});
    private static final Xid B = new Name(new byte[] {1}, new byte[] {2});

    private XAConnection connection;
    private XASession session;
    private XAResource resource;
    private Queue queue;

    private record Name(byte[] global, byte[] qualifier) implements Xid {
        @Override
        public int getFormatId() {
            return 4711;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return global;
        }

        @Override
        public byte[] getBranchQualifier() {
            return qualifier;
        }

        /** Tells whether another has the same parts, whoever has made it. */
        boolean isSame(Xid other) {
            return other.getFormatId() == getFormatId()
                    && Arrays.equals(global, other.getGlobalTransactionId())
                    && Arrays.equals(qualifier, other.getBranchQualifier());
        }
    }

    @BeforeEach
    void connectForXa() throws JMSException {
        connection = closing(factory().createXAConnection());
        connection.start();
        session = connection.createXASession();
        resource = session.getXAResource();
        queue = queue(session);
    }

    private interface Work {
        void run() throws JMSException;
    }

    /** Works in a branch. */
    private void work(Xid xid, Work work) throws JMSException, XAException {
        resource.start(xid, TMNOFLAGS);
        work.run();
        resource.end(xid, TMSUCCESS);
    }

    private void send(Session in, String text) throws JMSException {
        in.createProducer(queue).send(in.createTextMessage(text));
    }

    private MessageConsumer witness() throws JMSException {
        return started().createSession().createConsumer(queue);
    }

    private static void assertRefused(int xaCode, XAException failure) {
        assertEquals(xaCode, failure.errorCode, failure::getMessage);
    }

    @Test
    void showsSendsOnlyAfterTheSecondPhase() throws Exception {
        MessageConsumer witness = witness();
        work(A, () -> send(session, "1"));
        assertNull(witness.receiveNoWait());
        assertEquals(XAResource.XA_OK, resource.prepare(A));
        assertNull(witness.receiveNoWait());

        resource.commit(A, false);

        assertEquals("1", text(witness.receive(PATIENCE_MS)));
        assertRefused(
                XAException.XAER_NOTA,
                assertThrows(XAException.class, () -> resource.commit(A, false)));
    }

    @Test
    void commitsInOnePhase() throws Exception {
        send(queue, "1");
        MessageConsumer consumer = session.createConsumer(queue);
        work(A, () -> assertEquals("1", text(consumer.receive(PATIENCE_MS))));
        resource.commit(A, true);
        consumer.close();

        assertNull(witness().receiveNoWait());
    }

    @Test
    void redeliversInOrderAfterRollback() throws Exception {
        send(queue, "1", "2", "3", "4");
        MessageConsumer consumer = session.createConsumer(queue);
        work(A, () -> assertEquals(List.of("1", "2"), texts(consumer, 2)));
        resource.rollback(A);
        work(
                A,
                () -> {
                    assertDelivered(consumer.receive(PATIENCE_MS), "1", 2);
                    assertDelivered(consumer.receive(PATIENCE_MS), "2", 2);
                });
        assertEquals(XAResource.XA_OK, resource.prepare(A));
        resource.rollback(A);

        work(
                A,
                () -> {
                    assertDelivered(consumer.receive(PATIENCE_MS), "1", 3);
                    assertDelivered(consumer.receive(PATIENCE_MS), "2", 3);
                    assertDelivered(consumer.receive(PATIENCE_MS), "3", 1);
                });
        resource.commit(A, true);
        work(A, () -> assertDelivered(consumer.receive(PATIENCE_MS), "4", 1));
        resource.commit(A, true);
    }

    @Test
    void sessionsOfAConnectionWorkInOneBranch() throws Exception {
        send(queue, "1", "2");
        XASession other = connection.createXASession();
        MessageConsumer consumer = other.createConsumer(queue);
        resource.start(A, TMNOFLAGS);
        other.getXAResource().start(A, TMJOIN);
        assertEquals(List.of("1"), texts(consumer, 1));
        send(session, "3");
        resource.end(A, TMSUCCESS);
        other.getXAResource().end(A, TMSUCCESS);

        resource.rollback(A);

        other.getXAResource().start(A, TMNOFLAGS);
        assertDelivered(consumer.receive(PATIENCE_MS), "1", 2);
        assertDelivered(consumer.receive(PATIENCE_MS), "2", 1);
        assertNull(consumer.receiveNoWait());
        other.getXAResource().end(A, TMSUCCESS);
        resource.commit(A, true);
    }

    @Test
    void anotherConnectionEndsWhatIsPrepared() throws Exception {
        send(queue, "1");
        MessageConsumer consumer = session.createConsumer(queue);
        work(
                A,
                () -> {
                    consumer.receive(PATIENCE_MS);
                    send(session, "2");
                });
        resource.prepare(A);
        work(B, () -> send(session, "3"));
        resource.prepare(B);
        connection.close();
        MessageConsumer witness = witness();
        assertNull(witness.receiveNoWait());

        XAConnection other = closing(factory().createXAConnection());
        XAResource recovering = other.createXASession().getXAResource();
        Xid[] found = recovering.recover(TMSTARTRSCAN | TMENDRSCAN);
        assertEquals(2, found.length);
        for (Xid xid : found) {
            if (((Name) A).isSame(xid)) {
                recovering.commit(xid, false);
            } else {
                recovering.rollback(xid);
            }
        }

        assertEquals("2", text(witness.receive(PATIENCE_MS)));
        assertNull(witness.receiveNoWait());
        assertEquals(0, recovering.recover(TMSTARTRSCAN | TMENDRSCAN).length);
    }

    @Test
    void namesABranchOnce() throws Exception {
        work(A, () -> send(session, "1"));
        resource.prepare(A);
        XAConnection other = closing(factory().createXAConnection());
        XASession second = other.createXASession();
        second.getXAResource().start(A, TMNOFLAGS);
        send(second, "2");
        second.getXAResource().end(A, TMSUCCESS);

        assertRefused(
                XAException.XA_RBPROTO,
                assertThrows(XAException.class, () -> second.getXAResource().prepare(A)));
        resource.commit(A, false);

        MessageConsumer witness = witness();
        assertEquals("1", text(witness.receive(PATIENCE_MS)));
        assertNull(witness.receiveNoWait());
    }

    @Test
    void closingAConnectionRollsBackWhatIsNotPrepared() throws Exception {
        send(queue, "1");
        MessageConsumer consumer = session.createConsumer(queue);
        resource.start(A, TMNOFLAGS);
        consumer.receive(PATIENCE_MS);
        send(session, "2");

        connection.close();

        MessageConsumer witness = witness();
        assertDelivered(witness.receive(PATIENCE_MS), "1", 2);
        assertNull(witness.receiveNoWait());
    }

    @Test
    void rollsBackWhatIsNotPreparedInTime() throws Exception {
        send(queue, "1");
        MessageConsumer consumer = session.createConsumer(queue);
        resource.setTransactionTimeout(1);
        resource.start(A, TMNOFLAGS);
        assertDelivered(consumer.receive(PATIENCE_MS), "1", 1);
        Session other = started().createSession();

        assertDelivered(other.createConsumer(queue).receive(PATIENCE_MS), "1", 2);
        resource.end(A, TMSUCCESS);
        assertRefused(
                XAException.XA_RBTIMEOUT,
                assertThrows(XAException.class, () -> resource.prepare(A)));
    }

    @Test
    void contextsTakePart() throws Exception {
        try (XAJMSContext context = factory().createXAContext()) {
            XAResource enlisted = context.getXAResource();
            enlisted.start(A, TMNOFLAGS);
            context.createProducer().send(queue, "1");
            enlisted.end(A, TMSUCCESS);
            enlisted.prepare(A);
        }
        resource.commit(A, false);

        assertEquals("1", text(witness().receive(PATIENCE_MS)));
    }
}
