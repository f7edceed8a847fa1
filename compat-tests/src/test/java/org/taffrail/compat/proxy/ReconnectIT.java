// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TransactionRolledBackException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.jms.ConnectionStateListener;
import org.taffrail.jms.ObservableConnection;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A connection that goes on by itself, to a real broker, however it was interrupted. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReconnectIT {
    private static final int HEARTBEAT_MS = 600;

    @TempDir private static Path folder;
    private static BrokerBehindProxy network;
    private static int names;

    private final BlockingQueue<String> states = new LinkedBlockingQueue<>();
    private final List<JMSException> exceptions = new CopyOnWriteArrayList<>();
    private final String queue = "q-" + ++names;
    private Connection connection;

    /** How a connection is interrupted. */
    enum Interruption {
        RESET {
            @Override
            void happen() {
                network.proxy().cut(Ending.RESET);
            }
        },
        FINISHED {
            @Override
            void happen() {
                network.proxy().cut(Ending.FIN);
            }
        },
        /** Neither side hears of it: both must notice the silence. */
        SILENT {
            @Override
            void happen() {
                network.proxy().flow(Flow.SWALLOWED);
            }

            @Override
            void end() {
                network.proxy().heal();
            }
        },
        KILLED {
            @Override
            void happen() throws IOException {
                network.killAndStart();
            }
        };

        abstract void happen() throws IOException;

        /** Lets a network pass bytes again. */
        void end() {}
    }

    @BeforeAll
    static void startBroker() throws IOException {
        network = new BrokerBehindProxy(folder, HEARTBEAT_MS);
    }

    @AfterAll
    static void stopBroker() {
        network.close();
    }

    @AfterEach
    void heal() throws JMSException {
        network.proxy().heal();
        if (connection != null) {
            connection.close();
        }
    }

    private Session open(boolean transacted, int mode) throws JMSException {
        return open(transacted, mode, "");
    }

    private Session open(boolean transacted, int mode, String options) throws JMSException {
        connection = network.reconnecting(null, options);
        observe();
        return connection.createSession(transacted, mode);
    }

    private void observe() throws JMSException {
        connection.setExceptionListener(exceptions::add);
        ((ObservableConnection) connection)
                .addStateListener(
                        new ConnectionStateListener() {
                            @Override
                            public void interrupted(JMSException cause) {
                                states.add("interrupted");
                            }

                            @Override
                            public void restored() {
                                states.add("restored");
                            }

                            @Override
                            public void lost(JMSException cause) {
                                states.add("lost");
                            }
                        });
    }

    private void interrupt(Interruption how) throws Exception {
        how.happen();
        expectState("interrupted");
        how.end();
        expectState("restored");
    }

    private void expectState(String state) throws InterruptedException {
        assertEquals(
                state,
                states.poll(BrokerBehindProxy.BOUND.toMillis(), TimeUnit.MILLISECONDS),
                network::log);
    }

    private static Message receive(MessageConsumer consumer) throws JMSException {
        return consumer.receive(BrokerBehindProxy.BOUND.toMillis());
    }

    private static void expectText(String text, boolean redelivered, Message message)
            throws JMSException {
        assertNotNull(message, text + " does not come");
        assertEquals(text, ((TextMessage) message).getText());
        assertEquals(redelivered, message.getJMSRedelivered(), text);
        assertEquals(redelivered, message.getIntProperty("JMSXDeliveryCount") > 1, text);
    }

    @ParameterizedTest
    @EnumSource
    void sendsAndReceivesGoOn(Interruption how) throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE);
        Queue destination = session.createQueue(queue);
        MessageProducer producer = session.createProducer(destination);
        MessageConsumer consumer = session.createConsumer(destination);
        producer.send(session.createTextMessage("before"));
        expectText("before", false, receive(consumer));

        interrupt(how);
        producer.send(session.createTextMessage("after"));

        Message next = receive(consumer);
        if (((TextMessage) next).getText().equals("before")) {
            // its acknowledgement, which nobody waited for, was lost
            expectText("before", true, next);
            next = receive(consumer);
        }
        expectText("after", false, next);
        assertEquals(List.of(), exceptions);
    }

    @ParameterizedTest
    @EnumSource
    void asynchronousSendsAreThereOnceAndInOrder(Interruption how) throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        List<Object> completed = new CopyOnWriteArrayList<>();
        CompletionListener listener = completions(completed);
        List<String> expected = new ArrayList<>();
        network.proxy().flow(Direction.TO_CLIENT, Flow.STALLED);
        for (int i = 0; i < 100; i++) {
            expected.add("m" + i);
            producer.send(session.createTextMessage("m" + i), listener);
        }

        network.proxy().cut(Ending.RESET);
        network.proxy().heal();
        expectState("interrupted");
        expectState("restored");
        interrupt(how);
        producer.close();

        assertEquals(expected, completed);
        assertEquals(expected, network.drain(queue));
    }

    private static CompletionListener completions(List<Object> completed) {
        return new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
                try {
                    completed.add(((TextMessage) message).getText());
                } catch (JMSException e) {
                    completed.add(e);
                }
            }

            @Override
            public void onException(Message message, Exception exception) {
                completed.add(exception);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatWasInterruptedIsRolledBackAndSaysSo(Interruption how) throws Exception {
        network.send(queue, "consumed");
        Session session = open(true, Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        MessageProducer producer = session.createProducer(session.createQueue("to-" + queue));
        expectText("consumed", false, receive(consumer));
        producer.send(session.createTextMessage("sent"));

        interrupt(how);
        assertThrows(TransactionRolledBackException.class, session::commit);
        expectText("consumed", true, receive(consumer));
        producer.send(session.createTextMessage("sent again"));
        session.commit();

        assertEquals(List.of(), network.drain(queue));
        assertEquals(List.of("sent again"), network.drain("to-" + queue));
    }

    @ParameterizedTest
    @EnumSource
    void anAcknowledgementOfWhatComesAgainFails(Interruption how) throws Exception {
        network.send(queue, "a", "b");
        Session session = open(false, Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        Message first = receive(consumer);
        expectText("a", false, first);

        interrupt(how);
        assertThrows(JMSException.class, first::acknowledge);
        Message again = receive(consumer);
        expectText("a", true, again);
        again.acknowledge();
        Message second = receive(consumer);
        assertEquals("b", ((TextMessage) second).getText());
        second.acknowledge();

        assertEquals(List.of(), network.drain(queue));
    }

    @ParameterizedTest
    @EnumSource
    void aListenerGoesOn(Interruption how) throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE);
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        session.createConsumer(session.createQueue(queue)).setMessageListener(heard::add);
        network.send(queue, "before");
        assertNotNull(heard.poll(30, TimeUnit.SECONDS));

        interrupt(how);
        network.send(queue, "after");

        Awaitility.await()
                .atMost(BrokerBehindProxy.BOUND)
                .until(() -> ((TextMessage) heard.take()).getText().equals("after"));
    }

    @ParameterizedTest
    @EnumSource
    void aDurableSubscriberMissesNothing(Interruption how) throws Exception {
        connection = network.reconnecting("subscriber-" + queue, "");
        observe();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        Topic topic = session.createTopic("t-" + queue);
        MessageConsumer consumer = session.createDurableConsumer(topic, "s");

        how.happen();
        try (Connection other = network.direct(null)) {
            Session publishing = other.createSession(false, Session.AUTO_ACKNOWLEDGE);
            publishing.createProducer(topic).send(publishing.createTextMessage("meanwhile"));
        }
        how.end();

        Message message = receive(consumer);
        assertNotNull(message, network::log);
        assertEquals("meanwhile", ((TextMessage) message).getText());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KILLED")
    void aReplyThatWasSentMeanwhileArrives(Interruption how) throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE);
        Queue replies = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(replies);
        TextMessage request = session.createTextMessage("request");
        request.setJMSReplyTo(replies);
        session.createProducer(session.createQueue(queue)).send(request);

        how.happen();
        try (Connection server = network.direct(null)) {
            Session serving = server.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Message taken = receive(serving.createConsumer(serving.createQueue(queue)));
            serving.createProducer(taken.getJMSReplyTo()).send(serving.createTextMessage("reply"));
        }
        how.end();

        Message reply = receive(consumer);
        assertNotNull(reply, network::log);
        assertEquals("reply", ((TextMessage) reply).getText());
    }

    @Test
    void aTemporaryQueueIsThereAgainAfterTheBrokerWasKilled() throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE);
        Queue replies = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(replies);

        interrupt(Interruption.KILLED);
        try (Connection server = network.direct(null)) {
            Session serving = server.createSession(false, Session.AUTO_ACKNOWLEDGE);
            serving.createProducer(replies).send(serving.createTextMessage("reply"));
        }

        expectText("reply", false, receive(consumer));
    }

    @Test
    void whoReceivesMeanwhileGetsNothingInTime() throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        network.proxy().refuse();
        network.proxy().cut(Ending.RESET);
        expectState("interrupted");

        assertNull(consumer.receiveNoWait());
        assertNull(consumer.receive(20));

        network.proxy().heal();
        expectState("restored");
        network.send(queue, "there");
        expectText("there", false, receive(consumer));
    }

    @Test
    void aSendFailsClearlyWhenNoBrokerComesBackInTime() throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE, "&jms.sendTimeoutMs=200");
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        network.proxy().refuse();
        network.proxy().cut(Ending.RESET);
        expectState("interrupted");

        JMSException failure =
                assertThrows(
                        JMSException.class,
                        () -> producer.send(session.createTextMessage("not sent")));

        assertEquals("TIMEOUT", failure.getErrorCode());
        network.proxy().heal();
        expectState("restored");
        producer.send(session.createTextMessage("sent"));
        assertEquals(List.of("sent"), network.drain(queue));
    }

    @Test
    void closesWithinItsTimeWhileThereIsNoBroker() throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE, "&jms.closeTimeoutMs=300");
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        List<Object> completed = new CopyOnWriteArrayList<>();
        MessageConsumer consumer = session.createConsumer(session.createQueue("nothing"));
        CompletableFuture<Message> receiving = CompletableFuture.supplyAsync(() -> take(consumer));
        network.proxy().flow(Flow.STALLED);
        producer.send(session.createTextMessage("in doubt"), completions(completed));
        network.proxy().refuse();
        network.proxy().cut(Ending.RESET);
        expectState("interrupted");

        long beganNs = System.nanoTime();
        connection.close();

        Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
        assertTrue(took.toSeconds() < 10, "close took " + took);
        assertEquals(1, completed.size());
        assertTrue(completed.get(0) instanceof JMSException, completed::toString);
        assertNull(receiving.get(10, TimeUnit.SECONDS));
    }

    private static Message take(MessageConsumer consumer) {
        try {
            return consumer.receive();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsEveryoneWhenItGivesUp() throws Exception {
        Session session = open(false, Session.AUTO_ACKNOWLEDGE, "&failover.reconnectTimeoutMs=300");
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        network.proxy().refuse();
        network.proxy().cut(Ending.RESET);

        expectState("interrupted");
        expectState("lost");
        assertThrows(JMSException.class, () -> receive(consumer));
        Awaitility.await().atMost(BrokerBehindProxy.BOUND).until(() -> exceptions.size() == 1);
        assertFalse(exceptions.get(0).getMessage().isEmpty());
    }
}
