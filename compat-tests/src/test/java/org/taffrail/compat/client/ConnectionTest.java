// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The life of connections, and of what they made (Jakarta Messaging 6.1). */
class ConnectionTest extends ClientTest {
    private static void assertIllegal(Executable... calls) {
        for (int i = 0; i < calls.length; i++) {
            assertThrows(IllegalStateException.class, calls[i], "call " + i);
        }
    }

    @Test
    void holdsNothingBackWhileNotStarted() throws Exception {
        Session idle = connect().createSession();
        Queue queue = queue(idle);
        idle.createConsumer(queue);
        send(queue, "1", "2");

        MessageConsumer other = started().createSession().createConsumer(queue);

        assertEquals(List.of("1", "2"), texts(other, 2));
    }

    @Test
    void aWrongOptionIsRefusedWhenItIsSetWhoeverItIsFor() {
        List<String> wrong = new ArrayList<>(List.of("jms.clientId=x", "jms.prefetch=-1"));
        wrong.addAll(List.of("durabilty=force", "no=x"));
        if (transport == Transport.EMBEDDED) {
            wrong.addAll(List.of("durability=some", "port=0", "dir=x"));
        }
        for (String option : wrong) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> factory(option));
            String name = option.substring(0, option.indexOf('='));
            assertTrue(refused.getMessage().contains(name), refused.getMessage());
        }
    }

    @Test
    void givesBackInOrderWhatWasSentAheadWhenStopped() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        send(queue, "1", "2", "3", "4");
        assertEquals(List.of("1"), texts(consumer, 1));

        connection.stop();

        assertNull(consumer.receive(QUIET_MS));
        assertNull(consumer.receiveNoWait());
        Session other = started().createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer otherConsumer = other.createConsumer(queue);
        assertDelivered(otherConsumer.receive(PATIENCE_MS), "2", 1);
        other.close();
        connection.start();
        assertEquals(List.of("2", "3", "4"), texts(consumer, 3));
    }

    @Test
    void waitsForItsListenerWhenStopped() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        Queue queue = queue(session);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                entered.countDown();
                                leave.await();
                                seen.add(text(message));
                            } catch (JMSException | InterruptedException e) {
                                seen.add(e.toString());
                            }
                        });
        send(queue, "1", "2");
        assertTrue(entered.await(PATIENCE_MS, TimeUnit.MILLISECONDS));

        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                connection.stop();
                            } catch (JMSException e) {
                                throw new AssertionError(e);
                            }
                        });
        await().pollDelay(QUIET_MS, TimeUnit.MILLISECONDS).until(() -> !stopped.isDone());
        leave.countDown();
        stopped.get(PATIENCE_MS, TimeUnit.MILLISECONDS);

        assertEquals(List.of("1"), seen);
        connection.start();
        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> seen.size() == 2);
    }

    @Test
    void refusesToBeStoppedOrClosedByItsListener() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        List<Object> outcomes = Collections.synchronizedList(new java.util.ArrayList<>());
        consumer.setMessageListener(
                message -> {
                    outcomes.add(outcome(connection::stop));
                    outcomes.add(outcome(connection::close));
                    outcomes.add(outcome(session::close));
                    outcomes.add(outcome(consumer::close));
                    outcomes.add("end");
                });

        send(queue, "1", "2");

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> outcomes.contains("end"));
        Class<?> illegal = IllegalStateException.class;
        assertEquals(List.of(illegal, illegal, illegal, "fine", "end"), outcomes);
        // what a consumer closed by its own listener was working on is consumed
        assertEquals(List.of("2"), texts(session.createConsumer(queue), 1));
    }

    private interface Call {
        void run() throws JMSException;
    }

    private static Object outcome(Call call) {
        try {
            call.run();
            return "fine";
        } catch (JMSException e) {
            return e.getClass();
        }
    }

    @Test
    void setsItsClientIdOnlyFirst() throws Exception {
        Connection connection = connect();
        assertNull(connection.getClientID());
        connection.setClientID("one");
        assertEquals("one", connection.getClientID());
        assertIllegal(() -> connection.setClientID("two"));

        Connection used = connect();
        used.createSession();
        assertIllegal(() -> used.setClientID("three"));
        Connection started = started();
        assertIllegal(() -> started.setClientID("three"));

        Connection configured = connect("jms.clientID=four");
        assertEquals("four", configured.getClientID());
        assertIllegal(() -> configured.setClientID("five"));

        Connection empty = connect();
        assertThrows(InvalidClientIDException.class, () -> empty.setClientID(""));
    }

    @Test
    void refusesAClientIdThatIsInUse() throws Exception {
        Connection first = connect("jms.clientID=mine");

        assertThrows(InvalidClientIDException.class, () -> connect("jms.clientID=mine"));
        Connection second = connect();
        assertThrows(InvalidClientIDException.class, () -> second.setClientID("mine"));

        second.setClientID("another");
        first.close();
        connect("jms.clientID=mine");
    }

    @Test
    void throwsOnceClosed() throws Exception {
        Connection connection = started();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        MessageProducer producer = session.createProducer(queue);
        Message message = session.createTextMessage("1");
        producer.close();
        producer.close();
        assertIllegal(() -> producer.send(message), producer::getPriority);
        consumer.close();
        consumer.close();
        assertIllegal(
                consumer::receive,
                consumer::receiveNoWait,
                () -> consumer.receive(1),
                consumer::getMessageListener,
                consumer::getMessageSelector,
                () -> consumer.setMessageListener(null));
        session.close();
        session.close();
        assertIllegal(
                session::commit,
                session::rollback,
                session::recover,
                session::getTransacted,
                session::getAcknowledgeMode,
                session::createTextMessage,
                session::createBytesMessage,
                session::createMapMessage,
                session::createObjectMessage,
                session::createStreamMessage,
                session::createMessage,
                session::createTemporaryQueue,
                session::createTemporaryTopic,
                session::getMessageListener,
                () -> session.createQueue("q"),
                () -> session.createTopic("t"),
                () -> session.createConsumer(queue),
                () -> session.createProducer(queue),
                () -> session.createProducer(null),
                () -> session.createBrowser(queue),
                () -> session.unsubscribe("s"));
        connection.close();
        connection.close();
        assertIllegal(
                connection::start,
                connection::stop,
                connection::createSession,
                connection::getClientID,
                connection::getMetaData,
                connection::getExceptionListener,
                () -> connection.setClientID("c"),
                () -> connection.setExceptionListener(null));
    }

    @Test
    void wakesAReceiveWhenClosed() throws Exception {
        Connection connection = started();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(queue(session));
        AtomicReference<Thread> receiver = new AtomicReference<>();
        CompletableFuture<Message> received =
                CompletableFuture.supplyAsync(
                        () -> {
                            receiver.set(Thread.currentThread());
                            try {
                                return consumer.receive();
                            } catch (JMSException e) {
                                throw new AssertionError(e);
                            }
                        });
        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .until(() -> receiver.get() != null && waits(receiver.get()));

        connection.close();

        assertNull(received.get(PATIENCE_MS, TimeUnit.MILLISECONDS));
    }

    /** A receiver may wait in a socket of its own, which is no state of threads. */
    private static boolean waits(Thread receiver) {
        return Arrays.stream(receiver.getStackTrace())
                .anyMatch(
                        frame ->
                                frame.getMethodName().equals("await")
                                        && frame.getClassName().endsWith(".SessionState"));
    }

    @Test
    void tellsOfItsLossOnceAndCanBeClosedThen() throws Exception {
        Connection connection = started();
        List<JMSException> heard = new CopyOnWriteArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        connection.setExceptionListener(
                failure -> {
                    heard.add(failure);
                    try {
                        connection.close();
                    } catch (JMSException e) {
                        heard.add(e);
                    }
                    closed.countDown();
                });
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(queue(session));
        CompletableFuture<Object> received =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return String.valueOf(consumer.receive());
                            } catch (JMSException e) {
                                return e;
                            }
                        });

        loseBroker();

        assertTrue(closed.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        assertEquals(1, heard.size(), heard::toString);
        Object outcome = received.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        assertTrue(outcome instanceof JMSException || outcome.equals("null"), outcome.toString());
        assertIllegal(connection::createSession);
    }

    @Test
    void failsCallsOnceLost() throws Exception {
        Connection connection = started();
        CountDownLatch lost = new CountDownLatch(1);
        connection.setExceptionListener(failure -> lost.countDown());
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        MessageConsumer consumer = session.createConsumer(queue);

        loseBroker();
        assertTrue(lost.await(PATIENCE_MS, TimeUnit.MILLISECONDS));

        assertThrows(JMSException.class, () -> producer.send(session.createMessage()));
        assertThrows(JMSException.class, () -> consumer.receive(PATIENCE_MS));
        assertThrows(JMSException.class, consumer::receiveNoWait);
        assertThrows(JMSException.class, connection::createSession);
        connection.close();
    }

    @Test
    void saysWhatItIs() throws Exception {
        Connection connection = connect();
        assertEquals("3.1", connection.getMetaData().getJMSVersion());
        java.util.Enumeration<?> all = connection.getMetaData().getJMSXPropertyNames();
        List<?> names = Collections.list(all);
        assertTrue(names.contains("JMSXDeliveryCount") && names.contains("JMSXGroupID"));
    }

    @Test
    void saysWhatIsNotThereYet() throws Exception {
        Connection connection = connect();
        Session session = connection.createSession();
        Queue queue = queue(session);
        JMSException consumers =
                assertThrows(
                        JMSException.class,
                        () -> connection.createConnectionConsumer(queue, null, null, 1));
        assertEquals("NOT_SUPPORTED", consumers.getErrorCode());
    }

    @Test
    void sharesAConnectionAmongContextsUntilTheLastIsClosed() {
        JMSContext first = context(JMSContext.AUTO_ACKNOWLEDGE);
        first.setClientID("shared");
        JMSContext second = closing(first.createContext(JMSContext.CLIENT_ACKNOWLEDGE));
        first.close();

        assertEquals("shared", second.getClientID());
        second.createProducer().send(second.createQueue("a.queue"), "1");
        assertEquals(
                "1",
                second.createConsumer(second.createQueue("a.queue"))
                        .receiveBody(String.class, PATIENCE_MS));
        second.close();
        context(JMSContext.AUTO_ACKNOWLEDGE).setClientID("shared");
    }

    @Test
    void receivesAgainOnceItsListenerIsUnset() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageConsumer consumer = session.createConsumer(queue);
        consumer.setMessageListener(message -> {});
        assertThrows(IllegalStateException.class, consumer::receiveNoWait);
        consumer.setMessageListener(null);
        send(queue, "1");
        assertInstanceOf(Message.class, consumer.receive(PATIENCE_MS));
    }

    @Test
    void letsAnybodyInWhereNoUsersAreConfigured() throws Exception {
        factory().createConnection("anybody", "any password").close();
        factory().createConnection(null, null).close();
        factory().createConnection("anybody", null).close();
    }
}
