// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** The exceptions of the classic interfaces. */
final class ExceptionChecks {
    @Check(
            section = "10.2",
            says = "An exception of the provider describes the error in its message.")
    void describesTheError(Scene scene) throws JMSException {
        Session session = scene.session();

        JMSException thrown =
                Expect.refused(JMSException.class, "commit without transaction", session::commit);

        String text = Expect.notNull(thrown.getMessage(), "getMessage");
        Expect.that(!text.isBlank(), "the message is empty");
    }

    @Check(
            section = "10.3",
            says =
                    "A destination that is no longer valid is refused with"
                            + " InvalidDestinationException: a deleted temporary queue.")
    void refusesDeletedQueue(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue queue = session.createTemporaryQueue();
        queue.delete();

        Expect.refused(
                InvalidDestinationException.class,
                "a consumer of a deleted temporary queue",
                () -> session.createConsumer(queue));
    }

    @Check(
            section = "10.3",
            says =
                    "A send to a deleted temporary topic is refused with"
                            + " InvalidDestinationException.")
    void refusesDeletedTopic(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryTopic topic = session.createTemporaryTopic();
        topic.delete();

        Expect.refused(
                InvalidDestinationException.class,
                "a send to a deleted temporary topic",
                () -> session.createProducer(topic).send(session.createMessage()));
    }

    @Check(
            section = "10.3",
            says = "A send without a destination is refused with " + "InvalidDestinationException.")
    void refusesSendToNothing(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(null);

        Expect.refused(
                InvalidDestinationException.class,
                "a send to null",
                () -> producer.send((Destination) null, session.createMessage()));
    }

    @Check(
            section = "10.3",
            says = "A null message is refused with MessageFormatException when it is sent.")
    void refusesNullMessage(Scene scene) throws JMSException {
        MessageProducer producer = scene.session().createProducer(scene.queue());

        Expect.refused(MessageFormatException.class, "a send of null", () -> producer.send(null));
    }

    @Check(
            section = "10.3",
            says =
                    "A received body that is written to is refused with"
                            + " MessageNotWriteableException.")
    void refusesWrite(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "a");
        TextMessage message =
                Expect.type(
                        TextMessage.class,
                        scene.receive(scene.session().createConsumer(queue)),
                        "the message");

        Expect.refused(
                MessageNotWriteableException.class,
                "setText of a received message",
                () -> message.setText("b"));
    }

    @Check(section = "10.2", says = "After an exception the session can be used as before.")
    void sessionStaysUsable(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Expect.refused(
                InvalidSelectorException.class,
                "createConsumer with a wrong selector",
                () -> session.createConsumer(queue, "a = = 1"));
        Expect.refused(
                InvalidDestinationException.class,
                "createConsumer(null)",
                () -> session.createConsumer(null));

        scene.send(queue, "a");

        MessageConsumer consumer = session.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "10.3",
            says =
                    "A durable subscription on a temporary topic is refused with"
                            + " InvalidDestinationException, if it is refused.")
    void durableOnTemporaryTopic(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.setClientID(scene.name());
        Session session = connection.createSession();
        TemporaryTopic topic = session.createTemporaryTopic();
        String name = scene.name();

        try {
            session.createDurableConsumer(topic, name).close();
            session.unsubscribe(name);
        } catch (JMSException refusal) {
            Expect.type(InvalidDestinationException.class, refusal, "the refusal");
        }
    }
}
