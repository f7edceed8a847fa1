// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
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
import java.util.concurrent.Future;

/** Receiving synchronously, in both APIs. */
final class ReceiveChecks {
    @Check(section = "8.5", says = "A receive returns a message that is there.")
    void returnsWhatIsThere(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");

        MessageConsumer consumer = scene.session().createConsumer(queue);
        Expect.equal(
                "one",
                Scene.text(scene.result("receive()", scene.elsewhere(consumer::receive))),
                "received");
    }

    @Check(section = "8.5", says = "A receive waits for a message that comes later.")
    void waitsForWhatComes(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        Future<Message> received = scene.elsewhere(consumer::receive);
        scene.never("receive() returns", received::isDone);

        scene.send(queue, "one");

        Expect.equal("one", Scene.text(scene.result("receive()", received)), "received");
    }

    @Check(
            section = "api:MessageConsumer.receive",
            says = "A receive with the time-out 0 waits without end.")
    void takesZeroForEver(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        Future<Message> received = scene.elsewhere(() -> consumer.receive(0));
        scene.never("receive(0) returns", received::isDone);

        scene.send(queue, "one");

        Expect.equal("one", Scene.text(scene.result("receive(0)", received)), "received");
    }

    @Check(section = "8.5", says = "A receive with a time-out returns null when the time is over.")
    void givesUpInTime(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());
        long startNs = System.nanoTime();

        Message received = consumer.receive(scene.quietMs());

        long tookMs = (System.nanoTime() - startNs) / 1_000_000;
        Expect.isNull(received, "received");
        Expect.that(
                tookMs >= scene.quietMs() - 1,
                "it returned after " + tookMs + " ms of " + scene.quietMs());
    }

    @Check(section = "8.5", says = "A receive with a time-out returns as soon as a message comes.")
    void doesNotWaitOutItsTime(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        MessageConsumer consumer = scene.session().createConsumer(queue);
        Future<Message> received = scene.elsewhere(() -> consumer.receive(3_600_000));

        scene.send(queue, "one");

        Expect.equal("one", Scene.text(scene.result("receive(1 h)", received)), "received");
    }

    @Check(section = "8.5", says = "receiveNoWait returns null from an empty queue.")
    void returnsNothingFromAnEmptyQueue(Scene scene) throws JMSException {
        MessageConsumer consumer = scene.session().createConsumer(scene.queue());

        Expect.isNull(consumer.receiveNoWait(), "received");
    }

    @Check(
            section = "8.5",
            says = "receiveNoWait returns a message that was sent before the consumer was made.",
            strength = Strength.COMMON_PRACTICE)
    void findsWithoutWaitingWhatIsThere(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");

        MessageConsumer consumer = scene.session().createConsumer(queue);

        Expect.equal("one", Scene.text(consumer.receiveNoWait()), "the first");
        Expect.equal("two", Scene.text(consumer.receiveNoWait()), "the second");
        Expect.isNull(consumer.receiveNoWait(), "the third");
    }

    @Check(section = "8.5", says = "The same holds for the receives of a JMSConsumer.")
    void receivesInTheSimplifiedApi(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        JMSConsumer consumer = scene.context().createConsumer(queue);

        Expect.isNull(consumer.receiveNoWait(), "receiveNoWait() from an empty queue");
        Expect.isNull(consumer.receive(scene.quietMs()), "receive(time-out) from an empty queue");
        Future<Message> received = scene.elsewhere(consumer::receive);
        scene.never("receive() returns", received::isDone);
        scene.send(queue, "one");
        Expect.equal("one", Scene.text(scene.result("receive()", received)), "received");
    }

    @Check(
            section = "api:Session.createConsumer",
            says = "A consumer of no destination is refused with InvalidDestinationException.")
    void refusesNoDestination(Scene scene) throws JMSException {
        Session session = scene.session();

        Expect.refused(
                InvalidDestinationException.class,
                "createConsumer(null)",
                () -> session.createConsumer(null));
        Expect.refused(
                InvalidDestinationException.class,
                "createConsumer(null, selector)",
                () -> session.createConsumer(null, "a = 1"));
        Expect.refused(
                InvalidDestinationException.class,
                "createConsumer(null, selector, noLocal)",
                () -> session.createConsumer(null, "a = 1", true));
    }

    @Check(
            section = "api:Session.createConsumer",
            says =
                    "A consumer of a destination that is of no provider's is refused with"
                            + " InvalidDestinationException.")
    void refusesAStrangersDestination(Scene scene) throws JMSException {
        Session session = scene.session();

        Expect.refused(
                InvalidDestinationException.class,
                "createConsumer of an unknown kind of destination",
                () -> session.createConsumer(new Destination() {}));
    }

    @Check(
            section = "api:MessageConsumer.getMessageSelector",
            says =
                    "A consumer tells its selector, and null where it has none or was given an empty one.")
    void tellsItsSelector(Scene scene) throws JMSException {
        Session session = scene.session();
        JMSContext context = scene.context();
        Queue queue = scene.queue();

        Expect.equal(
                "a = 1", session.createConsumer(queue, "a = 1").getMessageSelector(), "a selector");
        Expect.isNull(session.createConsumer(queue).getMessageSelector(), "none");
        Expect.isNull(session.createConsumer(queue, null).getMessageSelector(), "null");
        Expect.isNull(session.createConsumer(queue, "").getMessageSelector(), "an empty one");
        Expect.equal(
                "a = 1",
                context.createConsumer(queue, "a = 1").getMessageSelector(),
                "the selector of a JMSConsumer");
        Expect.isNull(
                context.createConsumer(queue, "").getMessageSelector(),
                "an empty one of a JMSConsumer");
    }

    @Check(
            section = "8.1",
            says = "A consumer with a selector receives what matches; the rest stays for others.")
    void selectsFromAQueue(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        for (int i = 0; i < 6; i++) {
            Message message = session.createTextMessage(Integer.toString(i));
            message.setIntProperty("number", i % 2);
            session.createProducer(queue).send(message);
        }

        MessageConsumer odd = session.createConsumer(queue, "number = 1");
        Expect.equal(List.of("1", "3", "5"), scene.texts(odd, 3), "what matches");
        scene.receivesNothing(odd);
        odd.close();

        Expect.equal(
                List.of("0", "2", "4"), scene.texts(session.createConsumer(queue), 3), "the rest");
    }

    @Check(
            section = "4.1.2",
            says =
                    "What a selector leaves is delivered to another consumer, however much of it lies in"
                            + " front.")
    void doesNotStarveBehindWhatDoesNotMatch(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session(Session.SESSION_TRANSACTED);
        var producer = session.createProducer(queue);
        for (int i = 0; i < 3_000; i++) {
            producer.send(session.createTextMessage("other"));
        }
        Message wanted = session.createTextMessage("wanted");
        wanted.setBooleanProperty("wanted", true);
        producer.send(wanted);
        session.commit();

        MessageConsumer consumer = scene.session().createConsumer(queue, "wanted");

        Expect.equal("wanted", Scene.text(scene.receive(consumer)), "received");
    }
}
