// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** Subscriptions that leave out what their own connection publishes. */
final class NoLocalChecks {
    @Check(
            section = "8.3.1",
            says = "With noLocal a subscription does not get what its own connection publishes.")
    void leavesOutWhatItsConnectionPublishes(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Connection connection = scene.started();
        MessageConsumer subscriber = connection.createSession().createConsumer(topic, null, true);

        Clients.publish(connection.createSession(), topic, "mine");
        scene.send(topic, "yours");

        Clients.gets(scene, subscriber, "yours");
    }

    @Check(
            section = "8.3.1",
            says = "Without noLocal a subscription gets what its own connection publishes.")
    void getsItsOwnByDefault(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = scene.session();
        MessageConsumer subscriber = session.createConsumer(topic, null, false);

        Clients.publish(session, topic, "mine");

        Clients.gets(scene, subscriber, "mine");
    }

    @Check(section = "8.3.1", says = "noLocal and a selector hold together.")
    void selectsAsWell(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = scene.session();
        MessageConsumer subscriber = session.createConsumer(topic, "number = 1", true);

        Clients.publish(session, topic, "mine 0", "mine 1");
        Clients.publish(scene.session(), topic, "yours 0", "yours 1");

        Clients.gets(scene, subscriber, "yours 1");
    }

    @Check(
            section = "8.3.1",
            says = "noLocal leaves out what a transaction of its own connection publishes.")
    void leavesOutTransactions(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Connection connection = scene.started();
        MessageConsumer subscriber = connection.createSession().createConsumer(topic, null, true);
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);

        Clients.publish(transacted, topic, "mine");
        transacted.commit();
        scene.send(topic, "yours");

        Clients.gets(scene, subscriber, "yours");
    }

    @Check(
            section = "8.3.3",
            says =
                    "With noLocal a durable subscription does not get what its connection publishes, not"
                            + " even later.")
    void leavesOutOfDurableSubscriptions(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        Session session = Clients.session(scene);
        String name = scene.name();
        session.createDurableConsumer(topic, name, null, true).close();

        Clients.publish(session, topic, "mine");
        scene.send(topic, "yours");

        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name, null, true)) {
            Clients.gets(scene, subscriber, "yours");
        }
        session.unsubscribe(name);
    }

    @Check(
            section = "8.3.3",
            says =
                    "With noLocal a durable subscription does not get what another connection with the same"
                            + " client id publishes.")
    void leavesOutWhatItsClientPublishes(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        String clientId = scene.name();
        String name = scene.name();
        Connection first = Clients.connect(scene, clientId);
        first.createSession().createDurableConsumer(topic, name, null, true);
        first.close();

        Connection second = Clients.connect(scene, clientId);
        Clients.publish(second.createSession(), topic, "mine");
        scene.send(topic, "yours");

        Session session = second.createSession();
        try (MessageConsumer subscriber = session.createDurableConsumer(topic, name, null, true)) {
            Clients.gets(scene, subscriber, "yours");
        }
        session.unsubscribe(name);
    }

    @Check(section = "8.3.1", says = "noLocal holds for a JMSConsumer.")
    void holdsInTheSimplifiedApi(Scene scene) throws JMSException {
        Topic topic = scene.topic();
        JMSContext context = scene.context();
        JMSConsumer subscriber = context.createConsumer(topic, null, true);

        context.createProducer().send(topic, "mine");
        scene.send(topic, "yours");

        Expect.equal("yours", Scene.text(scene.receive(subscriber)), "received");
    }
}
