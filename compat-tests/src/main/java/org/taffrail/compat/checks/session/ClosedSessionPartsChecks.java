// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What the producers, consumers and messages of a closed session answer. */
final class ClosedSessionPartsChecks {
    /** A call of a producer. */
    private interface ProducerCall {
        void on(MessageProducer producer, Message message) throws JMSException;
    }

    /** A call of a consumer. */
    private interface ConsumerCall {
        void on(MessageConsumer consumer) throws JMSException;
    }

    private static void refusedByProducer(Scene scene, String method, ProducerCall call)
            throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        Message message = session.createTextMessage("a");

        session.close();

        Expect.refused(
                IllegalStateException.class,
                method + " after the close of the session",
                () -> call.on(producer, message));
    }

    private static void refusedByConsumer(Scene scene, String method, ConsumerCall call)
            throws JMSException {
        Session session = scene.session();
        MessageConsumer consumer = session.createConsumer(scene.queue());

        session.close();

        Expect.refused(
                IllegalStateException.class,
                method + " after the close of the session",
                () -> call.on(consumer));
    }

    @Check(
            section = "6.2.15",
            says = "A producer of a closed session throws IllegalStateException from send.")
    void producerRefusesSend(Scene scene) throws JMSException {
        refusedByProducer(scene, "send", (producer, message) -> producer.send(message));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from send"
                            + " with options.")
    void producerRefusesSendWithOptions(Scene scene) throws JMSException {
        refusedByProducer(
                scene,
                "send with options",
                (producer, message) -> producer.send(message, DeliveryMode.PERSISTENT, 4, 0));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " getDestination.")
    void producerRefusesGetDestination(Scene scene) throws JMSException {
        refusedByProducer(
                scene, "getDestination", (producer, message) -> producer.getDestination());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " getDeliveryMode.")
    void producerRefusesGetDeliveryMode(Scene scene) throws JMSException {
        refusedByProducer(
                scene, "getDeliveryMode", (producer, message) -> producer.getDeliveryMode());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " setDeliveryMode.")
    void producerRefusesSetDeliveryMode(Scene scene) throws JMSException {
        refusedByProducer(
                scene,
                "setDeliveryMode",
                (producer, message) -> producer.setDeliveryMode(DeliveryMode.PERSISTENT));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " getPriority.")
    void producerRefusesGetPriority(Scene scene) throws JMSException {
        refusedByProducer(scene, "getPriority", (producer, message) -> producer.getPriority());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " setPriority.")
    void producerRefusesSetPriority(Scene scene) throws JMSException {
        refusedByProducer(scene, "setPriority", (producer, message) -> producer.setPriority(4));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " getTimeToLive.")
    void producerRefusesGetTimeToLive(Scene scene) throws JMSException {
        refusedByProducer(scene, "getTimeToLive", (producer, message) -> producer.getTimeToLive());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " setTimeToLive.")
    void producerRefusesSetTimeToLive(Scene scene) throws JMSException {
        refusedByProducer(scene, "setTimeToLive", (producer, message) -> producer.setTimeToLive(0));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " getDeliveryDelay.")
    void producerRefusesGetDeliveryDelay(Scene scene) throws JMSException {
        refusedByProducer(
                scene, "getDeliveryDelay", (producer, message) -> producer.getDeliveryDelay());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " setDeliveryDelay.")
    void producerRefusesSetDeliveryDelay(Scene scene) throws JMSException {
        refusedByProducer(
                scene, "setDeliveryDelay", (producer, message) -> producer.setDeliveryDelay(0));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " getDisableMessageID.")
    void producerRefusesGetDisableMessageId(Scene scene) throws JMSException {
        refusedByProducer(
                scene,
                "getDisableMessageID",
                (producer, message) -> producer.getDisableMessageID());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " setDisableMessageID.")
    void producerRefusesSetDisableMessageId(Scene scene) throws JMSException {
        refusedByProducer(
                scene,
                "setDisableMessageID",
                (producer, message) -> producer.setDisableMessageID(false));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " getDisableMessageTimestamp.")
    void producerRefusesGetDisableMessageTimestamp(Scene scene) throws JMSException {
        refusedByProducer(
                scene,
                "getDisableMessageTimestamp",
                (producer, message) -> producer.getDisableMessageTimestamp());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed session throws IllegalStateException from"
                            + " setDisableMessageTimestamp.")
    void producerRefusesSetDisableMessageTimestamp(Scene scene) throws JMSException {
        refusedByProducer(
                scene,
                "setDisableMessageTimestamp",
                (producer, message) -> producer.setDisableMessageTimestamp(false));
    }

    @Check(
            section = "6.2.15",
            says = "A consumer of a closed session throws IllegalStateException from " + "receive.")
    void consumerRefusesReceive(Scene scene) throws JMSException {
        refusedByConsumer(scene, "receive", consumer -> consumer.receive());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed session throws IllegalStateException from receive"
                            + " with a timeout.")
    void consumerRefusesTimedReceive(Scene scene) throws JMSException {
        refusedByConsumer(scene, "receive with a timeout", consumer -> consumer.receive(1));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed session throws IllegalStateException from"
                            + " receiveNoWait.")
    void consumerRefusesReceiveNoWait(Scene scene) throws JMSException {
        refusedByConsumer(scene, "receiveNoWait", consumer -> consumer.receiveNoWait());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed session throws IllegalStateException from"
                            + " getMessageListener.")
    void consumerRefusesGetMessageListener(Scene scene) throws JMSException {
        refusedByConsumer(scene, "getMessageListener", consumer -> consumer.getMessageListener());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed session throws IllegalStateException from"
                            + " setMessageListener.")
    void consumerRefusesSetMessageListener(Scene scene) throws JMSException {
        refusedByConsumer(
                scene,
                "setMessageListener",
                consumer -> consumer.setMessageListener(message -> {}));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed session throws IllegalStateException from"
                            + " getMessageSelector.")
    void consumerRefusesGetMessageSelector(Scene scene) throws JMSException {
        refusedByConsumer(scene, "getMessageSelector", consumer -> consumer.getMessageSelector());
    }

    @Check(
            section = "6.2.15",
            says = "Closing the producers and consumers of a closed session does" + " nothing.")
    void partsCloseQuietly(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        MessageConsumer consumer = session.createConsumer(queue);

        session.close();

        consumer.close();
        producer.close();
    }

    @Check(
            section = "api:Message.acknowledge",
            says =
                    "A message received in CLIENT_ACKNOWLEDGE mode throws"
                            + " IllegalStateException from acknowledge once its session is closed.")
    void messageIsNotAcknowledged(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        Message message = scene.receive(session.createConsumer(queue));

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "acknowledge after the close of the session",
                message::acknowledge);
    }

    @Check(
            section = "6.2.15",
            says =
                    "A message that was received before its session was closed can still be"
                            + " read.")
    void receivedMessageStaysReadable(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        scene.send(queue, "a");
        Message message = scene.receive(session.createConsumer(queue));

        session.close();

        Expect.equal("a", Scene.text(message), "its text");
        Expect.equal(queue, message.getJMSDestination(), "its destination");
    }

    @Check(
            section = "6.2.15",
            says =
                    "A message that a session made before it was closed can be sent through"
                            + " another.")
    void createdMessageStaysUsable(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        TextMessage message = session.createTextMessage();
        Queue queue = scene.queue();

        session.close();
        message.setText("a");
        Session other = connection.createSession();
        other.createProducer(queue).send(message);

        MessageConsumer consumer = other.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }
}
