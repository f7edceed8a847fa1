// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

/** Transactions and the listeners of their session: who may end one, and what its end waits for. */
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

    @Check(
            section = "8.7",
            says =
                    "When a listener throws a RuntimeException in a transacted session the"
                            + " next message is delivered, and nothing is rolled back.")
    void goesOnWhenListenerThrows(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        List<String> heard = new CopyOnWriteArrayList<>();
        Trial trial = new Trial(scene, "commit in a listener", session::commit);
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            Texts.add(heard, message);
                            if (heard.size() == 1) {
                                throw new UnsupportedOperationException("the check's own");
                            }
                            trial.onMessage(message);
                        });
        scene.send(queue, "a", "b");

        trial.passes();

        Expect.equal(List.of("a", "b"), heard, "what was heard");
        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "7.3.4",
            says =
                    "commit in a CompletionListener of its own session throws"
                            + " IllegalStateException.")
    void completionListenerMayNotCommit(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(scene.queue());
        Trial trial = new Trial(scene, "commit in a CompletionListener", session::commit);

        producer.send(session.createTextMessage("a"), trial);

        trial.isRefused(IllegalStateException.class);
    }

    @Check(
            section = "7.3.4",
            says =
                    "rollback in a CompletionListener of its own session throws"
                            + " IllegalStateException.")
    void completionListenerMayNotRollBack(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(scene.queue());
        Trial trial = new Trial(scene, "rollback in a CompletionListener", session::rollback);

        producer.send(session.createTextMessage("a"), trial);

        trial.isRefused(IllegalStateException.class);
    }

    @Check(
            section = "7.3.4",
            says =
                    "commit waits until the CompletionListeners of the transaction's sends"
                            + " have returned.")
    void commitWaitsForCompletions(Scene scene) throws JMSException {
        waitsForCompletions(scene, Session::commit, 1);
    }

    @Check(
            section = "7.3.4",
            says =
                    "rollback waits until the CompletionListeners of the transaction's sends"
                            + " have returned.")
    void rollbackWaitsForCompletions(Scene scene) throws JMSException {
        waitsForCompletions(scene, Session::rollback, 0);
    }

    /** Ends a transaction. */
    private interface End {
        void of(Session session) throws JMSException;
    }

    private static void waitsForCompletions(Scene scene, End end, int left) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        HeldListener listener = HeldListener.in(scene);
        producer.send(session.createTextMessage("a"), listener);
        listener.awaitCall();

        Future<Boolean> ended =
                scene.elsewhere(
                        () -> {
                            end.of(session);
                            return listener.hasReturned();
                        });
        scene.never("the transaction ends while a CompletionListener is running", ended::isDone);
        listener.letGo();

        Expect.that(scene.result("the end", ended), "it ended before the listener had returned");
        MessageConsumer consumer = scene.session().createConsumer(queue);
        scene.texts(consumer, left);
        scene.receivesNothing(consumer);
    }
}
