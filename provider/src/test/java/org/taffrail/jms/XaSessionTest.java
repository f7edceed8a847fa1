// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static javax.transaction.xa.XAResource.TMSUSPEND;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TransactionInProgressException;
import jakarta.jms.TransactionInProgressRuntimeException;
import jakarta.jms.XAJMSContext;
import jakarta.jms.XAQueueConnection;
import jakarta.jms.XATopicConnection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import javax.transaction.xa.XAResource;

/** What sessions and contexts for global transactions let an application do. */
@Timeout(30)
class XaSessionTest extends XaFixture {
    @Test
    void neitherSendsNorReceivesOutsideOfABranch() throws Exception {
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "1");

        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> send(session));
        assertTrue(refusal.getMessage().contains("not enlisted"), refusal.getMessage());
        assertThrows(IllegalStateException.class, consumer::receive);
        assertThrows(IllegalStateException.class, consumer::receiveNoWait);
        assertThrows(IllegalStateException.class, () -> consumer.setMessageListener(message -> {}));
        consumer.setMessageListener(null);
        resource.start(A, TMNOFLAGS);
        assertEquals("1", text(consumer.receive()));
        resource.end(A, TMSUSPEND);
        assertThrows(IllegalStateException.class, consumer::receiveNoWait);
    }

    @Test
    void givesAMessageBackThatComesWhenTheBranchIsLeft() throws Exception {
        MessageConsumer consumer = consumer(session);
        resource.start(A, TMNOFLAGS);
        CompletableFuture<Object> received = new CompletableFuture<>();
        Thread receiver =
                new Thread(
                        () -> {
                            try {
                                received.complete(consumer.receive());
                            } catch (JMSException e) {
                                received.completeExceptionally(e);
                            }
                        });
        receiver.start();
        await().until(() -> receiver.getState() == Thread.State.TIMED_WAITING);
        resource.end(A, TMSUCCESS);
        link.calls();

        link.deliver(1, 1, "late");

        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> received.get(10, TimeUnit.SECONDS));
        assertInstanceOf(IllegalStateException.class, failure.getCause());
        assertTrue(link.calls().contains("RELEASE_UNSEEN 1 [1, 1] confirmed"));
    }

    @Test
    void isTransactedAndEndedByItsManager() throws Exception {
        assertTrue(session.getTransacted());
        assertEquals(Session.SESSION_TRANSACTED, session.getAcknowledgeMode());
        assertThrows(TransactionInProgressException.class, session::commit);
        assertThrows(TransactionInProgressException.class, session::rollback);
        assertThrows(IllegalStateException.class, session::recover);
        assertSame(session, session.getSession());
        session.close();
        assertThrows(IllegalStateException.class, session::commit);
    }

    @Test
    void ordinarySessionsOfItsConnectionCommitThemselves() throws Exception {
        try (Session ordinary = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            link.calls();
            send(ordinary);
            ordinary.commit();
            assertEquals(List.of("resolve q", "send tx=1", "commit 1"), link.calls());
        }
    }

    @Test
    void thereAreQueueAndTopicSessionsAsWell() throws Exception {
        try (XAQueueConnection queues = factory.createXAQueueConnection();
                XATopicConnection topics = factory.createXATopicConnection()) {
            assertTrue(queues.createXAQueueSession().getQueueSession().getTransacted());
            assertTrue(topics.createXATopicSession().getTopicSession().getTransacted());
            assertFalse(queues.createQueueSession(false, 1).getTransacted());
        }
    }

    @Test
    void closingASessionRollsItsBranchBack() throws Exception {
        resource.start(A, TMNOFLAGS);
        send(session);
        link.calls();

        session.close();

        assertEquals(List.of("rollback 1"), link.calls());
        resource.end(A, TMSUCCESS);
        assertRefused(XA_RBROLLBACK, () -> resource.prepare(A));
    }

    @Test
    void closingASessionLeavesWhatItHasLeftAlone() throws Exception {
        work(A);

        session.close();

        assertEquals(XAResource.XA_OK, resource.prepare(A));
        resource.commit(A, false);
        assertEquals(List.of("prepare 1 " + A, "commit " + A), link.calls());
    }

    @Test
    void contextsAreEndedByTheirManager() throws Exception {
        try (XAJMSContext context = factory.createXAContext()) {
            link = links.get(1);
            assertSame(context, context.getContext());
            assertTrue(context.getTransacted());
            assertThrows(TransactionInProgressRuntimeException.class, context::commit);
            assertThrows(TransactionInProgressRuntimeException.class, context::rollback);
            XAResource enlisted = context.getXAResource();
            assertSame(enlisted, context.getXAResource());
            Queue queue = context.createQueue("q");
            assertThrows(
                    jakarta.jms.IllegalStateRuntimeException.class,
                    () -> context.createProducer().send(queue, "1"));
            enlisted.start(A, TMNOFLAGS);
            context.createProducer().send(queue, "1");
            enlisted.end(A, TMSUCCESS);
            enlisted.commit(A, true);
            assertTrue(link.calls().containsAll(List.of("send tx=1", "commit 1")));
            try (JMSContext ordinary = context.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
                assertFalse(ordinary.getTransacted());
                assertNull(ordinary.createConsumer(queue).receiveNoWait());
            }
        }
    }

    @Test
    void anOlderBrokerGivesNoConnection() {
        TaffrailConnectionFactory old =
                new TaffrailConnectionFactory(
                        "taffrail://localhost",
                        (url, listener) -> {
                            RecordingLink made = new RecordingLink(listener).withoutBranches();
                            links.add(made);
                            return made;
                        });

        JMSException refusal = assertThrows(JMSException.class, old::createXAConnection);

        assertEquals(ErrorCode.NOT_SUPPORTED.name(), refusal.getErrorCode());
        assertEquals(List.of("open", "close"), links.get(1).calls());
        assertInstanceOf(WireException.class, refusal.getCause());
    }
}
