// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Sends, what they set on a message, and who hears of them (Jakarta Messaging 7). */
class ProducerTest extends ClientTest {
    /** A completion listener made of one function: the exception is null on success. */
    private static CompletionListener listener(BiConsumer<Message, Exception> heard) {
        return new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
                heard.accept(message, null);
            }

            @Override
            public void onException(Message message, Exception exception) {
                heard.accept(message, exception);
            }
        };
    }

    @Test
    void setsTheHeaderAsItWasSent() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryDelay(10);
        TextMessage message = session.createTextMessage("1");
        message.setJMSPriority(1);
        message.setJMSMessageID("ID:mine");

        long before = System.currentTimeMillis();
        producer.send(message, DeliveryMode.NON_PERSISTENT, 7, 100_000);
        long after = System.currentTimeMillis();

        assertEquals(queue, message.getJMSDestination());
        assertEquals(DeliveryMode.NON_PERSISTENT, message.getJMSDeliveryMode());
        assertEquals(7, message.getJMSPriority());
        assertTrue(message.getJMSMessageID().startsWith("ID:"));
        assertNotEquals("ID:mine", message.getJMSMessageID());
        long sent = message.getJMSTimestamp();
        assertTrue(before <= sent && sent <= after);
        assertEquals(sent + 100_000, message.getJMSExpiration());
        assertEquals(sent + 10, message.getJMSDeliveryTime());
        Message received = session.createConsumer(queue).receive(PATIENCE_MS);
        assertEquals(message.getJMSMessageID(), received.getJMSMessageID());
        assertEquals(DeliveryMode.NON_PERSISTENT, received.getJMSDeliveryMode());
        assertEquals(7, received.getJMSPriority());
        assertEquals(sent, received.getJMSTimestamp());
        assertEquals(sent + 100_000, received.getJMSExpiration());
        assertEquals(sent + 10, received.getJMSDeliveryTime());
    }

    @Test
    void leavesOutWhatIsDisabled() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        producer.setDisableMessageTimestamp(true);
        producer.setDisableMessageID(true);
        TextMessage message = session.createTextMessage("1");
        producer.send(message);

        assertEquals(0, message.getJMSTimestamp());
        assertNull(message.getJMSMessageID());
        Message received = session.createConsumer(queue).receive(PATIENCE_MS);
        assertEquals(0, received.getJMSTimestamp());
        assertNull(received.getJMSMessageID());
    }

    @Test
    void checksItsArguments() throws Exception {
        Session session = connect().createSession();
        Queue queue = queue(session);
        MessageProducer own = session.createProducer(queue);
        MessageProducer open = session.createProducer(null);
        Message message = session.createMessage();

        assertThrows(MessageFormatException.class, () -> own.send(null));
        assertThrows(InvalidDestinationException.class, () -> open.send(null, message));
        assertThrows(UnsupportedOperationException.class, () -> own.send(queue, message));
        assertThrows(UnsupportedOperationException.class, () -> open.send(message));
        assertThrows(IllegalArgumentException.class, () -> own.send(message, null));
        assertThrows(JMSException.class, () -> own.setPriority(10));
        assertThrows(JMSException.class, () -> own.setPriority(-1));
        assertThrows(JMSException.class, () -> own.setDeliveryMode(0));
        assertThrows(JMSException.class, () -> own.send(message, 3, 4, 0));
        assertNull(open.getDestination());
        assertEquals(queue, own.getDestination());
    }

    @Test
    void refusesADestinationThatIsGone() throws Exception {
        Session session = connect().createSession();
        TemporaryQueue temporary = session.createTemporaryQueue();
        MessageProducer own = connect().createSession().createProducer(temporary);
        own.send(session.createMessage());
        temporary.delete();

        assertThrows(InvalidDestinationException.class, () -> own.send(session.createMessage()));
        assertThrows(InvalidDestinationException.class, () -> own.send(session.createMessage()));
        assertThrows(InvalidDestinationException.class, () -> session.createProducer(temporary));
    }

    @Test
    void tellsTheExceptionListenerOfARefusalNobodyWaitsFor() throws Exception {
        Connection connection = connect();
        List<JMSException> heard = new CopyOnWriteArrayList<>();
        connection.setExceptionListener(heard::add);
        Session session = connection.createSession();
        TemporaryQueue temporary = connect().createSession().createTemporaryQueue();
        MessageProducer producer = session.createProducer(temporary);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        temporary.delete();

        producer.send(session.createMessage());

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> heard.size() == 1);
        assertTrue(heard.get(0) instanceof InvalidDestinationException, heard::toString);
    }

    @Test
    void waitsForEverySendWhereAsked() throws Exception {
        Session session = connect("jms.forceSyncSend=true").createSession();
        TemporaryQueue temporary = connect().createSession().createTemporaryQueue();
        MessageProducer producer = session.createProducer(temporary);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        temporary.delete();

        assertThrows(
                InvalidDestinationException.class, () -> producer.send(session.createMessage()));
    }

    @Test
    void completesInOrderOnAThreadOfItsOwn() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        List<String> heard = new CopyOnWriteArrayList<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        List<String> sent = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            TextMessage message = session.createTextMessage("m" + i);
            sent.add("m" + i);
            producer.send(
                    message,
                    i % 2 == 0 ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT,
                    4,
                    0,
                    listener(
                            (completed, failure) -> {
                                threads.add(Thread.currentThread());
                                assertSame(message, completed);
                                try {
                                    heard.add(failure == null ? text(completed) : "failed");
                                } catch (JMSException e) {
                                    heard.add(e.toString());
                                }
                            }));
        }
        producer.close();

        assertEquals(sent, heard);
        assertEquals(1, threads.stream().distinct().count());
        assertNotSame(Thread.currentThread(), threads.get(0));
        // the order of messages is kept within a delivery mode (Jakarta Messaging 6.2.9.2)
        List<String> received = texts(session.createConsumer(queue), 100);
        assertEquals(every(sent, 0), every(received, 0));
        assertEquals(every(sent, 1), every(received, 1));
    }

    private static List<String> every(List<String> texts, int parity) {
        return texts.stream()
                .filter(text -> Integer.parseInt(text.substring(1)) % 2 == parity)
                .toList();
    }

    @Test
    void sendsAMessageAsItWasThoughItIsChangedBeforeItsCompletion() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        TextMessage message = session.createTextMessage();
        List<String> sent = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            message.setText("m" + i);
            message.setIntProperty("number", i);
            sent.add("m" + i);
            producer.send(message, listener((completed, failure) -> {}));
        }

        MessageConsumer consumer = session.createConsumer(queue);
        for (int i = 0; i < 100; i++) {
            Message received = consumer.receive(PATIENCE_MS);
            assertEquals(sent.get(i), text(received));
            assertEquals(i, received.getIntProperty("number"));
        }
    }

    @Test
    void tellsTheCompletionListenerOfARefusal() throws Exception {
        Session session = connect().createSession();
        TemporaryQueue temporary = connect().createSession().createTemporaryQueue();
        MessageProducer producer = session.createProducer(temporary);
        temporary.delete();
        List<Exception> heard = new CopyOnWriteArrayList<>();

        producer.send(session.createMessage(), listener((message, failure) -> heard.add(failure)));
        session.close();

        assertEquals(1, heard.size());
        assertTrue(heard.get(0) instanceof InvalidDestinationException, heard::toString);
    }

    @Test
    void refusesWhatWouldWaitForTheCompletionItself() throws Exception {
        Connection connection = started();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(queue(session));
        List<Object> outcomes = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);

        producer.send(
                session.createTextMessage("1"),
                listener(
                        (message, failure) -> {
                            outcomes.add(outcome(connection::close));
                            outcomes.add(outcome(session::close));
                            outcomes.add(outcome(producer::close));
                            outcomes.add(outcome(session::commit));
                            outcomes.add(outcome(session::rollback));
                            done.countDown();
                        }));

        assertTrue(done.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        Class<?> illegal = IllegalStateException.class;
        assertEquals(List.of(illegal, illegal, illegal, illegal, illegal), outcomes);
        session.commit();
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
    void waitsForCompletionsBeforeItCommits() throws Exception {
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(queue);
        List<String> order = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            producer.send(
                    session.createTextMessage("m"),
                    listener((message, failure) -> order.add("completed")));
        }

        session.commit();
        order.add("committed");

        assertEquals(21, order.size());
        assertEquals("committed", order.get(20));
    }

    @Test
    void sendsAMessageAgainAndAgain() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        MessageProducer producer = session.createProducer(null);
        TextMessage message = session.createTextMessage();
        MessageConsumer consumer = session.createConsumer(queue);
        String lastId = null;
        for (int i = 0; i < 5; i++) {
            message.setText("m" + i);
            producer.send(queue, message);
            assertNotEquals(lastId, message.getJMSMessageID());
            lastId = message.getJMSMessageID();
            Message received = consumer.receive(PATIENCE_MS);
            assertEquals("m" + i, text(received));
            assertEquals(lastId, received.getJMSMessageID());
        }
        Message last = session.createConsumer(queue).receiveNoWait();
        assertNull(last);
    }

    @Test
    void forwardsWhatItReceived() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        Queue next = session.createQueue("next");
        TextMessage message = session.createTextMessage("body");
        message.setStringProperty("name", "value");
        message.setJMSCorrelationID("c");
        session.createProducer(queue).send(message);

        Message received = session.createConsumer(queue).receive(PATIENCE_MS);
        session.createProducer(next).send(received);

        assertEquals(next, received.getJMSDestination());
        Message forwarded = session.createConsumer(next).receive(PATIENCE_MS);
        assertNotNull(forwarded);
        assertEquals("body", text(forwarded));
        assertEquals("value", forwarded.getStringProperty("name"));
        assertEquals("c", forwarded.getJMSCorrelationID());
        assertNotEquals(message.getJMSMessageID(), forwarded.getJMSMessageID());
    }
}
