// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

/** What the Javadoc says of a JMSConsumer's listener, receives and bodies. */
final class JmsConsumerChecks {
    /** An object that can be serialized and never deserialized. */
    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream input) throws InvalidObjectException {
            throw new InvalidObjectException("this object can't be read, which is what it is for");
        }
    }

    @Check(
            section = "api:JMSConsumer.getMessageListener",
            says = "A JMSConsumer tells its listener, and null where there is none.")
    void tellsItsListener(Scene scene) {
        JMSConsumer consumer = scene.context().createConsumer(scene.queue());
        MessageListener listener = message -> {};

        Expect.isNull(consumer.getMessageListener(), "the listener of a new consumer");
        consumer.setMessageListener(listener);
        Expect.that(consumer.getMessageListener() == listener, "it is another listener");
        consumer.setMessageListener(null);
        Expect.isNull(consumer.getMessageListener(), "the listener after it was unset");
    }

    @Check(
            section = "api:JMSConsumer.setMessageListener",
            says = "When a JMSConsumer's listener is unset, messages wait for a receive again.")
    void receivesAgainWithoutListener(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        JMSConsumer consumer = scene.context().createConsumer(queue);
        consumer.setMessageListener(heard::add);
        scene.send(queue, "one");
        scene.await("a message is heard", () -> heard.size() == 1);

        consumer.setMessageListener(null);
        scene.send(queue, "two");

        Expect.equal("two", Scene.text(scene.receive(consumer)), "received");
        Expect.equal(1, heard.size(), "messages that were heard");
    }

    @Check(
            section = "api:JMSConsumer.receive",
            says = "A JMSConsumer's receive with the time-out 0 waits without end.")
    void takesZeroForEver(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        JMSConsumer consumer = scene.context().createConsumer(queue);
        Future<Message> received = scene.elsewhere(() -> consumer.receive(0));
        scene.never("receive(0) returns", received::isDone);

        scene.send(queue, "one");

        Expect.equal("one", Scene.text(scene.result("receive(0)", received)), "received");
    }

    @Check(
            section = "api:JMSConsumer.receiveBody",
            says = "A receiveBody with the time-out 0 waits without end.")
    void takesZeroForEverOfBodies(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        JMSConsumer consumer = scene.context().createConsumer(queue);
        Future<String> received = scene.elsewhere(() -> consumer.receiveBody(String.class, 0));
        scene.never("receiveBody(0) returns", received::isDone);

        scene.send(queue, "one");

        Expect.equal("one", scene.result("receiveBody(0)", received), "received");
    }

    @Check(
            section = "api:JMSConsumer.receiveBody",
            says = "A receiveBody that waits returns null when its consumer is closed.")
    void closingWakesReceiveBody(Scene scene) throws JMSException {
        JMSConsumer consumer = scene.context().createConsumer(scene.queue());
        Future<String> received = scene.elsewhere(() -> consumer.receiveBody(String.class));
        scene.never("receiveBody() returns", received::isDone);

        consumer.close();

        Expect.isNull(scene.result("receiveBody()", received), "received");
    }

    @Check(
            section = "api:JMSConsumer.receiveBody",
            says =
                    "A body that can't be deserialized is refused with"
                            + " MessageFormatRuntimeException.")
    void refusesWhatCantBeDeserialized(Scene scene) {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        context.createProducer().send(queue, new Unreadable());
        JMSConsumer consumer = context.createConsumer(queue);

        Expect.refused(
                MessageFormatRuntimeException.class,
                "receiveBody of an object that can't be read",
                () -> consumer.receiveBody(Serializable.class, scene.patienceMs()));
    }
}
