// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;

/** What the sessions, producers and consumers of a closed connection answer. */
final class ClosedConnectionPartsChecks {

    @Check(
            section = "6.1.8",
            says =
                    "A session of a closed connection throws IllegalStateException when a"
                            + " consumer is created.")
    void sessionCreatesNoConsumer(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        Queue queue = scene.queue();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "createConsumer after the close of the connection",
                () -> session.createConsumer(queue));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A session of a closed connection throws IllegalStateException when a"
                            + " producer is created.")
    void sessionCreatesNoProducer(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        Queue queue = scene.queue();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "createProducer after the close of the connection",
                () -> session.createProducer(queue));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A session of a closed connection throws IllegalStateException when a"
                            + " message is created.")
    void sessionCreatesNoMessage(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "createTextMessage after the close of the connection",
                () -> session.createTextMessage("a"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A session of a closed connection throws IllegalStateException when a"
                            + " browser is created.")
    void sessionCreatesNoBrowser(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        Queue queue = scene.queue();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "createBrowser after the close of the connection",
                () -> session.createBrowser(queue));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A session of a closed connection throws IllegalStateException from"
                            + " recover.")
    void sessionRecoversNot(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "recover after the close of the connection",
                () -> session.recover());
    }

    @Check(
            section = "6.1.8",
            says = "A producer of a closed connection throws IllegalStateException from " + "send.")
    void producerSendsNot(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(scene.queue());
        Message message = session.createMessage();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "send after the close of the connection",
                () -> producer.send(message));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A producer of a closed connection throws IllegalStateException from a"
                            + " send with a CompletionListener.")
    void producerSendsNotAsynchronously(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(scene.queue());
        Message message = session.createMessage();
        HeldListener listener = HeldListener.in(scene);
        listener.letGo();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "an asynchronous send after the close of the connection",
                () -> producer.send(message, listener));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A producer of a closed connection throws IllegalStateException from"
                            + " getDestination.")
    void producerTellsNoDestination(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(scene.queue());

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "getDestination after the close of the connection",
                () -> producer.getDestination());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A consumer of a closed connection throws IllegalStateException from"
                            + " receive.")
    void consumerReceivesNot(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(scene.queue());

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "receive after the close of the connection",
                () -> consumer.receive());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A consumer of a closed connection throws IllegalStateException from"
                            + " receive with a timeout.")
    void consumerReceivesNotWithTimeout(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(scene.queue());

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "receive after the close of the connection",
                () -> consumer.receive(scene.quietMs()));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A consumer of a closed connection throws IllegalStateException from"
                            + " receiveNoWait.")
    void consumerReceivesNotWithoutWait(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(scene.queue());

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "receiveNoWait after the close of the connection",
                () -> consumer.receiveNoWait());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A consumer of a closed connection throws IllegalStateException from"
                            + " setMessageListener.")
    void consumerTakesNoListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(scene.queue());

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "setMessageListener after the close of the connection",
                () -> consumer.setMessageListener(message -> {}));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A consumer of a closed connection throws IllegalStateException from"
                            + " getMessageSelector.")
    void consumerTellsNoSelector(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(scene.queue());

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "getMessageSelector after the close of the connection",
                () -> consumer.getMessageSelector());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A transacted session of a closed connection throws IllegalStateException"
                            + " from commit.")
    void sessionCommitsNot(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "commit after the close of the connection",
                session::commit);
    }

    @Check(
            section = "6.1.8",
            says =
                    "Closing the sessions, producers and consumers of a closed"
                            + " connection does nothing.")
    void partsCloseQuietly(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(queue);
        MessageConsumer consumer = session.createConsumer(queue);

        connection.close();

        consumer.close();
        producer.close();
        session.close();
    }

    @Check(
            section = "6.1.8",
            says = "All sessions of a connection are closed with it, not only the first.")
    void closesAllSessions(Scene scene) throws JMSException {
        Connection connection = scene.started();
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sessions.add(connection.createSession());
        }

        connection.close();

        for (Session session : sessions) {
            Expect.refused(
                    IllegalStateException.class,
                    "createMessage after the close of the connection",
                    session::createMessage);
        }
    }

    @Check(
            section = "6.1.8",
            says =
                    "A message that was received before the connection was closed can still"
                            + " be read.")
    void receivedMessageStaysReadable(Scene scene) throws JMSException {
        Session sending = scene.session();
        Queue queue = scene.queue();
        BytesMessage sent = sending.createBytesMessage();
        sent.writeBytes(new byte[1000]);
        sent.setStringProperty("p", "x");
        sending.createProducer(queue).send(sent);
        Connection connection = scene.started();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        BytesMessage message =
                Expect.type(BytesMessage.class, scene.receive(consumer), "the message");

        connection.close();

        Expect.equal(1000L, message.getBodyLength(), "its length");
        Expect.equal(1000, message.readBytes(new byte[1000]), "the bytes that could be read");
        Expect.equal("x", message.getStringProperty("p"), "its property");
        Expect.notNull(message.getJMSMessageID(), "its message id");
    }

    @Check(
            section = "6.1.8",
            says =
                    "A message that was created before the connection was closed can be sent"
                            + " through another.")
    void createdMessageStaysUsable(Scene scene) throws JMSException {
        Connection connection = scene.started();
        TextMessage message = connection.createSession().createTextMessage();
        Queue queue = scene.queue();
        Session other = scene.session();

        connection.close();
        message.setText("a");
        other.createProducer(queue).send(message);

        MessageConsumer consumer = other.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.1.8",
            says =
                    "A message received in CLIENT_ACKNOWLEDGE mode throws"
                            + " IllegalStateException from acknowledge once its connection is closed.")
    void messageIsNotAcknowledged(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer =
                connection.createSession(Session.CLIENT_ACKNOWLEDGE).createConsumer(queue);
        scene.send(queue, "a");
        Message message = scene.receive(consumer);

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "acknowledge after the close of the connection",
                message::acknowledge);
    }
}
