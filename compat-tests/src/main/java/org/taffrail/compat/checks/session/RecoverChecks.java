// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** What {@link Session#recover} brings back. */
final class RecoverChecks {
    @Check(
            section = "6.2.10",
            says =
                    "recover brings back all that was not acknowledged, beginning with the"
                            + " first.")
    void bringsBackAll(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, 3);

        session.recover();

        Expect.equal(
                Set.of("a", "b", "c"), Set.copyOf(scene.texts(consumer, 3)), "what comes again");
        scene.receivesNothing(consumer);
    }

    @Check(section = "6.2.10", says = "recover does not bring back what was acknowledged before.")
    void leavesTheAcknowledged(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c", "d");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);
        scene.receive(consumer).acknowledge();
        scene.texts(consumer, 2);

        session.recover();

        Expect.equal(Set.of("c", "d"), Set.copyOf(scene.texts(consumer, 2)), "what comes again");
        scene.receivesNothing(consumer);
    }

    @Check(
            section = "6.2.10",
            says = "recover brings back what it does in the order in which it was sent.",
            strength = Strength.COMMON_PRACTICE)
    void keepsOrder(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c", "d", "e");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, 3);

        session.recover();

        Expect.equal(List.of("a", "b", "c", "d", "e"), scene.texts(consumer, 5), "what comes then");
    }

    @Check(
            section = "6.2.10",
            says = "What a consumer was only sent ahead comes once after a recover, not twice.")
    void unseenComesOnce(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b", "c", "d");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, 2);

        session.recover();

        Expect.equal(
                Set.of("a", "b", "c", "d"),
                Set.copyOf(scene.texts(consumer, 4)),
                "what comes then");
        scene.receivesNothing(consumer);
    }

    @Check(section = "6.2.10", says = "What recover has brought back can be acknowledged.")
    void broughtBackCanBeAcknowledged(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, 2);
        session.recover();
        scene.receive(consumer);

        scene.receive(consumer).acknowledge();

        session.close();
        scene.receivesNothing(scene.session().createConsumer(queue));
    }

    @Check(
            section = "6.2.10",
            says = "recover of a session that has received nothing does nothing.")
    void nothingToRecover(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        MessageConsumer consumer = session.createConsumer(queue);

        session.recover();

        scene.send(queue, "a");
        Message message = scene.receive(consumer);
        Expect.equal("a", Scene.text(message), "what was received");
        Expect.that(!message.getJMSRedelivered(), "it is marked as redelivered");
    }

    @Check(
            section = "6.2.10",
            says = "recover brings back what all consumers of the session have received.")
    void coversAllConsumers(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue first = scene.queue();
        Queue second = scene.queue();
        scene.send(first, "a");
        scene.send(second, "b");
        MessageConsumer fromFirst = session.createConsumer(first);
        MessageConsumer fromSecond = session.createConsumer(second);
        scene.receive(fromFirst);
        scene.receive(fromSecond);

        session.recover();

        Expect.equal("a", Scene.text(scene.receive(fromFirst)), "what comes again");
        Expect.equal("b", Scene.text(scene.receive(fromSecond)), "what comes again");
    }

    @Check(section = "6.2.10", says = "recover brings back nothing of another session.")
    void leavesOtherSessions(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        scene.send(queue, "a");
        MessageConsumer other =
                connection.createSession(Session.CLIENT_ACKNOWLEDGE).createConsumer(queue);
        scene.receive(other);
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(queue);

        session.recover();

        scene.receivesNothing(consumer);
        scene.receivesNothing(other);
    }

    @Check(
            section = "6.2.10",
            says =
                    "A message that was sent in CLIENT_ACKNOWLEDGE mode stays sent when its"
                            + " session is recovered.")
    void sentStaysSent(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        session.createProducer(queue).send(session.createTextMessage("a"));

        session.recover();

        Message message = scene.receive(scene.session().createConsumer(queue));
        Expect.equal("a", Scene.text(message), "what was received");
    }

    @Check(
            section = "6.2.10",
            says = "recover brings a message listener back what it has not acknowledged.")
    void listenerHearsAgain(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            Texts.add(heard, message);
                            try {
                                if (heard.size() == 2) {
                                    session.recover();
                                }
                            } catch (JMSException e) {
                                failure.set(e);
                            }
                        });
        scene.send(queue, "a", "b");

        scene.await("four messages", () -> heard.size() >= 4);

        Expect.isNull(failure.get(), "what recover threw");
        Expect.equal(List.of("a", "b"), heard.subList(0, 2), "what was heard first");
        Expect.equal(Set.of("a", "b"), Set.copyOf(heard.subList(2, 4)), "what was heard again");
    }

    @Check(
            section = "6.2.10",
            says = "recover in a message listener marks what comes again as redelivered.")
    void listenersMessageIsMarked(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        List<Message> heard = new CopyOnWriteArrayList<>();
        Trial trial = new Trial(scene, "recover in a listener", session::recover);
        session.createConsumer(queue)
                .setMessageListener(
                        message -> {
                            heard.add(message);
                            trial.onMessage(message);
                        });
        scene.send(queue, "a");
        trial.passes();

        scene.await("the message again", () -> heard.size() == 2);

        Expect.that(heard.get(1).getJMSRedelivered(), "it is not marked as redelivered");
        Expect.equal(2, heard.get(1).getIntProperty("JMSXDeliveryCount"), "its delivery count");
    }

    @Check(
            section = "4.2.8",
            says = "recover brings back what a non-durable subscriber has not acknowledged.",
            strength = Strength.SHOULD)
    void nonDurableSubscriberToo(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = scene.topic();
        MessageConsumer consumer = session.createConsumer(topic);
        scene.send(topic, "a", "b");
        scene.texts(consumer, 2);

        session.recover();

        Expect.equal(Set.of("a", "b"), Set.copyOf(scene.texts(consumer, 2)), "what comes again");
    }

    @Check(
            section = "4.2.8",
            says =
                    "recover brings back what a durable subscriber has not acknowledged,"
                            + " marked as redelivered.")
    void durableSubscriberToo(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.setClientID(scene.name());
        connection.start();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = scene.topic();
        String name = scene.name();
        MessageConsumer consumer = session.createDurableConsumer(topic, name);
        scene.send(topic, "a");
        scene.receive(consumer);

        session.recover();

        Message message = scene.receive(consumer);
        Expect.equal("a", Scene.text(message), "what comes again");
        Expect.that(message.getJMSRedelivered(), "it is not marked as redelivered");
        message.acknowledge();
        consumer.close();
        session.unsubscribe(name);
    }

    @Check(
            section = "6.2.10",
            says =
                    "A message of higher priority that came meanwhile is delivered before"
                            + " what recover brings back.",
            strength = Strength.COMMON_PRACTICE)
    void higherPriorityComesFirst(Scene scene) throws JMSException {
        Session session = scene.session(Session.CLIENT_ACKNOWLEDGE);
        Queue queue = scene.queue();
        scene.send(queue, "a", "b");
        MessageConsumer consumer = session.createConsumer(queue);
        scene.texts(consumer, 2);
        MessageProducer producer = session.createProducer(queue);
        producer.setPriority(9);
        producer.send(session.createTextMessage("urgent"));

        session.recover();

        Expect.equal(List.of("urgent", "a", "b"), scene.texts(consumer, 3), "what comes");
    }
}
