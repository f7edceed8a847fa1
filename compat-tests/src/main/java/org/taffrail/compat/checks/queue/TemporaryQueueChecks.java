// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
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
            section = "api:TemporaryQueue.delete",
            says = "A deleted temporary queue is refused with InvalidDestinationException.")
    void isGoneWhenDeleted(Scene scene) throws JMSException {
        Session session = scene.session();
        TemporaryQueue queue = session.createTemporaryQueue();

        queue.delete();

        Expect.refused(
                InvalidDestinationException.class,
                "a consumer of a deleted queue",
                () -> session.createConsumer(queue));
        Expect.refused(
                InvalidDestinationException.class,
                "a send to a deleted queue",
                () -> session.createProducer(queue).send(session.createMessage()));
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

    @Check(
            section = "6.2.2",
            says = "A temporary queue may be consumed in another session of its connection.")
    void belongsToTheConnection(Scene scene) throws JMSException {
        Connection connection = scene.started();
        TemporaryQueue queue = connection.createSession().createTemporaryQueue();

        MessageConsumer consumer = connection.createSession().createConsumer(queue);

        scene.send(queue, "a");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(section = "6.2.2", says = "A temporary queue outlives the session that made it.")
    void outlivesItsSession(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession();
        TemporaryQueue queue = session.createTemporaryQueue();

        session.close();

        scene.send(queue, "a");
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }
}
