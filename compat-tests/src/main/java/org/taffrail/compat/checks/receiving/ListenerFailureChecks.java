// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listeners that throw. */
final class ListenerFailureChecks {
    /** What a listener was given: text, redelivered flag and delivery count. */
    private record Given(String text, boolean redelivered, int count) {}

    /** A listener that throws at its first message, and what it was given. */
    private static final class Throwing implements MessageListener {
        private final List<Given> given = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(Message message) {
            try {
                given.add(
                        new Given(
                                Scene.text(message),
                                message.getJMSRedelivered(),
                                message.getIntProperty("JMSXDeliveryCount")));
            } catch (JMSException e) {
                given.add(new Given(e.toString(), false, 0));
            }
            if (given.size() == 1) {
                throw new IllegalArgumentException("thrown by a message listener");
            }
        }
    }

    private static void redeliversAtOnce(Scene scene, int mode) throws JMSException {
        Queue queue = scene.queue();
        Throwing listener = new Throwing();
        scene.session(mode).createConsumer(queue).setMessageListener(listener);

        scene.send(queue, "one", "two");

        scene.await("three calls", () -> listener.given.size() >= 3);
        Expect.equal("one", listener.given.get(0).text(), "the first");
        Expect.equal(new Given("one", true, 2), listener.given.get(1), "the second");
        Expect.equal(new Given("two", false, 1), listener.given.get(2), "the third");
    }

    @Check(
            section = "8.7",
            says =
                    "In AUTO_ACKNOWLEDGE mode the message of a listener that throws is delivered again at"
                            + " once, flagged and counted.")
    void redeliversInAutoMode(Scene scene) throws JMSException {
        redeliversAtOnce(scene, Session.AUTO_ACKNOWLEDGE);
    }

    @Check(
            section = "8.7",
            says =
                    "In DUPS_OK_ACKNOWLEDGE mode the message of a listener that throws is delivered again"
                            + " at once, flagged and counted.")
    void redeliversInDupsOkMode(Scene scene) throws JMSException {
        redeliversAtOnce(scene, Session.DUPS_OK_ACKNOWLEDGE);
    }

    @Check(
            section = "8.7",
            says =
                    "In CLIENT_ACKNOWLEDGE mode a listener that throws is given the next message; a recover"
                            + " brings the failed one again.")
    void goesOnInClientMode(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        List<String> given = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                given.add(Scene.text(message) + message.getJMSRedelivered());
                                if (given.size() == 2) {
                                    session.recover();
                                }
                            } catch (JMSException e) {
                                failures.add(e);
                            }
                            if (given.size() == 1) {
                                throw new IllegalArgumentException("thrown by a listener");
                            }
                        });

        scene.send(queue, "one", "two");

        scene.await("four calls", () -> given.size() >= 4);
        Expect.equal(
                List.of("onefalse", "twofalse", "onetrue", "twotrue"), given, "what it was given");
        Expect.that(failures.isEmpty(), "the listener failed: " + failures);
    }

    @Check(
            section = "8.7",
            says =
                    "In a transaction a listener that throws is given the next message, and nothing is"
                            + " rolled back.")
    void goesOnInATransaction(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session(Session.SESSION_TRANSACTED);
        List<String> given = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            try {
                                given.add(Scene.text(message) + message.getJMSRedelivered());
                                if (given.size() == 2) {
                                    session.commit();
                                }
                            } catch (JMSException e) {
                                failures.add(e);
                            }
                            if (given.size() == 1) {
                                throw new IllegalArgumentException("thrown by a listener");
                            }
                        });

        scene.send(queue, "one", "two");

        scene.await("two calls", () -> given.size() >= 2);
        scene.never("a third call", () -> given.size() > 2);
        Expect.equal(List.of("onefalse", "twofalse"), given, "what it was given");
        Expect.that(failures.isEmpty(), "the listener failed: " + failures);
        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "8.7",
            says = "A listener of a context that throws is given the message again.")
    void redeliversInTheSimplifiedApi(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Throwing listener = new Throwing();
        JMSContext context = scene.context();
        context.createConsumer(queue).setMessageListener(listener);

        scene.send(queue, "one");

        scene.await("two calls", () -> listener.given.size() >= 2);
        Expect.equal(new Given("one", true, 2), listener.given.get(1), "the second");
    }
}
