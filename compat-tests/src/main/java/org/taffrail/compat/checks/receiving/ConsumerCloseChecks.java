// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.checks.listening.HeldListener;
import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

/** The end of a consumer. */
final class ConsumerCloseChecks {
    @Check(section = "8.8", says = "A receive that waits returns null when its consumer is closed.")
    void wakesAReceive(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("receive() returns", received::isDone);

        consumer.close();

        Expect.isNull(scene.result("receive()", received), "received");
    }

    @Check(
            section = "8.8",
            says = "A receive with a time-out returns null when its consumer is closed.")
    void wakesAReceiveWithTimeout(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(() -> consumer.receive(3_600_000));
        scene.never("receive(1 h) returns", received::isDone);

        consumer.close();

        Expect.isNull(scene.result("receive(1 h)", received), "received");
    }

    @Check(section = "8.8", says = "A JMSConsumer's receive returns null when it is closed.")
    void wakesAReceiveOfTheSimplifiedApi(Scene scene) throws JMSException {
        JMSConsumer consumer = scene.context().createConsumer(scene.queue());
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("receive() returns", received::isDone);

        consumer.close();

        Expect.isNull(scene.result("receive()", received), "received");
    }

    @Check(
            section = "8.8",
            says = "Closing a consumer waits until its message listener has returned.")
    void waitsForListener(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        HeldListener listener = HeldListener.in(scene);
        consumer.setMessageListener(listener);
        scene.send(queue, "a");
        listener.awaitCall();

        Future<Boolean> closed =
                scene.elsewhere(
                        () -> {
                            consumer.close();
                            return listener.hasReturned();
                        });
        scene.never("close returns while the listener is running", closed::isDone);
        listener.letGo();

        Expect.that(scene.result("close", closed), "close returned before the listener had");
    }

    @Check(
            section = "8.8",
            says =
                    "A consumer may be closed in its own message listener, which then ends"
                            + " normally.")
    void mayBeClosedInListener(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        MessageConsumer consumer = session.createConsumer(queue);
        Trial trial = new Trial(scene, "close of a consumer in its own listener", consumer::close);
        List<Message> heard = new CopyOnWriteArrayList<>();
        consumer.setMessageListener(
                message -> {
                    trial.onMessage(message);
                    heard.add(message);
                });
        scene.send(queue, "a");

        trial.passes();

        scene.await("the return of the listener", () -> heard.size() == 1);
    }

    @Check(
            section = "8.8",
            says =
                    "A consumer that was closed in its own message listener is not called"
                            + " again.")
    void isNotCalledAgain(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        List<Message> heard = new CopyOnWriteArrayList<>();
        Trial trial = new Trial(scene, "close of a consumer in its own listener", consumer::close);
        consumer.setMessageListener(
                message -> {
                    heard.add(message);
                    trial.onMessage(message);
                });
        scene.send(queue, "a", "b");
        trial.passes();

        scene.never("the listener is called again", () -> heard.size() > 1);
        MessageConsumer other = scene.session().createConsumer(queue);
        Expect.equal("b", Scene.text(scene.receive(other)), "what another consumer receives");
    }

    @Check(
            section = "8.8",
            says =
                    "The message whose listener closes its consumer is acknowledged in"
                            + " AUTO_ACKNOWLEDGE mode.")
    void listenersMessageIsAcknowledged(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        MessageConsumer consumer = session.createConsumer(queue);
        Trial trial = new Trial(scene, "close of a consumer in its own listener", consumer::close);
        consumer.setMessageListener(trial);
        scene.send(queue, "a", "b");
        trial.passes();

        session.close();

        MessageConsumer next = scene.session().createConsumer(queue);
        Expect.equal(List.of("b"), scene.texts(next, 1), "what is left");
        scene.receivesNothing(next);
    }

    @Check(section = "8.8", says = "Nothing is delivered to a consumer after it was closed.")
    void deliversNothingMore(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        List<Message> given = new CopyOnWriteArrayList<>();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        consumer.setMessageListener(given::add);

        consumer.close();
        scene.send(queue, "one");

        scene.never("the listener is called", () -> !given.isEmpty());
    }

    @Check(
            section = "8.8",
            says =
                    "What a consumer was sent ahead and has not received goes to others when"
                            + " it is closed, in order.")
    void givesUnseenBack(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.send(queue, "a", "b", "c", "d");
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what came first");

        consumer.close();

        MessageConsumer other = scene.session().createConsumer(queue);
        Expect.equal(List.of("b", "c", "d"), scene.texts(other, 3), "what another one receives");
    }

    @Check(
            section = "3.4.7",
            says =
                    "What a closed consumer was sent ahead and has not received is not marked"
                            + " as redelivered.",
            strength = Strength.COMMON_PRACTICE)
    void unseenIsNotMarked(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.send(queue, "a", "b");
        scene.receive(consumer);

        consumer.close();

        Message message = scene.receive(session.createConsumer(queue));
        Expect.equal("b", Scene.text(message), "what came next");
        Expect.that(!message.getJMSRedelivered(), "it is marked as redelivered");
        Expect.equal(1, message.getIntProperty("JMSXDeliveryCount"), "its delivery count");
    }

    @Check(
            section = "8.8",
            says =
                    "What a consumer has received in CLIENT_ACKNOWLEDGE mode may be"
                            + " acknowledged after its close.")
    void mayBeAcknowledgedAfterwards(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.send(queue, "a");
        Message message = scene.receive(consumer);
        consumer.close();

        message.acknowledge();

        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "8.8",
            says =
                    "What a consumer has received in CLIENT_ACKNOWLEDGE mode stays with its"
                            + " session after the consumer's close.")
    void unacknowledgedStaysWithSession(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.send(queue, "a");
        scene.receive(consumer);

        consumer.close();

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "8.8",
            says =
                    "What a closed consumer has received comes again when its session is"
                            + " recovered.")
    void isRecoveredAfterwards(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.send(queue, "a");
        scene.receive(consumer);
        consumer.close();

        session.recover();

        Message message = scene.receive(scene.session().createConsumer(queue));
        Expect.equal("a", Scene.text(message), "what comes again");
        Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
    }

    @Check(
            section = "8.8",
            says =
                    "What a closed consumer has received is committed with its session's"
                            + " transaction.")
    void isCommittedAfterwards(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.send(queue, "a");
        scene.receive(consumer);
        consumer.close();

        session.commit();

        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "8.8",
            says =
                    "What a closed consumer has received comes again when its session's"
                            + " transaction is rolled back.")
    void isRolledBackAfterwards(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.send(queue, "a");
        scene.receive(consumer);
        consumer.close();

        session.rollback();

        Message message = scene.receive(scene.session().createConsumer(queue));
        Expect.equal("a", Scene.text(message), "what comes again");
        Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
    }

    @Check(
            section = "8.8",
            says = "Closing a closed consumer does nothing; its other calls throw.",
            strength = Strength.COMMON_PRACTICE)
    void isOfNoUseWhenClosed(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());

        consumer.close();
        consumer.close();

        Expect.refused(IllegalStateException.class, "receive()", consumer::receive);
        Expect.refused(IllegalStateException.class, "receive(1)", () -> consumer.receive(1));
        Expect.refused(IllegalStateException.class, "receiveNoWait()", consumer::receiveNoWait);
        Expect.refused(
                IllegalStateException.class, "getMessageSelector()", consumer::getMessageSelector);
        Expect.refused(
                IllegalStateException.class, "getMessageListener()", consumer::getMessageListener);
        Expect.refused(
                IllegalStateException.class,
                "setMessageListener()",
                () -> consumer.setMessageListener(message -> {}));
    }

    @Check(
            section = "8.8",
            says = "The calls of a closed JMSConsumer throw.",
            strength = Strength.COMMON_PRACTICE)
    void isOfNoUseWhenClosedInTheSimplifiedApi(Scene scene) throws JMSException {
        JMSConsumer consumer = scene.context().createConsumer(scene.queue());

        consumer.close();
        consumer.close();

        Expect.refused(IllegalStateRuntimeException.class, "receive()", consumer::receive);
        Expect.refused(
                IllegalStateRuntimeException.class, "receiveNoWait()", consumer::receiveNoWait);
        Expect.refused(
                IllegalStateRuntimeException.class,
                "receiveBody()",
                () -> consumer.receiveBody(String.class));
        Expect.refused(
                IllegalStateRuntimeException.class,
                "getMessageSelector()",
                consumer::getMessageSelector);
        Expect.refused(
                IllegalStateRuntimeException.class,
                "setMessageListener()",
                () -> consumer.setMessageListener(message -> {}));
    }
}
