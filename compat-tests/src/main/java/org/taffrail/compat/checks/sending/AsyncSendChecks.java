// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.List;

/** Asynchronous sends of the classic API: who is told what, when, and in which order. */
final class AsyncSendChecks {
    @Check(
            section = "7.3.1",
            says = "After a successful asynchronous send the completion listener is told, once.")
    void tellsOfCompletionOnce(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        Sent sent = Sent.remembering();

        producer.send(session.createTextMessage("one"), sent);

        sent.awaitCompleted(scene, 1);
        scene.never("a second call", () -> sent.calls() > 1);
        Expect.equal(List.of("one"), sent.texts(), "completed");
    }

    @Check(section = "7.3", says = "Each form of asynchronous send completes.")
    void completesInEachForm(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        MessageProducer unidentified = session.createProducer(null);
        Sent sent = Sent.remembering();
        int mode = DeliveryMode.PERSISTENT;

        producer.send(session.createTextMessage("one"), sent);
        sent.awaitCompleted(scene, 1);
        producer.send(session.createTextMessage("two"), mode, 4, 0, sent);
        sent.awaitCompleted(scene, 2);
        unidentified.send(queue, session.createTextMessage("three"), sent);
        sent.awaitCompleted(scene, 3);
        unidentified.send(queue, session.createTextMessage("four"), mode, 4, 0, sent);
        sent.awaitCompleted(scene, 4);

        List<String> all = List.of("one", "two", "three", "four");
        Expect.equal(all, scene.texts(session.createConsumer(queue), 4), "received");
    }

    @Check(
            section = "7.3.1",
            says = "When a completion listener is called, the message is there for consumers.")
    void isSentWhenCompleted(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Sent sent = Sent.remembering();

        session.createProducer(queue).send(session.createTextMessage("one"), sent);
        sent.awaitCompleted(scene, 1);

        Session other = scene.session();
        Expect.equal("one", Scene.text(scene.receive(other.createConsumer(queue))), "the message");
    }

    @Check(section = "7.3.1", says = "A non-persistent asynchronous send completes as well.")
    void completesNonPersistentSends(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        Sent sent = Sent.remembering();

        producer.send(session.createTextMessage("one"), sent);

        sent.awaitCompleted(scene, 1);
    }

    @Check(
            section = "7.3.1",
            says = "An asynchronous send to a topic without subscribers completes.")
    void completesSendsToATopic(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.topic());
        Sent sent = Sent.remembering();

        producer.send(session.createTextMessage("one"), sent);

        sent.awaitCompleted(scene, 1);
    }

    @Check(
            section = "7.3.8",
            says = "A completion listener is never called by the thread that sends.")
    void callsFromAnotherThread(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        Sent sent = Sent.remembering();

        for (int i = 0; i < 20; i++) {
            producer.send(session.createTextMessage(Integer.toString(i)), sent);
        }

        sent.awaitCompleted(scene, 20);
        Expect.that(
                !sent.threads().contains(Thread.currentThread()),
                "a completion listener was called by the thread that sent");
    }

    @Check(
            section = "7.3.8",
            says = "Completion listeners are called in the order of a producer's sends.")
    void callsInTheOrderOfTheSends(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        Sent sent = Sent.remembering();
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            expected.add(Integer.toString(i));
            producer.send(session.createTextMessage(Integer.toString(i)), sent);
        }

        sent.awaitCompleted(scene, 100);
        Expect.equal(expected, sent.texts(), "completed");
    }

    @Check(section = "7.3.8", says = "A session calls one completion listener at a time.")
    void callsOneAtATime(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer first = session.createProducer(scene.queue());
        MessageProducer second = session.createProducer(scene.queue());
        HeldListener listener = HeldListener.in(scene);
        first.send(session.createMessage(), listener);
        first.send(session.createMessage(), listener);
        second.send(session.createMessage(), listener);
        listener.awaitCall();

        scene.never("a second completion during the first", () -> listener.calls() > 1);

        listener.letGo();
        scene.await("the other completions", () -> listener.calls() == 3);
    }

    @Check(
            section = "7.3.3",
            says =
                    "Synchronous and asynchronous sends of one producer arrive in the order of the calls.")
    void keepsTheOrderOfMixedSends(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        Sent sent = Sent.remembering();
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            expected.add(Integer.toString(i));
            Message message = session.createTextMessage(Integer.toString(i));
            if (i % 3 == 0) {
                producer.send(message);
            } else {
                producer.send(message, sent);
            }
        }

        Expect.equal(expected, scene.texts(session.createConsumer(queue), 100), "received");
    }

    @Check(
            section = "7.3.6",
            says =
                    "The headers that a provider sets on send can be read when the send is complete.")
    void hasSetTheHeadersWhenComplete(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Sent sent = Sent.remembering();
        Message message = session.createMessage();

        session.createProducer(queue).send(message, DeliveryMode.NON_PERSISTENT, 7, 600_000, sent);
        sent.awaitCompleted(scene, 1);

        Message completed = sent.completed().get(0);
        Expect.equal(queue, completed.getJMSDestination(), "the destination");
        Expect.equal(
                DeliveryMode.NON_PERSISTENT, completed.getJMSDeliveryMode(), "the delivery mode");
        Expect.equal(7, completed.getJMSPriority(), "the priority");
        Expect.that(completed.getJMSExpiration() > 0, "there is no expiration");
        Expect.that(completed.getJMSTimestamp() > 0, "there is no timestamp");
        Expect.notNull(completed.getJMSMessageID(), "the message id");
    }

    @Check(
            section = "api:CompletionListener.onCompletion",
            says = "A completion listener is given the message that was sent.",
            strength = Strength.COMMON_PRACTICE)
    void givesTheSameMessageObject(Scene scene) throws JMSException {
        Session session = scene.session();
        Sent sent = Sent.remembering();
        Message message = session.createTextMessage("one");

        session.createProducer(scene.queue()).send(message, sent);
        sent.awaitCompleted(scene, 1);

        Expect.that(sent.completed().get(0) == message, "it was another object");
    }

    @Check(
            section = "7.3.7",
            says =
                    "The application goes on using the session while an asynchronous send completes.")
    void leavesTheSessionToTheApplication(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        Sent sent = Sent.heldUp();

        producer.send(session.createTextMessage("one"), sent);
        sent.awaitEntered(scene);
        producer.send(session.createTextMessage("two"));
        List<String> received = scene.texts(session.createConsumer(queue), 2);
        sent.release();

        Expect.equal(List.of("one", "two"), received, "received");
        sent.awaitCompleted(scene, 1);
    }

    @Check(
            section = "7.3.8",
            says = "A completion listener that throws does not keep later ones from being called.",
            strength = Strength.COMMON_PRACTICE)
    void survivesListenersThatThrow(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        Sent sent = Sent.remembering();

        producer.send(
                session.createMessage(),
                new CompletionListener() {
                    @Override
                    public void onCompletion(Message message) {
                        throw new IllegalArgumentException("thrown by a completion listener");
                    }

                    @Override
                    public void onException(Message message, Exception exception) {
                        throw new IllegalArgumentException("thrown by a completion listener");
                    }
                });
        producer.send(session.createTextMessage("two"), sent);

        sent.awaitCompleted(scene, 1);
    }

    @Check(
            section = "api:MessageProducer.send",
            says =
                    "An asynchronous send without a completion listener is an IllegalArgumentException.")
    void refusesNoListener(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        MessageProducer unidentified = session.createProducer(null);
        Message message = session.createMessage();

        Expect.refused(
                IllegalArgumentException.class,
                "send(message, null)",
                () -> producer.send(message, null));
        Expect.refused(
                IllegalArgumentException.class,
                "send(message, ..., null)",
                () -> producer.send(message, DeliveryMode.PERSISTENT, 4, 0, null));
        Expect.refused(
                IllegalArgumentException.class,
                "send(destination, message, null)",
                () -> unidentified.send(queue, message, null));
        Expect.refused(
                IllegalArgumentException.class,
                "send(destination, message, ..., null)",
                () -> unidentified.send(queue, message, DeliveryMode.PERSISTENT, 4, 0, null));
    }

    @Check(
            section = "7.3.2",
            says =
                    "An asynchronous send that throws, for want of a message or a destination, does not call"
                            + " the completion listener.")
    void throwsOrCallsButNotBoth(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        MessageProducer unidentified = session.createProducer(null);
        Message message = session.createMessage();
        Sent sent = Sent.remembering();

        Expect.refused(MessageFormatException.class, "send(null)", () -> producer.send(null, sent));
        Expect.refused(
                InvalidDestinationException.class,
                "send(null, message)",
                () -> unidentified.send((Destination) null, message, sent));

        scene.never("the completion listener is called", sent::wasCalled);
    }

    @Check(
            section = "api:MessageProducer.send",
            says = "The wrong form of asynchronous send is an UnsupportedOperationException.")
    void refusesTheWrongForm(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        MessageProducer unidentified = session.createProducer(null);
        Message message = session.createMessage();
        Sent sent = Sent.remembering();

        // One that has no asynchronous sends at all would pass below: it is told apart here.
        producer.send(message, sent);
        sent.awaitCompleted(scene, 1);

        Expect.refused(
                UnsupportedOperationException.class,
                "send to a destination by a producer that has one",
                () -> producer.send(queue, session.createMessage(), sent));
        Expect.refused(
                UnsupportedOperationException.class,
                "send to none by a producer that has none",
                () -> unidentified.send(session.createMessage(), sent));
    }

    @Check(
            section = "7.3.4",
            says = "An asynchronous send of a transacted session takes effect with the commit.")
    void belongsToTheTransaction(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageProducer producer = session.createProducer(queue);
        Sent sent = Sent.remembering();

        producer.send(session.createTextMessage("discarded"), sent);
        session.rollback();
        producer.send(session.createTextMessage("kept"), sent);
        session.commit();

        sent.awaitCompleted(scene, 2);
        Session other = scene.session();
        Expect.equal("kept", Scene.text(scene.receive(other.createConsumer(queue))), "the message");
    }
}
