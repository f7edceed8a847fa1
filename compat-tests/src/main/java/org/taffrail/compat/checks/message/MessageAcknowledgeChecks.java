// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

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
