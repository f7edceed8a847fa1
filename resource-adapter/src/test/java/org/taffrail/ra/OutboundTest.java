// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TopicConnectionFactory;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.security.PasswordCredential;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/** Connections that applications have of their server. */
class OutboundTest extends AdapterFixture {
    private TaffrailManagedConnectionFactory managed;
    private FakePool pool;
    private ConnectionFactory factory;

    @BeforeEach
    void configure() throws ResourceException {
        managed = new TaffrailManagedConnectionFactory();
        managed.setResourceAdapter(adapter);
        pool = new FakePool();
        factory = (ConnectionFactory) managed.createConnectionFactory(pool);
    }

    @AfterEach
    void destroy() throws ResourceException {
        pool.destroyAll();
    }

    private String received() {
        try (JMSContext other = client.createContext()) {
            return other.createConsumer(other.createQueue("q")).receiveBodyNoWait(String.class);
        }
    }

    private static void send(Session session, String text) throws JMSException {
        session.createProducer(session.createQueue("q")).send(session.createTextMessage(text));
    }

    // ---- transactions

    @Test
    void sendsInTheTransactionOfTheServerWhateverTheSessionWasAskedFor() throws Exception {
        pool.begin();
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            assertTrue(session.getTransacted());
            send(session, "1");
            assertThrows(IllegalStateException.class, session::commit);
        }
        assertNull(received());
        pool.end(true);
        assertEquals("1", received());
    }

    @Test
    void receivesInTheTransactionOfTheServer() throws Exception {
        send(context.createQueue("q"), "1");
        pool.begin();
        try (JMSContext inside = factory.createContext()) {
            assertEquals(
                    "1",
                    inside.createConsumer(inside.createQueue("q"))
                            .receiveBody(String.class, 10_000));
            inside.createProducer().send(inside.createQueue("answers"), "2");
        }
        pool.end(false);

        assertEquals(0, waiting("answers"));
        assertEquals("1", received());
    }

    @Test
    void aConnectionThatIsKeptIsInTheTransactionInWhichItsSessionIsMade() throws Exception {
        try (Connection kept = factory.createConnection()) {
            pool.begin();
            try (Session session = kept.createSession()) {
                send(session, "1");
            }
            pool.end(false);
            assertNull(received());
            try (Session session = kept.createSession()) {
                send(session, "2");
            }
        }
        assertEquals("2", received());
    }

    @Test
    void aHandleFollowsItsConnectionIntoATransactionAndOut() throws Exception {
        ManagedConnection connection = managed.createManagedConnection(null, null);
        XAResource resource = connection.getXAResource();
        ConnectionFactory single =
                (ConnectionFactory) managed.createConnectionFactory(new One(connection));
        try (JMSContext handle = single.createContext()) {
            var producer = handle.createProducer().setPriority(7).setProperty("kept", true);
            var queue = handle.createQueue("q");
            producer.send(queue, "before");
            FakeBeans.Name xid = FakeBeans.Name.next();
            resource.start(xid, XAResource.TMNOFLAGS);
            producer.send(queue, "inside");
            resource.end(xid, XAResource.TMSUCCESS);
            producer.send(queue, "after");
            resource.rollback(xid);
            var consumer = handle.createConsumer(queue);
            Message first = consumer.receive(10_000);
            assertEquals("before", first.getBody(String.class));
            assertEquals(7, first.getJMSPriority());
            assertTrue(first.getBooleanProperty("kept"));
            assertEquals("after", consumer.receiveBody(String.class, 10_000));
            assertNull(consumer.receiveNoWait());
        }
        connection.destroy();
    }

    /** A connection manager with one connection. */
    private record One(ManagedConnection connection)
            implements jakarta.resource.spi.ConnectionManager {
        @Override
        public Object allocateConnection(
                jakarta.resource.spi.ManagedConnectionFactory factory,
                jakarta.resource.spi.ConnectionRequestInfo info)
                throws ResourceException {
            return connection.getConnection(null, info);
        }
    }

    @Test
    void localTransactionsOfTheServerCommitAndRollBack() throws Exception {
        ManagedConnection connection = managed.createManagedConnection(null, null);
        LocalTransaction local = connection.getLocalTransaction();
        ConnectionFactory single =
                (ConnectionFactory) managed.createConnectionFactory(new One(connection));
        assertThrows(ResourceException.class, local::commit);
        try (Connection handle = single.createConnection();
                Session session = handle.createSession()) {
            local.begin();
            assertThrows(ResourceException.class, local::begin);
            send(session, "1");
            local.rollback();
            local.begin();
            send(session, "2");
            assertNull(received());
            local.commit();
            assertEquals("2", received());
        }
        local.begin();
        connection.cleanup();
        assertThrows(ResourceException.class, local::commit);
        connection.destroy();
    }

    @Test
    void isSameResourceManagerOnlyOverOneConnection() throws Exception {
        ManagedConnection one = managed.createManagedConnection(null, null);
        ManagedConnection other = managed.createManagedConnection(null, null);
        assertTrue(one.getXAResource().isSameRM(one.getXAResource()));
        assertFalse(one.getXAResource().isSameRM(other.getXAResource()));
        one.destroy();
        other.destroy();
    }

    // ---- the rules of a server

    @Test
    void withoutATransactionModesAreWhatTheSpecificationRecommends() throws Exception {
        try (Connection connection = factory.createConnection()) {
            for (int mode :
                    List.of(
                            Session.AUTO_ACKNOWLEDGE,
                            Session.CLIENT_ACKNOWLEDGE,
                            Session.SESSION_TRANSACTED)) {
                try (Session session = connection.createSession(mode)) {
                    assertEquals(Session.AUTO_ACKNOWLEDGE, session.getAcknowledgeMode());
                    assertFalse(session.getTransacted());
                }
            }
            try (Session session = connection.createSession(Session.DUPS_OK_ACKNOWLEDGE)) {
                assertEquals(Session.DUPS_OK_ACKNOWLEDGE, session.getAcknowledgeMode());
            }
            assertThrows(JMSException.class, () -> connection.createSession(42));
        }
    }

    @Test
    void refusesWhatIsTheServersToDo() throws Exception {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession();
                JMSContext handle = factory.createContext()) {
            assertThrows(IllegalStateException.class, () -> connection.setClientID("c"));
            assertThrows(IllegalStateException.class, connection::stop);
            assertThrows(
                    IllegalStateException.class, () -> connection.setExceptionListener(e -> {}));
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            connection.createConnectionConsumer(
                                    session.createQueue("q"), "", null, 1));
            assertThrows(IllegalStateException.class, () -> session.setMessageListener(m -> {}));
            MessageConsumer consumer = session.createConsumer(session.createQueue("q"));
            assertThrows(IllegalStateException.class, () -> consumer.setMessageListener(m -> {}));
            assertThrows(IllegalStateRuntimeException.class, () -> handle.setClientID("c"));
            assertThrows(IllegalStateRuntimeException.class, handle::stop);
            assertThrows(IllegalStateRuntimeException.class, handle::acknowledge);
            assertThrows(IllegalStateRuntimeException.class, handle::commit);
        }
    }

    @Test
    void domainsKeepToThemselves() throws Exception {
        assertTrue(factory instanceof TopicConnectionFactory);
        try (QueueConnection connection =
                        ((QueueConnectionFactory) factory).createQueueConnection();
                QueueSession session =
                        connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE)) {
            assertNotNull(session.createSender(session.createQueue("q")));
            assertThrows(IllegalStateException.class, () -> session.createTopic("t"));
            assertThrows(IllegalStateException.class, session::createTemporaryTopic);
        }
    }

    // ---- the pool

    @Test
    void aClosedHandleGoesBackToThePoolAndIsOfNoUse() throws Exception {
        Connection connection = factory.createConnection();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        Message message = session.createMessage();
        connection.close();

        assertThrows(IllegalStateException.class, () -> producer.send(message));
        assertThrows(IllegalStateException.class, session::createMessage);
        assertThrows(IllegalStateException.class, connection::createSession);
        session.close();
        connection.close();
        try (JMSContext next = factory.createContext()) {
            assertNotNull(next.getMetaData());
        }
        assertEquals(1, pool.made);
        assertEquals(1, pool.free.size());
    }

    @Test
    void cleanupInvalidatesHandlesAndGivesBackWhatWasSentAhead() throws Exception {
        send(context.createQueue("q"), "1", "2");
        ManagedConnection connection = managed.createManagedConnection(null, null);
        ConnectionFactory single =
                (ConnectionFactory) managed.createConnectionFactory(new One(connection));
        JMSContext handle = single.createContext();
        var consumer = handle.createConsumer(handle.createQueue("q"));
        assertEquals("1", consumer.receiveBody(String.class, 10_000));

        connection.cleanup();

        assertThrows(IllegalStateRuntimeException.class, consumer::receiveNoWait);
        assertEquals("2", received());
        connection.destroy();
    }

    @Test
    void matchesByWhoAsks() throws Exception {
        Subject subject = new Subject();
        PasswordCredential credential = new PasswordCredential("billing", "secret".toCharArray());
        credential.setManagedConnectionFactory(managed);
        subject.getPrivateCredentials().add(credential);
        ManagedConnection anybody = managed.createManagedConnection(null, null);
        ManagedConnection billing = managed.createManagedConnection(subject, null);
        Set<ManagedConnection> both = Set.of(anybody, billing);

        assertEquals(billing, managed.matchManagedConnections(both, subject, null));
        assertEquals(anybody, managed.matchManagedConnections(both, null, null));
        assertNull(managed.matchManagedConnections(Set.of(anybody), subject, null));
        assertEquals("billing", billing.getMetaData().getUserName());
        assertEquals("Taffrail", anybody.getMetaData().getEISProductName());
        anybody.destroy();
        billing.destroy();
    }

    @Test
    void reportsALostConnectionToThePool() throws Exception {
        factory.createContext().close();
        ManagedConnection pooled = pool.free.iterator().next();

        client.stopEmbeddedBroker();

        await().until(() -> pool.errors.size() == 1);
        assertEquals(Set.of(pooled), managed.getInvalidConnections(pool.free));
        assertNull(managed.matchManagedConnections(pool.free, null, null));
        context.close();
        context = client.createContext();
    }

    // ---- what else there is

    @Test
    void temporaryQueuesEndWithTheConnection() throws Exception {
        TemporaryQueue answers;
        try (Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession();
            answers = session.createTemporaryQueue();
            send(answers, "answer");
            MessageConsumer consumer = session.createConsumer(answers);
            assertEquals("answer", consumer.receive(10_000).getBody(String.class));
        }
        assertThrows(
                jakarta.jms.JMSRuntimeException.class,
                () -> context.createProducer().send(answers, "late"));
    }

    @Test
    void knowsTheServersDestinations() {
        QueueObject queue = new QueueObject();
        queue.setPhysicalName("q");
        try (JMSContext handle = factory.createContext()) {
            handle.createProducer().setJMSReplyTo(queue).send(queue, "1");
        }
        assertEquals("1", received());
    }

    @Test
    void isForUseWithoutAServerToo() throws Exception {
        ConnectionFactory own = (ConnectionFactory) managed.createConnectionFactory();
        try (Connection connection = own.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            send(session, "1");
            assertNull(received());
            session.commit();
        }
        assertEquals("1", received());
    }
}
