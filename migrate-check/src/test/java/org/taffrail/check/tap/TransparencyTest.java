// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.ServerSession;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XASession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorded;
import org.taffrail.check.record.Recorder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Hashtable;
import java.util.Set;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What an application gets through the recorder is what it gets without. */
class TransparencyTest {
    private final Recorder recorder = new Recorder();
    private ConnectionFactory real;
    private ConnectionFactory factory;
    private Connection connection;

    @BeforeEach
    void open() throws NamingException, JMSException {
        Hashtable<String, String> jndi = new Hashtable<>();
        jndi.put(
                "java.naming.factory.initial",
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        jndi.put("connectionFactory.F", "taffrail:embedded?name=transparency");
        real = (ConnectionFactory) new InitialContext(jndi).lookup("F");
        factory = (ConnectionFactory) Taps.factory(real, recorder);
        connection = factory.createConnection();
        connection.start();
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
    }

    private FakeFactory fake() throws JMSException {
        return new FakeFactory(new FakeConnection(real.createConnection()), "one");
    }

    @Test
    void hasTheInterfacesOfWhatIsBehind() throws JMSException {
        // given
        FakeFactory behind = fake();

        // when
        Object wrapped = Taps.factory(behind, recorder);

        // then
        assertEquals("special one", assertInstanceOf(VendorThing.class, wrapped).special());
        assertInstanceOf(ConnectionFactory.class, wrapped);
        assertFalse(wrapped instanceof QueueConnectionFactory);
        assertFalse(wrapped instanceof XAConnectionFactory);
        assertFalse(wrapped instanceof NotPublic);
        assertInstanceOf(QueueConnectionFactory.class, factory);
        assertInstanceOf(TopicConnectionFactory.class, factory);
        assertInstanceOf(XAConnectionFactory.class, factory);
    }

    @Test
    void plainSessionsAreNotXaSessions() throws JMSException {
        assertFalse(connection.createSession() instanceof XASession);
        try (XAConnection xa = ((XAConnectionFactory) factory).createXAConnection()) {
            assertInstanceOf(XASession.class, xa.createXASession());
        }
    }

    @Test
    void wrapsOnce() {
        assertSame(factory, Taps.factory(factory, recorder));
    }

    @Test
    void throwsTheVeryExceptionThatTheProviderThrows() throws JMSException {
        FakeFactory behind = fake();
        ConnectionFactory wrapped = (ConnectionFactory) Taps.factory(behind, recorder);
        for (Throwable thrown :
                Set.of(
                        new JMSException("checked"),
                        new IllegalStateException("unchecked"),
                        new AssertionError("an error"))) {
            // when
            behind.thrown = thrown;
            Throwable seen = assertThrows(Throwable.class, wrapped::createConnection);

            // then
            assertSame(thrown, seen);
        }
        assertEquals(
                1,
                Recorded.count(
                        recorder,
                        Feature.EXCEPTION,
                        "ConnectionFactory.createConnection " + JMSException.class.getName()));
    }

    @Test
    void isEqualToWhatIsEqualBehind() throws JMSException {
        Object one = Taps.factory(fake(), recorder);
        Object same = Taps.factory(fake(), recorder);
        Object other = Taps.factory(new FakeFactory(null, "other"), recorder);

        assertEquals(one, one);
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertFalse(one.equals(other));
        assertFalse(one.equals(null));
        assertEquals("FakeFactory one", one.toString());
    }

    @Test
    void isSerializedAsWhatIsBehind() throws JMSException, IOException, ClassNotFoundException {
        Object wrapped = Taps.factory(fake(), recorder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(wrapped);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Object read = in.readObject();

            assertNotSame(wrapped, read);
            assertEquals(wrapped, read);
            assertInstanceOf(FakeFactory.class, Taps.unwrapped(read));
            assertNotSame(read, Taps.unwrapped(read));
        }
    }

    @Test
    void whatCanNotBeSerializedCanNotBeThroughAProxyEither() throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(connection));
        }
    }

    @Test
    void asksTheProviderNothingBeforeTheFirstSession() throws JMSException {
        // given a connection that takes no client id after another call
        FakeConnection behind = new FakeConnection(real.createConnection());
        ConnectionFactory wrapped =
                (ConnectionFactory) Taps.factory(new FakeFactory(behind, "late"), recorder);

        // when
        Connection seen = wrapped.createConnection();
        seen.setClientID("me");
        seen.createSession();
        seen.createSession();
        seen.close();

        // then
        assertEquals(
                "[setClientID, createSession, getMetaData, createSession, close]",
                behind.calls().toString());
    }

    @Test
    void givesTheProviderItsOwnSessionsOfAServersPool() throws JMSException {
        FakeConnection behind = new FakeConnection(real.createConnection());
        Connection seen =
                ((ConnectionFactory) Taps.factory(new FakeFactory(behind, "pool"), recorder))
                        .createConnection();
        Session pooled = seen.createSession();

        seen.createConnectionConsumer(
                pooled.createQueue("q"),
                null,
                () ->
                        new ServerSession() {
                            @Override
                            public Session getSession() {
                                return pooled;
                            }

                            @Override
                            public void start() {}
                        },
                1);

        assertSame(Taps.unwrapped(pooled), behind.pool().getServerSession().getSession());
        assertNotSame(pooled, Taps.unwrapped(pooled));
        seen.close();
    }

    @Test
    void givesBackTheListenerThatWasSet() throws JMSException {
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(session.createQueue("listened"));
        MessageListener listener = message -> {};

        consumer.setMessageListener(listener);
        assertSame(listener, consumer.getMessageListener());
        consumer.setMessageListener(null);
        assertNull(consumer.getMessageListener());
    }

    @Test
    void chainsOnTheSameProducer() {
        try (JMSContext context = factory.createContext()) {
            JMSProducer producer = context.createProducer();
            assertSame(producer, producer.setPriority(7).setProperty("a", 1));
            assertSame(producer, producer.send(context.createQueue("chained"), "text"));
            assertEquals(7, producer.getPriority());
        }
    }

    @Test
    void messagesAndDestinationsAreTheProvidersOwn() throws JMSException {
        Session session = connection.createSession();
        Queue queue = session.createQueue("own");
        Message message = session.createTextMessage("x");

        assertSame(queue, Taps.unwrapped(queue));
        assertSame(message, Taps.unwrapped(message));
        try (MessageProducer producer = session.createProducer(queue)) {
            assertSame(queue, producer.getDestination());
        }
    }

    @Test
    void aResourceStaysTheSameAndKnowsOthers()
            throws JMSException, javax.transaction.xa.XAException {
        try (XAConnection xa = ((XAConnectionFactory) factory).createXAConnection()) {
            XASession one = xa.createXASession();
            XASession other = xa.createXASession();
            XAResource resource = one.getXAResource();

            assertSame(resource, one.getXAResource());
            assertFalse(
                    resource instanceof Serializable,
                    "a transaction manager would write it to its log");
            assertEquals(resource, Taps.unwrapped(resource));
            assertTrue(resource.isSameRM(other.getXAResource()));

            // when
            Xid xid = new TestXid();
            resource.start(xid, XAResource.TMNOFLAGS);
            Queue queue = one.createQueue("xa");
            one.createProducer(queue).send(one.createTextMessage("once"));
            resource.end(xid, XAResource.TMSUCCESS);
            assertEquals(XAResource.XA_OK, resource.prepare(xid));
            resource.commit(xid, false);

            // then
            Session session = connection.createSession();
            TextMessage received = (TextMessage) session.createConsumer(queue).receive(10_000);
            assertEquals("once", received.getText());
            assertEquals(1, Recorded.count(recorder, Feature.XA_PREPARE, ""));
            assertEquals(1, Recorded.count(recorder, Feature.XA_COMMIT, "two-phase"));
            assertEquals(2, Recorded.count(recorder, Feature.SESSION, "xa"));
        }
    }

    @Test
    void aMessageThatCannotBeLookedAtIsSentAllTheSame() throws JMSException {
        Session session = connection.createSession();
        Queue queue = session.createQueue("odd");
        MessageProducer producer = session.createProducer(queue);

        producer.send(new OddMessage(session.createTextMessage("odd")).proxy());

        assertEquals(
                "odd", ((TextMessage) session.createConsumer(queue).receive(10_000)).getText());
        assertEquals(
                1,
                Recorded.count(recorder, Feature.NOT_RECORDED, "java.lang.IllegalStateException"));
    }

    @Test
    void nullsGoThrough() throws JMSException {
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(null);

        assertThrows(
                UnsupportedOperationException.class,
                () -> producer.send(session.createTextMessage()));
        assertThrows(JMSException.class, () -> producer.send(session.createQueue("nulls"), null));
        assertThrows(JMSException.class, () -> session.createConsumer(null));
    }
}
