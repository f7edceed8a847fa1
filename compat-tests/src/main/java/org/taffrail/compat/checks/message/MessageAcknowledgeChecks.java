// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** {@link Message#acknowledge}. */
final class MessageAcknowledgeChecks {
    @Check(section = "3.6", says = "acknowledge() is ignored on AUTO_ACKNOWLEDGE sessions.")
    void isIgnoredWhereAutomatic(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message received = trip.of(trip.session().createMessage());

        received.acknowledge();
        received.acknowledge();

        scene.receivesNothing(trip.consumer());
    }

    @Check(section = "3.6", says = "acknowledge() is ignored on DUPS_OK_ACKNOWLEDGE sessions.")
    void isIgnoredWhereDuplicatesAreOk(Scene scene) throws JMSException {
        Session session = scene.session(Session.DUPS_OK_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "first", "second");
        MessageConsumer consumer = session.createConsumer(queue);

        scene.receive(consumer).acknowledge();

        Expect.equal(List.of("second"), scene.texts(consumer, 1), "what comes next");
    }

    @Check(
            section = "api:Message.acknowledge",
            says =
                    "acknowledge() is ignored in a transaction: a rollback brings the message"
                            + " back.")
    void isIgnoredInATransaction(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        scene.send(queue, "again");
        MessageConsumer consumer = session.createConsumer(queue);

        scene.receive(consumer).acknowledge();
        session.rollback();

        Expect.equal(List.of("again"), scene.texts(consumer, 1), "after the rollback");
    }

    @Check(
            section = "api:Message.acknowledge",
            says = "acknowledge() on one message acknowledges all that its session has consumed.")
    void acknowledgesAllOfTheSession(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        Queue other = scene.queue();
        scene.send(queue, "1", "2");
        scene.send(other, "3", "4");
        MessageConsumer consumer = session.createConsumer(queue);
        Message first = scene.receive(consumer);
        scene.receive(consumer);
        scene.receive(session.createConsumer(other));

        first.acknowledge();
        connection.close();

        Session next = scene.session();
        Expect.equal(List.of("4"), scene.texts(next.createConsumer(other), 1), "what is left");
        scene.receivesNothing(next.createConsumer(queue));
    }

    @Check(
            section = "api:Message.acknowledge",
            says =
                    "Without acknowledge() what a closed CLIENT_ACKNOWLEDGE session received"
                            + " returns.")
    void returnsTheUnacknowledged(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "again");
        scene.receive(session.createConsumer(queue));

        session.close();

        Expect.equal(
                List.of("again"),
                scene.texts(scene.session().createConsumer(queue), 1),
                "after the close");
    }

    @Check(
            section = "api:Message.acknowledge",
            says = "acknowledge() leaves messages of other sessions alone.")
    void leavesOtherSessionsAlone(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session one = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Session two = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        Queue other = scene.queue();
        scene.send(queue, "one");
        scene.send(other, "two");
        Message ofOne = scene.receive(one.createConsumer(queue));
        scene.receive(two.createConsumer(other));

        ofOne.acknowledge();
        connection.close();

        Expect.equal(
                List.of("two"),
                scene.texts(scene.session().createConsumer(other), 1),
                "what the other session had received");
    }

    @Check(
            section = "api:Message.acknowledge",
            says = "acknowledge() throws IllegalStateException when the session is closed.")
    void refusesOnAClosedSession(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "it");
        Message received = scene.receive(session.createConsumer(queue));

        session.close();

        Expect.refused(IllegalStateException.class, "acknowledge()", received::acknowledge);
    }

    @Check(
            section = "api:Message.acknowledge",
            says = "acknowledge() throws IllegalStateException when the connection is closed.")
    void refusesOnAClosedConnection(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "it");
        Message received = scene.receive(session.createConsumer(queue));

        connection.close();

        Expect.refused(IllegalStateException.class, "acknowledge()", received::acknowledge);
    }

    @Check(
            section = "api:Message.acknowledge",
            says = "acknowledge() acknowledges all that its JMSContext has consumed.")
    void acknowledgesAllOfTheContext(Scene scene) throws JMSException {
        JMSContext context = scene.context(JMSContext.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "1", "2", "3");
        var consumer = context.createConsumer(queue);
        scene.receive(consumer);

        scene.receive(consumer).acknowledge();
        context.close();

        Expect.equal(
                List.of("3"),
                scene.texts(scene.session().createConsumer(queue), 1),
                "what is left");
    }

    @Check(
            section = "3.6",
            says = "acknowledge() on a message that was created, not received, does nothing.",
            strength = Strength.COMMON_PRACTICE)
    void isIgnoredOnCreatedMessages(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "again");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);

        session.createMessage().acknowledge();
        session.recover();

        Expect.equal(List.of("again"), scene.texts(consumer, 1), "after recover()");
    }
}
