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

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

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

    @Check(section = "8.8", says = "Closing a consumer waits for its listener.")
    void waitsForTheListener(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        consumer.setMessageListener(
                message -> {
                    entered.countDown();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    ended.set(true);
                });
        scene.send(queue, "one");
        scene.await("the listener is called", () -> entered.getCount() == 0);

        Future<Boolean> closed =
                scene.elsewhere(
                        () -> {
                            consumer.close();
                            return ended.get();
                        });
        try {
            scene.never("close() returns while the listener runs", closed::isDone);
        } finally {
            gate.countDown();
        }

        Expect.that(
                scene.result("close()", closed), "close() returned before the listener had ended");
    }

    @Check(
            section = "8.8",
            says = "A listener may close its own consumer, and completes normally after that.")
    void isClosedByItsListener(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        List<Object> outcomes = new CopyOnWriteArrayList<>();
        consumer.setMessageListener(
                message -> {
                    try {
                        consumer.close();
                        outcomes.add(Scene.text(message));
                    } catch (JMSException e) {
                        outcomes.add(e);
                    }
                });

        scene.send(queue, "one", "two");

        scene.await("the listener is called", () -> !outcomes.isEmpty());
        Expect.equal(List.of("one"), outcomes, "what the listener did");
        Expect.equal(
                "two",
                Scene.text(scene.receive(scene.session().createConsumer(queue))),
                "what another consumer receives");
    }

    @Check(
            section = "8.8",
            says = "A message whose listener closed its consumer counts as received.")
    void acknowledgesWhatTheListenerHad(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        MessageConsumer consumer = session.createConsumer(queue);
        CountDownLatch closed = new CountDownLatch(1);
        consumer.setMessageListener(
                message -> {
                    try {
                        consumer.close();
                    } catch (JMSException e) {
                        throw new IllegalArgumentException(e);
                    }
                    closed.countDown();
                });
        scene.send(queue, "one");
        scene.await("the listener has closed", () -> closed.getCount() == 0);

        session.close();

        scene.receivesNothing(scene.session().createConsumer(queue));
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
                    "What was sent ahead to a consumer is there for others when it is closed, unseen.")
    void givesBackWhatWasSentAhead(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        scene.send(queue, "one", "two", "three");
        Expect.equal("one", Scene.text(scene.receive(consumer)), "the first");

        consumer.close();

        MessageConsumer other = scene.session().createConsumer(queue);
        Message second = scene.receive(other);
        Expect.equal("two", Scene.text(second), "the second");
        Expect.equal(false, second.getJMSRedelivered(), "its redelivered flag");
        Expect.equal(1, second.getIntProperty("JMSXDeliveryCount"), "its delivery count");
        Expect.equal("three", Scene.text(scene.receive(other)), "the third");
    }

    @Check(
            section = "8.8",
            says =
                    "In CLIENT_ACKNOWLEDGE mode messages may be acknowledged after their consumer was"
                            + " closed.")
    void acknowledgesAfterTheClose(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(queue);
        Message message = scene.receive(consumer);

        consumer.close();
        message.acknowledge();
        session.close();

        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "8.8",
            says =
                    "Closing a consumer acknowledges nothing: in CLIENT_ACKNOWLEDGE mode a recover brings"
                            + " its messages again.")
    void recoversAfterTheClose(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);

        consumer.close();
        session.recover();

        Message again = scene.receive(session.createConsumer(queue));
        Expect.equal("one", Scene.text(again), "received again");
        Expect.equal(true, again.getJMSRedelivered(), "its redelivered flag");
        again.acknowledge();
    }

    @Check(
            section = "8.8",
            says = "A transaction is committed, or rolled back, after its consumer was closed.")
    void leavesTheTransactionAlone(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");
        Session session = scene.session(Session.SESSION_TRANSACTED);
        MessageConsumer first = session.createConsumer(queue);
        scene.receive(first);

        first.close();
        session.rollback();
        MessageConsumer second = session.createConsumer(queue);
        Expect.equal("one", Scene.text(scene.receive(second)), "received after the rollback");
        second.close();
        session.commit();
        session.close();

        scene.receivesNothing(scene.session().createConsumer(queue));
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
