// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.Enumeration;

/** How a browser is made, asked and closed. */
final class BrowserStateChecks {
    @Check(
            section = "api:QueueBrowser.getQueue",
            says = "A browser tells its queue and its selector, or null where it has none.")
    void tellsWhatItBrowses(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        Session session = scene.session();

        try (QueueBrowser browser = session.createBrowser(queue)) {
            Expect.equal(queue, browser.getQueue(), "the queue");
            Expect.isNull(browser.getMessageSelector(), "the selector of one without");
        }
        try (QueueBrowser browser = session.createBrowser(queue, "a = 1")) {
            Expect.equal("a = 1", browser.getMessageSelector(), "the selector");
        }
        try (QueueBrowser browser = session.createBrowser(queue, "")) {
            Expect.isNull(browser.getMessageSelector(), "the selector of one with an empty one");
        }
    }

    @Check(
            section = "api:QueueBrowser.close",
            says = "A closed browser shows nothing more; closing it again does nothing.",
            strength = Strength.COMMON_PRACTICE)
    void isOfNoUseWhenClosed(Scene scene) throws JMSException {
        QueueBrowser browser = scene.session().createBrowser(scene.queue());

        browser.close();
        browser.close();

        Expect.refused(IllegalStateException.class, "getEnumeration()", browser::getEnumeration);
    }

    @Check(
            section = "6.1.4",
            says = "Stopping a connection does not keep a browser from looking.",
            strength = Strength.COMMON_PRACTICE)
    void browsesAStoppedConnection(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");
        Connection connection = scene.connect();

        try (QueueBrowser browser = connection.createSession().createBrowser(queue)) {
            Enumeration<?> messages = browser.getEnumeration();
            Expect.that(messages.hasMoreElements(), "it shows nothing");
            Expect.equal("one", Scene.text((Message) messages.nextElement()), "browsed");
        }
    }

    @Check(section = "4.1.6", says = "A QueueSession makes browsers.")
    void isMadeByQueueSessions(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");
        QueueConnection connection =
                scene.closing(scene.factory(QueueConnectionFactory.class).createQueueConnection());
        connection.start();
        QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);

        try (QueueBrowser browser = session.createBrowser(queue)) {
            Message message = (Message) browser.getEnumeration().nextElement();
            Expect.equal("one", Scene.text(message), "browsed");
        }
    }
}
