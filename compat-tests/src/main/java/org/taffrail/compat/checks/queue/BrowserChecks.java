// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;

/** What a browser shows. */
final class BrowserChecks {
    private static List<String> browse(QueueBrowser browser) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (Enumeration<?> each = browser.getEnumeration(); each.hasMoreElements(); ) {
            texts.add(Scene.text((Message) each.nextElement()));
        }
        return texts;
    }

    @Check(
            section = "api:QueueBrowser.getEnumeration",
            says = "A browser shows the messages of a queue in their order.")
    void showsTheMessages(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two", "three");

        try (QueueBrowser browser = scene.session().createBrowser(queue)) {
            Expect.equal(List.of("one", "two", "three"), browse(browser), "browsed");
        }
    }

    @Check(section = "4.1.6", says = "A browser removes nothing: all is there for a consumer.")
    void takesNothing(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        Session session = scene.session();
        try (QueueBrowser browser = session.createBrowser(queue)) {
            browse(browser);
            browse(browser);
        }

        MessageConsumer consumer = session.createConsumer(queue);
        Message first = scene.receive(consumer);
        Expect.equal("one", Scene.text(first), "the first");
        Expect.equal(false, first.getJMSRedelivered(), "its redelivered flag");
        Expect.equal(1, first.getIntProperty("JMSXDeliveryCount"), "its delivery count");
        Expect.equal("two", Scene.text(scene.receive(consumer)), "the second");
    }

    @Check(section = "4.1.6", says = "A browser with a selector shows only what matches.")
    void selects(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        MessageProducer producer = session.createProducer(queue);
        for (int i = 0; i < 6; i++) {
            Message message = session.createTextMessage(Integer.toString(i));
            message.setIntProperty("number", i);
            producer.send(message);
        }

        try (QueueBrowser browser = session.createBrowser(queue, "number BETWEEN 2 AND 4")) {
            Expect.equal(List.of("2", "3", "4"), browse(browser), "browsed");
        }
    }

    @Check(section = "4.1.6", says = "A browser of an empty queue shows nothing, at once.")
    void endsAtOnceWhereThereIsNothing(Scene scene) throws JMSException {
        try (QueueBrowser browser = scene.session().createBrowser(scene.queue())) {
            Enumeration<?> messages = browser.getEnumeration();
            Expect.that(!messages.hasMoreElements(), "it shows something");
            Expect.refused(
                    NoSuchElementException.class, "nextElement at the end", messages::nextElement);
        }
    }

    @Check(
            section = "api:Enumeration.nextElement",
            says = "nextElement works without hasMoreElements, and throws at the end.")
    void showsWithoutBeingAsked(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");

        try (QueueBrowser browser = scene.session().createBrowser(queue)) {
            Enumeration<?> messages = browser.getEnumeration();
            Expect.equal("one", Scene.text((Message) messages.nextElement()), "the first");
            Expect.equal("two", Scene.text((Message) messages.nextElement()), "the second");
            Expect.refused(
                    NoSuchElementException.class, "nextElement at the end", messages::nextElement);
        }
    }

    @Check(
            section = "api:QueueBrowser.getEnumeration",
            says = "hasMoreElements changes nothing, however often it is asked.",
            strength = Strength.COMMON_PRACTICE)
    void canBeAskedAgain(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");

        try (QueueBrowser browser = scene.session().createBrowser(queue)) {
            Enumeration<?> messages = browser.getEnumeration();
            for (int i = 0; i < 5; i++) {
                Expect.that(messages.hasMoreElements(), "there is nothing more");
            }
            Expect.equal("one", Scene.text((Message) messages.nextElement()), "the first");
        }
    }

    @Check(
            section = "4.1.6",
            says = "A second enumeration begins anew, and shows what has come meanwhile.",
            strength = Strength.COMMON_PRACTICE)
    void beginsAnew(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");

        try (QueueBrowser browser = scene.session().createBrowser(queue)) {
            Expect.equal(List.of("one"), browse(browser), "browsed first");
            scene.send(queue, "two");
            Expect.equal(List.of("one", "two"), browse(browser), "browsed again");
        }
    }

    @Check(
            section = "3.4.9",
            says = "A browser shows no message that has expired.",
            strength = Strength.SHOULD)
    void showsNothingThatHasExpired(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();
        MessageProducer producer = session.createProducer(queue);
        Message message = session.createTextMessage("expired");
        producer.send(message, DeliveryMode.PERSISTENT, 4, 50);
        producer.send(session.createTextMessage("alive"));
        long expiration = message.getJMSExpiration();
        scene.await("the message expires", () -> System.currentTimeMillis() > expiration + 50);

        try (QueueBrowser browser = session.createBrowser(queue)) {
            Expect.equal(List.of("alive"), browse(browser), "browsed");
        }
    }

    @Check(
            section = "4.1.6",
            says = "A browser shows nothing of what is not committed, and what is.",
            strength = Strength.COMMON_PRACTICE)
    void showsWhatIsCommitted(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session sender = scene.session(Session.SESSION_TRANSACTED);
        sender.createProducer(queue).send(sender.createTextMessage("one"));

        try (QueueBrowser browser = scene.session().createBrowser(queue)) {
            Expect.equal(List.of(), browse(browser), "browsed before the commit");
            sender.commit();
            Expect.equal(List.of("one"), browse(browser), "browsed after the commit");
        }
    }

    @Check(
            section = "4.1.6",
            says = "A browser does not show what was consumed.",
            strength = Strength.COMMON_PRACTICE)
    void showsNothingThatIsGone(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        Session session = scene.session();
        try (MessageConsumer consumer = session.createConsumer(queue)) {
            scene.receive(consumer);
        }

        try (QueueBrowser browser = session.createBrowser(queue)) {
            scene.await(
                    "only the second message is there",
                    () -> browse(browser).equals(List.of("two")));
        }
    }

    @Check(section = "4.1.6", says = "A browser shows the whole of a long queue.")
    void showsAllOfALongQueue(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session sender = scene.session(Session.SESSION_TRANSACTED);
        MessageProducer producer = sender.createProducer(queue);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            expected.add(Integer.toString(i));
            producer.send(sender.createTextMessage(Integer.toString(i)));
        }
        sender.commit();

        try (QueueBrowser browser = scene.session().createBrowser(queue)) {
            List<String> browsed = browse(browser);
            Expect.equal(3_000, browsed.size(), "how many it shows");
            Expect.equal(expected, browsed, "browsed");
        }
    }

    @Check(
            section = "4.1.6",
            says = "A consumer receives while a browser looks.",
            strength = Strength.COMMON_PRACTICE)
    void leavesConsumersAlone(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        Session session = scene.session();

        try (QueueBrowser browser = scene.session().createBrowser(queue)) {
            Enumeration<?> messages = browser.getEnumeration();
            messages.nextElement();
            Expect.equal(
                    List.of("one", "two"),
                    scene.texts(session.createConsumer(queue), 2),
                    "received");
        }
    }

    @Check(section = "4.1.6", says = "A JMSContext's browser shows the messages as well.")
    void showsInTheSimplifiedApi(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one", "two");
        JMSContext context = scene.context();

        try (QueueBrowser browser = context.createBrowser(queue)) {
            Expect.equal(List.of("one", "two"), browse(browser), "browsed");
        }
    }
}
