// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.Set;

/** Transacted sessions: what commit and rollback do with what was sent and received. */
final class TransactionChecks {
    @Check(
            section = "6.2.7",
            says = "What a transacted session sends is not delivered before the commit.")
    void sendsWaitForCommit(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        session.createProducer(queue).send(session.createTextMessage("a"));

        scene.receivesNothing(consumer);

        session.commit();
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came after the commit");
    }

    @Check(
            section = "6.2.7",
            says = "What a transacted session publishes is not delivered before the commit.")
    void publishesWaitForCommit(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Topic topic = scene.topic();
        MessageConsumer consumer = scene.session().createConsumer(topic);
        session.createProducer(topic).send(session.createTextMessage("a"));

        scene.receivesNothing(consumer);

        session.commit();
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came after the commit");
    }

    @Check(
            section = "6.2.7",
            says = "A transacted session does not receive itself what it has not committed.")
    void receivesNoUncommitted(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        session.createProducer(queue).send(session.createTextMessage("a"));

        scene.receivesNothing(consumer);

        session.commit();
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came after the commit");
        session.commit();
    }

    @Check(
            section = "6.2.7",
            says = "commit delivers what was sent in the order in which it was sent.")
    void commitKeepsOrder(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        for (String text : List.of("a", "b", "c")) {
            producer.send(session.createTextMessage(text));
        }

        session.commit();

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal(List.of("a", "b", "c"), scene.texts(consumer, 3), "what was received");
    }

    @Check(
            section = "6.2.7",
            says = "commit delivers what was sent to several destinations, queues and " + "topics.")
    void commitCoversAllDestinations(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue first = scene.queue();
        Queue second = scene.queue();
        Topic topic = scene.topic();
        Session receiving = scene.session();
        MessageConsumer subscriber = receiving.createConsumer(topic);
        MessageProducer producer = session.createProducer(null);
        producer.send(first, session.createTextMessage("a"));
        producer.send(second, session.createTextMessage("b"));
        producer.send(topic, session.createTextMessage("c"));

        session.commit();

        Expect.equal("a", Scene.text(scene.receive(receiving.createConsumer(first))), "in one");
        Expect.equal("b", Scene.text(scene.receive(receiving.createConsumer(second))), "in two");
        Expect.equal("c", Scene.text(scene.receive(subscriber)), "in the topic");
    }

    @Check(section = "6.2.7", says = "commit acknowledges what was received.")
    void commitAcknowledges(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        scene.texts(session.createConsumer(queue), 2);

        session.commit();

        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(section = "6.2.7", says = "commit covers what was received and what was sent, together.")
    void commitCoversBoth(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        scene.send(queue, "a");
        scene.receive(session.createConsumer(queue));
        session.createProducer(replies).send(session.createTextMessage("reply"));

        session.commit();

        session.close();
        Session next = scene.session();
        scene.receivesNothing(next.createConsumer(queue));
        MessageConsumer consumer = next.createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what was sent");
    }

    @Check(
            section = "6.2.7",
            says = "rollback covers what was received and what was sent, together.")
    void rollbackCoversBoth(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        scene.send(queue, "a");
        scene.receive(session.createConsumer(queue));
        session.createProducer(replies).send(session.createTextMessage("reply"));

        session.rollback();

        session.close();
        Session next = scene.session();
        scene.receivesNothing(next.createConsumer(replies));
        MessageConsumer consumer = next.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(section = "6.2.7", says = "rollback discards what was sent.")
    void rollbackDiscardsSends(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.send(session.createTextMessage("a"));

        session.rollback();

        producer.send(session.createTextMessage("b"));
        session.commit();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("b", Scene.text(scene.receive(consumer)), "what was received");
        scene.receivesNothing(consumer);
    }

    @Check(section = "6.2.7", says = "rollback brings back all that was received.")
    void rollbackBringsBack(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, 3);

        session.rollback();

        Expect.equal(
                Set.of("a", "b", "c"), Set.copyOf(scene.texts(consumer, 3)), "what comes again");
        scene.receivesNothing(consumer);
        session.commit();
    }

    @Check(
            section = "6.2.7",
            says =
                    "What rollback brings back comes in the order in which it was sent, and before"
                            + " what was never received.",
            strength = Strength.COMMON_PRACTICE)
    void rollbackKeepsOrder(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c", "d");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, 2);

        session.rollback();

        Expect.equal(List.of("a", "b", "c", "d"), scene.texts(consumer, 4), "what comes");
        session.commit();
    }

    @Check(section = "6.2.7", says = "rollback does not bring back what was committed before.")
    void committedStaysCommitted(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);
        session.commit();
        scene.receive(consumer);

        session.rollback();

        Expect.equal(List.of("b"), scene.texts(consumer, 1), "what comes again");
        session.commit();
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "6.2.7",
            says =
                    "After a commit the session is in a new transaction, which may be rolled"
                            + " back.")
    void commitBeginsTheNext(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        producer.send(session.createTextMessage("a"));
        session.commit();

        producer.send(session.createTextMessage("b"));
        session.rollback();

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "6.2.7",
            says = "A transaction in which nothing was done may be committed and rolled " + "back.")
    void emptyTransactionsEnd(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);

        session.commit();
        session.rollback();
        session.commit();
    }

    @Check(
            section = "6.2.7",
            says = "A session's transaction leaves other sessions of its connection alone.")
    void leavesOtherSessions(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        Session other = connection.createSession(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        other.createProducer(queue).send(other.createTextMessage("a"));

        session.rollback();
        other.commit();

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "6.2.7",
            says = "What a transaction has received is with nobody else until it ends.")
    void holdsWhatItReceives(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "a");
        scene.receive(session.createConsumer(queue));

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(section = "6.2.7", says = "A transaction with many messages is committed whole.")
    void commitsMany(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        int count = 500;
        for (int i = 0; i < count; i++) {
            producer.send(session.createTextMessage("" + i));
        }

        session.commit();

        MessageConsumer consumer = session.createConsumer(queue);
        List<String> texts = scene.texts(consumer, count);
        for (int i = 0; i < count; i++) {
            Expect.equal("" + i, texts.get(i), "message " + i);
        }
        scene.receivesNothing(consumer);
        session.commit();
    }
}
