// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageNotWriteableRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The simplified API (Jakarta Messaging 2.8). */
class ContextTest extends ClientTest {
    private static void assertIllegal(Executable... calls) {
        for (int i = 0; i < calls.length; i++) {
            assertThrows(IllegalStateRuntimeException.class, calls[i], "call " + i);
        }
    }

    @Test
    void sendsAndReceivesBodiesOfAllKinds() {
        JMSContext context = context(JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        JMSConsumer consumer = context.createConsumer(queue);
        byte[] bytes = {1, 2, 3};
        JMSProducer producer = context.createProducer();

        producer.send(queue, "text")
                .send(queue, bytes)
                .send(queue, Map.of("key", 7))
                .send(queue, (java.io.Serializable) Integer.valueOf(42))
                .send(queue, (String) null)
                .send(queue, context.createStreamMessage());

        assertEquals("text", consumer.receiveBody(String.class, PATIENCE_MS));
        assertArrayEquals(bytes, consumer.receiveBody(byte[].class, PATIENCE_MS));
        assertEquals(Map.of("key", 7), consumer.receiveBody(Map.class, PATIENCE_MS));
        assertEquals(42, consumer.receiveBody(Integer.class, PATIENCE_MS));
        assertThrows(
                MessageFormatRuntimeException.class,
                () -> consumer.receiveBody(String.class, PATIENCE_MS));
        assertTrue(consumer.receive(PATIENCE_MS) instanceof TextMessage);
        assertThrows(
                MessageFormatRuntimeException.class,
                () -> consumer.receiveBody(Object.class, PATIENCE_MS));
        assertTrue(consumer.receiveNoWait() instanceof jakarta.jms.StreamMessage);
        assertNull(consumer.receiveBodyNoWait(String.class));
        assertNull(consumer.receiveBody(String.class, QUIET_MS));
    }

    @Test
    void putsItsPropertiesAndHeaderFieldsOntoMessages() throws JMSException {
        JMSContext context = context(JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        JMSConsumer consumer = context.createConsumer(queue);
        TextMessage message = context.createTextMessage("1");
        message.setStringProperty("own", "message's");
        message.setStringProperty("both", "message's");

        JMSProducer producer =
                context.createProducer()
                        .setProperty("both", "producer's")
                        .setProperty("number", 7)
                        .setJMSType("type")
                        .setJMSCorrelationID("correlation")
                        .setJMSReplyTo(queue)
                        .setPriority(9)
                        .setTimeToLive(100_000)
                        .setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        assertEquals(Set.of("both", "number"), producer.getPropertyNames());
        assertEquals("7", producer.getStringProperty("number"));
        assertTrue(producer.propertyExists("number"));
        producer.send(queue, message);
        producer.clearProperties().send(queue, "2");

        Message first = consumer.receive(PATIENCE_MS);
        assertEquals("message's", first.getStringProperty("own"));
        assertEquals("producer's", first.getStringProperty("both"));
        assertEquals(7, first.getIntProperty("number"));
        assertEquals("type", first.getJMSType());
        assertEquals("correlation", first.getJMSCorrelationID());
        assertEquals(queue, first.getJMSReplyTo());
        assertEquals(9, first.getJMSPriority());
        assertEquals(DeliveryMode.NON_PERSISTENT, first.getJMSDeliveryMode());
        assertEquals(first.getJMSTimestamp() + 100_000, first.getJMSExpiration());
        Message second = consumer.receive(PATIENCE_MS);
        assertFalse(second.propertyExists("number"));
        assertThrows(
                MessageNotWriteableRuntimeException.class,
                () -> producer.setProperty("a", 1).send(queue, second));
    }

    @Test
    void startsWithItsFirstConsumerUnlessToldNotTo() {
        JMSContext manual = context(JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = manual.createQueue("a.queue");
        assertTrue(manual.getAutoStart());
        manual.setAutoStart(false);
        JMSConsumer consumer = manual.createConsumer(queue);
        manual.createProducer().send(queue, "1");

        assertNull(consumer.receive(QUIET_MS));
        manual.start();
        assertEquals("1", consumer.receiveBody(String.class, PATIENCE_MS));
        manual.stop();
        manual.createProducer().send(queue, "2");
        assertNull(consumer.receive(QUIET_MS));
    }

    @Test
    void throwsUncheckedExceptions() {
        JMSContext context = context(JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        JMSProducer producer = context.createProducer();
        assertThrows(InvalidDestinationRuntimeException.class, () -> producer.send(null, "1"));
        assertThrows(
                MessageFormatRuntimeException.class, () -> producer.send(queue, (Message) null));
        assertThrows(InvalidDestinationRuntimeException.class, () -> context.createConsumer(null));
        assertThrows(
                InvalidSelectorRuntimeException.class, () -> context.createConsumer(queue, "="));
        Topic topic = context.createTopic("a.topic");
        assertIllegal(
                () -> context.createDurableConsumer(topic, "s"),
                context::commit,
                context::rollback,
                () -> context.setClientID("late"));
        assertThrows(JMSRuntimeException.class, () -> producer.setPriority(11));
        assertThrows(JMSRuntimeException.class, () -> producer.setDeliveryMode(9));
        assertThrows(JMSRuntimeException.class, () -> factory().createContext(77));
        context(JMSContext.AUTO_ACKNOWLEDGE, "jms.clientID=taken");
        JMSContext second = context(JMSContext.AUTO_ACKNOWLEDGE);
        assertThrows(InvalidClientIDRuntimeException.class, () -> second.setClientID("taken"));
        JMSContext transacted = context(JMSContext.SESSION_TRANSACTED);
        assertIllegal(transacted::recover);
    }

    @Test
    void throwsOnceClosed() {
        JMSContext context = context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        JMSConsumer consumer = context.createConsumer(queue);
        JMSProducer producer = context.createProducer();
        context.close();
        context.close();
        assertIllegal(
                context::acknowledge,
                context::recover,
                context::start,
                context::stop,
                context::getClientID,
                context::getMetaData,
                context::getTransacted,
                context::getSessionMode,
                context::getAutoStart,
                context::createTextMessage,
                context::createProducer,
                context::createTemporaryQueue,
                () -> context.createContext(1),
                () -> context.createQueue("q"),
                () -> context.createConsumer(queue),
                consumer::receive,
                consumer::getMessageListener,
                () -> producer.send(queue, "1"));
        consumer.close();
    }

    @Test
    void refusesToBeClosedByItsListener() throws Exception {
        JMSContext context = context(JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        List<Object> outcomes = new CopyOnWriteArrayList<>();
        context.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            outcomes.add(outcome(context::stop));
                            outcomes.add(outcome(context::close));
                            outcomes.add("end");
                        });
        context(JMSContext.AUTO_ACKNOWLEDGE).createProducer().send(queue, "1");

        await().atMost(PATIENCE_MS, TimeUnit.MILLISECONDS).until(() -> outcomes.contains("end"));
        Class<?> illegal = IllegalStateRuntimeException.class;
        assertEquals(List.of(illegal, illegal, "end"), outcomes);
    }

    private static Object outcome(Runnable call) {
        try {
            call.run();
            return "fine";
        } catch (JMSRuntimeException e) {
            return e.getClass();
        }
    }

    @Test
    void tellsItsCompletionListener() throws Exception {
        JMSContext context = context(JMSContext.AUTO_ACKNOWLEDGE);
        Queue queue = context.createQueue("a.queue");
        List<Object> heard = new CopyOnWriteArrayList<>();
        CompletionListener listener =
                new CompletionListener() {
                    @Override
                    public void onCompletion(Message message) {
                        heard.add(outcome(context::close));
                    }

                    @Override
                    public void onException(Message message, Exception exception) {
                        heard.add(exception);
                    }
                };
        JMSProducer producer = context.createProducer().setAsync(listener);
        assertEquals(listener, producer.getAsync());
        producer.send(queue, "1").send(queue, "2");
        context.close();

        assertEquals(
                List.of(IllegalStateRuntimeException.class, IllegalStateRuntimeException.class),
                heard);
    }

    @Test
    void commitsAndRollsBack() {
        JMSContext context = context(JMSContext.SESSION_TRANSACTED);
        assertTrue(context.getTransacted());
        Queue queue = context.createQueue("a.queue");
        JMSConsumer consumer = context.createConsumer(queue);
        context.createProducer().send(queue, "1");
        assertNull(consumer.receiveNoWait());
        context.commit();
        assertEquals("1", consumer.receiveBody(String.class, PATIENCE_MS));
        context.rollback();
        assertEquals("1", consumer.receiveBody(String.class, PATIENCE_MS));
        context.commit();
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void acknowledgesAllThatItConsumed() {
        JMSContext context = context(JMSContext.CLIENT_ACKNOWLEDGE);
        assertEquals(JMSContext.CLIENT_ACKNOWLEDGE, context.getSessionMode());
        Queue queue = context.createQueue("a.queue");
        JMSConsumer consumer = context.createConsumer(queue);
        context.createProducer().send(queue, "1").send(queue, "2").send(queue, "3");
        consumer.receiveBody(String.class, PATIENCE_MS);
        consumer.receiveBody(String.class, PATIENCE_MS);
        context.acknowledge();
        consumer.receiveBody(String.class, PATIENCE_MS);
        context.recover();
        assertEquals("3", consumer.receiveBody(String.class, PATIENCE_MS));
    }
}
