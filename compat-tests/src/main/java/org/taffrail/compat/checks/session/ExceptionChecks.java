// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryTopic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** The exceptions of the classic interfaces. */
final class ExceptionChecks {
    @Check(
            section = "10.2",
            says = "An exception of the provider describes the error in its message.")
    void describesTheError(Scene scene) throws JMSException {
        Session session = scene.session();

        JMSException thrown =
                Expect.refused(JMSException.class, "commit without transaction", session::commit);

        String text = Expect.notNull(thrown.getMessage(), "getMessage");
        Expect.that(!text.isBlank(), "the message is empty");
    }

    @Check(section = "10.2", says = "After an exception the session can be used as before.")
    void sessionStaysUsable(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        Expect.refused(
                InvalidSelectorException.class,
                "createConsumer with a wrong selector",
                () -> session.createConsumer(queue, "a = = 1"));
        Expect.refused(
                InvalidDestinationException.class,
                "createConsumer(null)",
                () -> session.createConsumer(null));

        scene.send(queue, "a");

        MessageConsumer consumer = session.createConsumer(queue);
        Expect.equal("a", Scene.text(scene.receive(consumer)), "what was received");
    }

    @Check(
            section = "10.3",
            says =
                    "A durable subscription on a temporary topic is refused with"
                            + " InvalidDestinationException, if it is refused.")
    void durableOnTemporaryTopic(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.setClientID(scene.name());
        Session session = connection.createSession();
        TemporaryTopic topic = session.createTemporaryTopic();
        String name = scene.name();

        try {
            session.createDurableConsumer(topic, name).close();
            session.unsubscribe(name);
        } catch (JMSException refusal) {
            Expect.type(InvalidDestinationException.class, refusal, "the refusal");
        }
    }
}
