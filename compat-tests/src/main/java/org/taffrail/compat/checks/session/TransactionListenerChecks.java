// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Transactions that a message listener of their session ends. */
final class TransactionListenerChecks {
    @Check(
            section = "6.2.7",
            says = "A message listener may commit what it was given and what it sends.")
    void listenerCommits(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        Queue replies = scene.queue();
        MessageProducer producer = session.createProducer(replies);
        Trial trial =
                new Trial(
                        scene,
                        "send and commit in a listener",
                        () -> {
                            producer.send(session.createTextMessage("reply"));
                            session.commit();
                        });
        session.createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.passes();

        MessageConsumer consumer = scene.session().createConsumer(replies);
        Expect.equal("reply", Scene.text(scene.receive(consumer)), "what the listener sent");
        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.2.7",
            says =
                    "A message listener that rolls back is given the message again, marked as"
                            + " redelivered.")
    void listenerRollsBack(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        Trial trial = new Trial(scene, "rollback in a listener", session::rollback);
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            heard.add(message);
                            trial.onMessage(message);
                        });
        scene.send(queue, "a");
        trial.passes();

        scene.await("the message again", () -> heard.size() >= 2);

        Expect.equal("a", Scene.text(heard.get(1)), "what comes again");
        Expect.that(heard.get(1).getJMSRedelivered(), "it is not marked as redelivered");
        Expect.equal(2, heard.get(1).getIntProperty("JMSXDeliveryCount"), "its delivery count");
    }
}
