// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.TopicRequestor;
import jakarta.jms.TopicSession;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.concurrent.Future;

/** Requests and replies: by hand, and through the two requestors. */
final class RequestReplyChecks {
    /** Answers each request with its text in brackets. */
    private static void answer(Session session, MessageConsumer requests) throws JMSException {
        MessageProducer replies = session.createProducer(null);
        requests.setMessageListener(
                request -> {
                    try {
                        Message reply = session.createTextMessage("[" + Scene.text(request) + "]");
                        reply.setJMSCorrelationID(request.getJMSMessageID());
                        replies.send(request.getJMSReplyTo(), reply);
                    } catch (JMSException e) {
                        throw new IllegalArgumentException(e);
                    }
                });
    }

    @Check(
            section = "3.4.6",
            says = "A reply finds its way back by JMSReplyTo, and its request by JMSCorrelationID.")
    void repliesByHand(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session server = scene.session();
        answer(server, server.createConsumer(queue));
        Session client = scene.session();
        TemporaryQueue replies = client.createTemporaryQueue();
        Message request = client.createTextMessage("one");
        request.setJMSReplyTo(replies);

        client.createProducer(queue).send(request);

        Message reply = scene.receive(client.createConsumer(replies));
        Expect.equal("[one]", Scene.text(reply), "the reply");
        Expect.equal(request.getJMSMessageID(), reply.getJMSCorrelationID(), "the correlation id");
    }

    @Check(
            section = "3.8.1",
            says = "A reply is picked from a shared reply queue by a selector on JMSCorrelationID.")
    void picksRepliesByCorrelationId(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        Session server = scene.session();
        answer(server, server.createConsumer(queue));
        JMSContext context = scene.context();
        Message first = context.createTextMessage("one");
        Message second = context.createTextMessage("two");
        context.createProducer().setJMSReplyTo(replies).send(queue, first).send(queue, second);

        for (Message request : new Message[] {second, first}) {
            String selector = "JMSCorrelationID = '" + request.getJMSMessageID() + "'";
            Message reply = scene.receive(context.createConsumer(replies, selector));
            Expect.equal("[" + Scene.text(request) + "]", Scene.text(reply), "the reply");
        }
    }

    private static QueueConnection queueConnection(Scene scene) throws JMSException {
        QueueConnection connection =
                scene.closing(scene.factory(QueueConnectionFactory.class).createQueueConnection());
        connection.start();
        return connection;
    }

    @Check(section = "4.1.7", says = "A QueueRequestor sends a request and waits for its reply.")
    void requestsFromAQueue(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session server = scene.session();
        answer(server, server.createConsumer(queue));
        QueueSession session =
                queueConnection(scene).createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        QueueRequestor requestor = new QueueRequestor(session, queue);

        Future<Message> reply =
                scene.elsewhere(() -> requestor.request(session.createTextMessage("one")));

        Expect.equal("[one]", Scene.text(scene.result("request()", reply)), "the reply");
        requestor.close();
    }

    @Check(
            section = "4.2.10",
            says = "A TopicRequestor publishes a request and waits for its reply.")
    void requestsFromATopic(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session server = scene.session();
        answer(server, server.createConsumer(topic));
        TopicConnection connection =
                scene.closing(scene.factory(TopicConnectionFactory.class).createTopicConnection());
        connection.start();
        TopicSession session = connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
        TopicRequestor requestor = new TopicRequestor(session, topic);

        Future<Message> reply =
                scene.elsewhere(() -> requestor.request(session.createTextMessage("one")));

        Expect.equal("[one]", Scene.text(scene.result("request()", reply)), "the reply");
        requestor.close();
    }
}
