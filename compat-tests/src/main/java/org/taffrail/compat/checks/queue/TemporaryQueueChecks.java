// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** Temporary queues. */
final class TemporaryQueueChecks {
    @Check(
            section = "6.2.2",
            says = "A temporary queue takes and gives messages as any queue does.")
    void works(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue queue = session.createTemporaryQueue();

        session.createProducer(queue).send(session.createTextMessage("one"));

        Expect.equal("one", Scene.text(scene.receive(session.createConsumer(queue))), "received");
    }

    @Check(section = "4.1.5", says = "Each temporary queue is one of its own.")
    void isUnique(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue first = session.createTemporaryQueue();
        TemporaryQueue second = session.createTemporaryQueue();
        TemporaryQueue third = scene.session().createTemporaryQueue();

        Expect.that(!first.equals(second), "two of one session are equal");
        Expect.that(!first.getQueueName().equals(second.getQueueName()), "two have the same name");
        Expect.that(
                !first.getQueueName().equals(third.getQueueName()),
                "those of two connections have the same name");
    }

    @Check(section = "4.1.5", says = "Another connection can send to a temporary queue.")
    void takesMessagesOfOthers(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue queue = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(queue);

        scene.send(queue, "one");

        Expect.equal("one", Scene.text(scene.receive(consumer)), "received");
    }

    @Check(section = "4.1.5", says = "Only its own connection can consume from a temporary queue.")
    void givesNothingToOthers(Scene scene) throws JMSException {
        TemporaryQueue queue = scene.session().createTemporaryQueue();
        Session other = scene.session();

        Expect.refused(
                JMSException.class,
                "a consumer of another connection",
                () -> other.createConsumer(queue));
    }

    @Check(
            section = "6.2.2",
            says = "A temporary queue belongs to the connection: other sessions of it consume too.")
    void belongsToTheConnection(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session first = connection.createSession();
        TemporaryQueue queue = first.createTemporaryQueue();
        first.close();
        Session second = connection.createSession();

        second.createProducer(queue).send(second.createTextMessage("one"));

        Expect.equal("one", Scene.text(scene.receive(second.createConsumer(queue))), "received");
    }

    @Check(section = "6.2.2", says = "A temporary queue ends with its connection.")
    void endsWithItsConnection(Scene scene) throws JMSException {
        Connection connection = scene.factory().createConnection();
        TemporaryQueue queue = connection.createSession().createTemporaryQueue();
        Session other = scene.session();

        connection.close();

        scene.await("sending to it is refused", () -> isRefused(other, queue));
    }

    private static boolean isRefused(Session session, Queue queue) {
        try {
            session.createProducer(queue).send(session.createMessage());
            return false;
        } catch (JMSException e) {
            return true;
        }
    }

    @Check(section = "api:TemporaryQueue.delete", says = "A deleted temporary queue can't be used.")
    void isGoneWhenDeleted(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue queue = session.createTemporaryQueue();

        queue.delete();

        Expect.refused(
                JMSException.class,
                "a consumer of a deleted queue",
                () -> session.createConsumer(queue));
        scene.await("sending to it is refused", () -> isRefused(session, queue));
    }

    @Check(
            section = "api:TemporaryQueue.delete",
            says = "A temporary queue that has consumers can't be deleted.")
    void isNotDeletedWhileInUse(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue queue = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(queue);

        Expect.refused(JMSException.class, "delete()", queue::delete);

        session.createProducer(queue).send(session.createTextMessage("one"));
        Expect.equal("one", Scene.text(scene.receive(consumer)), "received");
        consumer.close();
        queue.delete();
    }

    @Check(section = "3.4.6", says = "A temporary queue keeps its kind as a message's JMSReplyTo.")
    void keepsItsKindAsReplyTo(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue replies = session.createTemporaryQueue();
        Queue queue = scene.queue();
        Message message = session.createMessage();
        message.setJMSReplyTo(replies);
        session.createProducer(queue).send(message);

        Message received = scene.receive(scene.session().createConsumer(queue));

        Queue replyTo = Expect.type(Queue.class, received.getJMSReplyTo(), "the reply-to");
        Expect.equal(replies.getQueueName(), replyTo.getQueueName(), "its name");
        Expect.equal(replies, replyTo, "the reply-to");
    }

    @Check(
            section = "3.4.6",
            says = "A received JMSReplyTo of a temporary queue is a TemporaryQueue.",
            strength = Strength.COMMON_PRACTICE)
    void isATemporaryQueueAsReplyTo(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Message message = session.createMessage();
        message.setJMSReplyTo(session.createTemporaryQueue());
        session.createProducer(queue).send(message);

        Message received = scene.receive(scene.session().createConsumer(queue));

        Expect.type(TemporaryQueue.class, received.getJMSReplyTo(), "the reply-to");
    }

    @Check(section = "6.2.15", says = "A closed session makes no temporary queues.")
    void isNotMadeByClosedSessions(Scene scene) throws JMSException {
        Session session = scene.session();

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "createTemporaryQueue()",
                session::createTemporaryQueue);
    }

    @Check(section = "6.2.2", says = "A JMSContext's temporary queue works in the same way.")
    void worksInTheSimplifiedApi(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        JMSContext other = scene.context();
        TemporaryQueue queue = context.createTemporaryQueue();

        other.createProducer().send(queue, "one");

        Expect.equal("one", Scene.text(scene.receive(context.createConsumer(queue))), "received");
        Expect.refused(
                JMSRuntimeException.class,
                "a consumer of another connection",
                () -> other.createConsumer(queue));
    }
}
