// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;
import java.util.concurrent.Future;

/** When deliveries begin, pause and go on. */
final class DeliveryStartChecks {
    @Check(section = "8.4", says = "Nothing is delivered before the connection is started.")
    void deliversNothingBeforeTheStart(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "one");

        scene.receivesNothing(consumer);
        connection.start();

        Expect.equal("one", Scene.text(scene.receive(consumer)), "received after the start");
    }

    @Check(
            section = "6.1.4",
            says = "A consumer of a connection that is not started keeps no messages from others.",
            strength = Strength.COMMON_PRACTICE)
    void leavesMessagesToOthersBeforeTheStart(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.connect().createSession().createConsumer(queue);
        scene.send(queue, "one", "two", "three");

        MessageConsumer other = scene.session().createConsumer(queue);

        Expect.equal(List.of("one", "two", "three"), scene.texts(other, 3), "received");
    }

    @Check(
            section = "8.4",
            says = "A stopped connection delivers nothing until it is started again.")
    void pauses(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        scene.send(queue, "one");
        scene.receive(consumer);

        connection.stop();
        scene.send(queue, "two");
        scene.receivesNothing(consumer);
        Expect.isNull(consumer.receiveNoWait(), "receiveNoWait of a stopped connection");
        connection.start();

        Expect.equal("two", Scene.text(scene.receive(consumer)), "received after the start");
    }

    @Check(
            section = "6.1.4",
            says = "A receive that waits goes on waiting while the connection pauses.")
    void goesOnWaitingThroughAPause(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        MessageConsumer consumer = connection.createSession().createConsumer(queue);
        Future<Message> received = scene.elsewhere(consumer::receive);
        scene.never("receive() returns", received::isDone);

        connection.stop();
        scene.send(queue, "one");
        scene.never("receive() returns from a stopped connection", received::isDone);
        connection.start();

        Expect.equal("one", Scene.text(scene.result("receive()", received)), "received");
    }

    @Check(section = "6.1.5", says = "A stopped connection can send.")
    void sendsWhileStopped(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Session session = connection.createSession();
        Queue queue = scene.queue();

        session.createProducer(queue).send(session.createTextMessage("one"));

        Expect.equal(
                "one",
                Scene.text(scene.receive(scene.session().createConsumer(queue))),
                "received by another connection");
    }

    @Check(
            section = "4.2.2",
            says = "A subscription of a connection that is not started gets messages all the same.")
    void subscribesBeforeTheStart(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        Topic topic = scene.topic();
        MessageConsumer subscriber = connection.createSession().createConsumer(topic);

        scene.send(topic, "one");
        connection.start();

        Expect.equal("one", Scene.text(scene.receive(subscriber)), "received after the start");
    }

    @Check(section = "8.4", says = "Creating a consumer starts a context.")
    void startsByItselfInTheSimplifiedApi(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");

        JMSConsumer consumer = scene.context().createConsumer(queue);

        Expect.equal("one", Scene.text(scene.receive(consumer)), "received");
    }

    @Check(section = "8.4", says = "A context with auto-start off does not deliver before start.")
    void waitsForTheStartIfToldSo(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        scene.send(queue, "one");
        JMSContext context = scene.context();
        context.setAutoStart(false);
        JMSConsumer consumer = context.createConsumer(queue);

        Expect.equal(false, context.getAutoStart(), "getAutoStart");
        scene.receivesNothing(consumer);
        context.start();

        Expect.equal("one", Scene.text(scene.receive(consumer)), "received after the start");
    }

    @Check(section = "8.4", says = "A context that was stopped delivers again after start.")
    void pausesInTheSimplifiedApi(Scene scene) throws JMSException {
        Queue queue = scene.queue();
        JMSContext context = scene.context();
        JMSConsumer consumer = context.createConsumer(queue);

        context.stop();
        scene.send(queue, "one");
        scene.receivesNothing(consumer);
        context.start();

        Expect.equal("one", Scene.text(scene.receive(consumer)), "received after the start");
    }
}
