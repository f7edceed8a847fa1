// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.domain;

import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;

import org.taffrail.compat.checks.connection.Credentials;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** The interfaces for queues alone: QueueConnection, QueueSession, QueueSender, QueueReceiver. */
final class QueueDomainChecks {
    @Check(
            section = "2.9",
            says = "A provider's connection factory is a QueueConnectionFactory too.",
            strength = Strength.COMMON_PRACTICE)
    void factoryIsForQueues(Scene scene) {
        Expect.type(QueueConnectionFactory.class, scene.factory(), "the connection factory");
    }

    @Check(
            section = "api:QueueConnectionFactory.createQueueConnection",
            says = "A queue connection is made in stopped mode.")
    void connectionBeginsStopped(Scene scene) throws JMSException {
        QueueConnection connection = connect(scene);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        QueueReceiver receiver = session(connection).createReceiver(queue);

        scene.receivesNothing(receiver);

        connection.start();
        Expect.equal("a", Scene.text(scene.receive(receiver)), "what came after the start");
    }

    @Check(
            section = "api:QueueConnectionFactory.createQueueConnection",
            says =
                    "A queue connection is refused with JMSSecurityException when the"
                            + " password is wrong.")
    void refusesWrongPassword(Scene scene) {
        String user = Credentials.user(scene);
        String wrong = Credentials.wrongPassword(scene);
        QueueConnectionFactory factory = scene.factory(QueueConnectionFactory.class);

        Expect.refused(
                JMSSecurityException.class,
                "createQueueConnection with a wrong password",
                () -> scene.closing(factory.createQueueConnection(user, wrong)));
    }

    @Check(
            section = "api:QueueConnectionFactory.createQueueConnection",
            says = "A queue connection is made with credentials that are right.")
    void connectsWithCredentials(Scene scene) throws JMSException {
        String user = Credentials.user(scene);
        String password = Credentials.password(scene);
        QueueConnectionFactory factory = scene.factory(QueueConnectionFactory.class);

        scene.closing(factory.createQueueConnection(user, password)).start();
    }

    @Check(
            section = "api:QueueConnection.createQueueSession",
            says = "A queue session has the acknowledgement mode that was asked for.")
    void sessionHasMode(Scene scene) throws JMSException {
        QueueConnection connection = connect(scene);

        QueueSession session = connection.createQueueSession(false, Session.CLIENT_ACKNOWLEDGE);

        Expect.equal(Session.CLIENT_ACKNOWLEDGE, session.getAcknowledgeMode(), "its mode");
        Expect.that(!session.getTransacted(), "it is transacted");
    }

    @Check(
            section = "api:QueueConnection.createQueueSession",
            says = "A transacted queue session ignores the acknowledgement mode.")
    void sessionMayBeTransacted(Scene scene) throws JMSException {
        QueueConnection connection = connect(scene);

        QueueSession session = connection.createQueueSession(true, Session.CLIENT_ACKNOWLEDGE);

        Expect.that(session.getTransacted(), "it is not transacted");
        Expect.equal(Session.SESSION_TRANSACTED, session.getAcknowledgeMode(), "its mode");
    }

    @Check(
            section = "api:QueueSession.createSender",
            says = "A sender sends to its queue, and a receiver receives from it.")
    void sendsAndReceives(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        Queue queue = scene.queue();
        QueueReceiver receiver = session.createReceiver(queue);
        QueueSender sender = session.createSender(queue);

        sender.send(session.createTextMessage("a"));

        Expect.equal("a", Scene.text(scene.receive(receiver)), "what was received");
        Expect.equal(queue, sender.getQueue(), "the sender's queue");
        Expect.equal(queue, receiver.getQueue(), "the receiver's queue");
    }

    @Check(
            section = "api:QueueSender.send",
            says = "A sender sends with delivery mode, priority and time to live.")
    void sendsWithOptions(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        Queue queue = scene.queue();
        QueueReceiver receiver = session.createReceiver(queue);

        session.createSender(queue)
                .send(session.createMessage(), DeliveryMode.NON_PERSISTENT, 7, 0);

        Message message = scene.receive(receiver);
        Expect.equal(DeliveryMode.NON_PERSISTENT, message.getJMSDeliveryMode(), "delivery mode");
        Expect.equal(7, message.getJMSPriority(), "priority");
    }

    @Check(
            section = "api:QueueSession.createSender",
            says = "A sender without a queue is told it with each send.")
    void sendsWithoutQueue(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        Queue queue = scene.queue();
        QueueReceiver receiver = session.createReceiver(queue);
        QueueSender sender = session.createSender(null);

        sender.send(queue, session.createTextMessage("a"));
        sender.send(queue, session.createTextMessage("b"), DeliveryMode.PERSISTENT, 4, 0);

        Expect.isNull(sender.getQueue(), "the sender's queue");
        Expect.equal(List.of("a", "b"), scene.texts(receiver, 2), "what was received");
    }

    @Check(
            section = "api:QueueSession.createReceiver",
            says = "A receiver takes a selector, and returns it.")
    void receiverSelects(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        Queue queue = scene.queue();
        QueueReceiver receiver = session.createReceiver(queue, "n = 2");
        QueueSender sender = session.createSender(queue);
        for (int n = 1; n <= 2; n++) {
            TextMessage message = session.createTextMessage("" + n);
            message.setIntProperty("n", n);
            sender.send(message);
        }

        Expect.equal("2", Scene.text(scene.receive(receiver)), "what was received");
        Expect.equal("n = 2", receiver.getMessageSelector(), "its selector");
    }

    @Check(
            section = "api:QueueSession.createReceiver",
            says = "A receiver without a queue is refused with InvalidDestinationException.")
    void receiverNeedsQueue(Scene scene) throws JMSException {
        QueueSession session = started(scene);

        Expect.refused(
                InvalidDestinationException.class,
                "createReceiver(null)",
                () -> session.createReceiver(null));
    }

    @Check(
            section = "api:QueueSession.createReceiver",
            says =
                    "A receiver's selector with a wrong syntax is refused with"
                            + " InvalidSelectorException.")
    void receiverRefusesSelector(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        Queue queue = scene.queue();

        Expect.refused(
                InvalidSelectorException.class,
                "createReceiver with a wrong selector",
                () -> session.createReceiver(queue, "a = = 1"));
    }

    @Check(
            section = "api:QueueSession.createTemporaryQueue",
            says = "A queue session makes temporary queues.")
    void makesTemporaryQueue(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        TemporaryQueue queue = session.createTemporaryQueue();
        QueueReceiver receiver = session.createReceiver(queue);

        session.createSender(queue).send(session.createTextMessage("a"));

        Expect.equal("a", Scene.text(scene.receive(receiver)), "what was received");
    }

    @Check(
            section = "api:QueueSession.createQueue",
            says = "A queue session makes a queue from a provider's name for it.")
    void makesQueue(Scene scene) throws JMSException {
        String name = scene.name();

        Expect.equal(name, started(scene).createQueue(name).getQueueName(), "its name");
    }

    @Check(
            section = "6.1.2",
            says = "A queue connection takes a client id, and a duplicate is refused.")
    void takesClientId(Scene scene) throws JMSException {
        String id = scene.name();
        connect(scene).setClientID(id);
        QueueConnection second = connect(scene);

        Expect.refused(
                InvalidClientIDException.class,
                "setClientID with an id that is in use",
                () -> second.setClientID(id));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed queue connection throws IllegalStateException when a session is"
                            + " created.")
    void closedConnectionMakesNoSession(Scene scene) throws JMSException {
        QueueConnection connection = connect(scene);

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "createQueueSession on a closed connection",
                () -> connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A closed queue session throws IllegalStateException when a sender is"
                            + " created.")
    void closedSessionMakesNoSender(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        Queue queue = scene.queue();

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "createSender of a closed session",
                () -> session.createSender(queue));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A closed queue session throws IllegalStateException when a receiver is"
                            + " created.")
    void closedSessionMakesNoReceiver(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        Queue queue = scene.queue();

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "createReceiver of a closed session",
                () -> session.createReceiver(queue));
    }

    @Check(
            section = "6.2.15",
            says = "A sender of a closed session throws IllegalStateException from getQueue.")
    void closedSenderTellsNoQueue(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        QueueSender sender = session.createSender(scene.queue());

        session.close();

        Expect.refused(
                IllegalStateException.class, "getQueue of a closed sender", sender::getQueue);
    }

    @Check(
            section = "6.2.15",
            says =
                    "A receiver of a closed session throws IllegalStateException from"
                            + " getQueue.")
    void closedReceiverTellsNoQueue(Scene scene) throws JMSException {
        QueueSession session = started(scene);
        QueueReceiver receiver = session.createReceiver(scene.queue());

        session.close();

        Expect.refused(
                IllegalStateException.class, "getQueue of a closed receiver", receiver::getQueue);
    }

    private static QueueConnection connect(Scene scene) throws JMSException {
        return scene.closing(scene.factory(QueueConnectionFactory.class).createQueueConnection());
    }

    private static QueueSession session(QueueConnection connection) throws JMSException {
        return connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private static QueueSession started(Scene scene) throws JMSException {
        QueueConnection connection = connect(scene);
        connection.start();
        return session(connection);
    }
}
