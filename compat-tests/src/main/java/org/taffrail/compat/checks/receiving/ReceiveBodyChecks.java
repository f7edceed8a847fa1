// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.StreamMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Future;

/** Receiving bodies directly (simplified API). */
final class ReceiveBodyChecks {
    @Check(section = "8.6", says = "receiveBody returns a text as String, or as what it is too.")
    void returnsTexts(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        context.createProducer().send(queue, "one").send(queue, "two").send(queue, "three");
        JMSConsumer consumer = context.createConsumer(queue);
        long ms = scene.patienceMs();

        Expect.equal("one", consumer.receiveBody(String.class, ms), "as String");
        Expect.equal("two", consumer.receiveBody(Object.class, ms), "as Object");
        Expect.equal("three", consumer.receiveBody(CharSequence.class, ms), "as CharSequence");
    }

    @Check(section = "8.6", says = "receiveBody returns bytes, maps and objects.")
    void returnsOtherBodies(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Map<String, Object> map = Map.of("key", "value", "number", 5);
        context.createProducer()
                .send(queue, new byte[] {1, 2})
                .send(queue, map)
                .send(queue, (Serializable) 42);
        JMSConsumer consumer = context.createConsumer(queue);
        long ms = scene.patienceMs();

        Expect.that(
                Arrays.equals(new byte[] {1, 2}, consumer.receiveBody(byte[].class, ms)),
                "the bytes are not the same");
        Expect.equal(map, consumer.receiveBody(Map.class, ms), "the map");
        Expect.equal(42, consumer.receiveBody(Serializable.class, ms), "the object");
    }

    @Check(
            section = "8.6",
            says = "receiveBody waits, with and without a time-out, as receive does.")
    void waitsAsReceiveDoes(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        JMSConsumer consumer = scene.context().createConsumer(queue);

        Expect.isNull(consumer.receiveBodyNoWait(String.class), "receiveBodyNoWait, none there");
        Expect.isNull(
                consumer.receiveBody(String.class, scene.quietMs()), "receiveBody, none came");
        Future<String> received = scene.elsewhere(() -> consumer.receiveBody(String.class));
        scene.never("receiveBody() returns", received::isDone);
        scene.send(queue, "one");
        Expect.equal("one", scene.result("receiveBody()", received), "received");
    }

    @Check(section = "8.6", says = "receiveBodyNoWait returns the body of a message that is there.")
    void returnsWithoutWaitingWhatIsThere(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        JMSConsumer consumer = scene.context().createConsumer(queue);
        scene.send(queue, "one");

        String[] body = new String[1];
        scene.await(
                "the message comes",
                () -> {
                    body[0] = consumer.receiveBodyNoWait(String.class);
                    return body[0] != null;
                });

        Expect.equal("one", body[0], "the body");
    }

    @Check(
            section = "8.6",
            says = "A body of another type is refused with MessageFormatRuntimeException.")
    void refusesAnotherType(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        context.createProducer().send(queue, "one");
        JMSConsumer consumer = context.createConsumer(queue);

        Expect.refused(
                MessageFormatRuntimeException.class,
                "receiveBody of a text as bytes",
                () -> consumer.receiveBody(byte[].class, scene.patienceMs()));
    }

    @Check(
            section = "8.6",
            says = "A StreamMessage and a message without body have none to receive.")
    void refusesMessagesWithoutBody(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        StreamMessage stream = context.createStreamMessage();
        stream.writeInt(1);
        Message[] messages = {
            stream,
            context.createMessage(),
            context.createTextMessage(null),
            context.createObjectMessage(null)
        };

        for (Message message : messages) {
            context.createProducer().send(queue, message);
            JMSConsumer consumer = context.createConsumer(queue);
            Expect.refused(
                    MessageFormatRuntimeException.class,
                    "receiveBody of " + message.getClass().getSimpleName(),
                    () -> consumer.receiveBody(Object.class, scene.patienceMs()));
            scene.receive(consumer);
            consumer.close();
        }
    }

    private static void staysAsItWas(Scene scene, int mode) throws JMSException {
        JMSContext context = scene.context(mode);
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        JMSConsumer consumer = context.createConsumer(queue);

        Expect.refused(
                MessageFormatRuntimeException.class,
                "receiveBody of a text as bytes",
                () -> consumer.receiveBody(byte[].class, scene.patienceMs()));

        Message first = scene.receive(consumer);
        Expect.equal("one", Scene.text(first), "the next message");
        Expect.equal(false, first.getJMSRedelivered(), "its redelivered flag");
        Expect.equal(1, first.getIntProperty("JMSXDeliveryCount"), "its delivery count");
        Expect.equal("two", Scene.text(scene.receive(consumer)), "the one after it");
    }

    @Check(
            section = "8.6",
            says =
                    "After a body of the wrong type, in AUTO_ACKNOWLEDGE mode, the message comes next, as"
                            + " if nothing had happened.")
    void keepsWhatItCouldNotGiveInAutoMode(Scene scene) throws JMSException {
        staysAsItWas(scene, JMSContext.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "8.6",
            says =
                    "After a body of the wrong type, in DUPS_OK_ACKNOWLEDGE mode, the message comes next,"
                            + " as if nothing had happened.")
    void keepsWhatItCouldNotGiveInDupsOkMode(Scene scene) throws JMSException {
        staysAsItWas(scene, JMSContext.DUPS_OK_ACKNOWLEDGE);
    }

    @Check(
            section = "8.6",
            says =
                    "After a body of the wrong type, in CLIENT_ACKNOWLEDGE mode, the message counts as"
                            + " received and comes again after a recover.")
    void countsAsReceivedInClientMode(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        JMSConsumer consumer = context.createConsumer(queue);

        Expect.refused(
                MessageFormatRuntimeException.class,
                "receiveBody of a text as bytes",
                () -> consumer.receiveBody(byte[].class, scene.patienceMs()));
        Expect.equal("two", Scene.text(scene.receive(consumer)), "the next message");

        context.recover();
        comesAgain(scene, consumer);
        context.acknowledge();
    }

    @Check(
            section = "8.6",
            says =
                    "After a body of the wrong type, in a transaction, the message counts as received and"
                            + " comes again after a rollback.")
    void countsAsReceivedInATransaction(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        JMSConsumer consumer = context.createConsumer(queue);

        Expect.refused(
                MessageFormatRuntimeException.class,
                "receiveBody of a text as bytes",
                () -> consumer.receiveBody(byte[].class, scene.patienceMs()));
        Expect.equal("two", Scene.text(scene.receive(consumer)), "the next message");

        context.rollback();
        comesAgain(scene, consumer);
        context.commit();
    }

    private static void comesAgain(Scene scene, JMSConsumer consumer) throws JMSException {
        Message again = scene.receive(consumer);
        Expect.equal("one", Scene.text(again), "the message that comes again");
        Expect.equal(true, again.getJMSRedelivered(), "its redelivered flag");
        Expect.equal(2, again.getIntProperty("JMSXDeliveryCount"), "its delivery count");
        Expect.equal("two", Scene.text(scene.receive(consumer)), "the one after it");
    }

    @Check(section = "8.6", says = "An empty BytesMessage has a body: no bytes, or none at all.")
    void agreesWithGetBodyOnEmptyBytes(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        BytesMessage empty = context.createBytesMessage();
        context.createProducer().send(queue, empty);
        JMSConsumer consumer = context.createConsumer(queue);

        // The text allows both readings; what counts is that it ends in one of them.
        try {
            byte[] body = consumer.receiveBody(byte[].class, scene.patienceMs());
            Expect.equal(0, Expect.notNull(body, "the body").length, "its bytes");
        } catch (MessageFormatRuntimeException e) {
            scene.receive(consumer);
        }
    }
}
