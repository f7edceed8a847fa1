// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.compat.checks.listening.Trial;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** The client identifier of a connection. */
final class ClientIdChecks {
    @Check(
            section = "api:Connection.getClientID",
            says = "A connection returns the client id that was set.")
    void returnsWhatWasSet(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        String id = scene.name();

        connection.setClientID(id);

        Expect.equal(id, connection.getClientID(), "the client id");
    }

    @Check(
            section = "api:Connection.getClientID",
            says = "A connection has no client id before one is set.",
            strength = Strength.COMMON_PRACTICE)
    void hasNoneAtFirst(Scene scene) throws JMSException {
        Expect.isNull(scene.connect().getClientID(), "the client id of a new connection");
    }

    @Check(
            section = "api:Connection.setClientID",
            says = "A client id may still be set after the missing one was asked for.",
            strength = Strength.COMMON_PRACTICE)
    void mayBeSetAfterItWasAskedFor(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.getClientID();
        String id = scene.name();

        connection.setClientID(id);

        Expect.equal(id, connection.getClientID(), "the client id");
    }

    @Check(
            section = "6.1.2",
            says =
                    "Setting the client id after a session was created throws"
                            + " IllegalStateException.",
            strength = Strength.SHOULD)
    void refusedAfterSession(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.createSession();

        isTooLate(scene, connection);
    }

    @Check(
            section = "6.1.2",
            says =
                    "Setting the client id after the connection was started throws"
                            + " IllegalStateException.",
            strength = Strength.SHOULD)
    void refusedAfterStart(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.start();

        isTooLate(scene, connection);
    }

    @Check(
            section = "6.1.2",
            says =
                    "Setting the client id after the connection was stopped throws"
                            + " IllegalStateException.",
            strength = Strength.SHOULD)
    void refusedAfterStop(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.stop();

        isTooLate(scene, connection);
    }

    @Check(
            section = "6.1.2",
            says =
                    "Setting the client id after an exception listener was set throws"
                            + " IllegalStateException.",
            strength = Strength.SHOULD)
    void refusedAfterExceptionListener(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.setExceptionListener(failure -> {});

        isTooLate(scene, connection);
    }

    @Check(
            section = "6.1.2",
            says = "Setting the client id twice throws IllegalStateException.",
            strength = Strength.SHOULD)
    void refusedTheSecondTime(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        connection.setClientID(scene.name());

        isTooLate(scene, connection);
    }

    @Check(
            section = "6.1.2",
            says =
                    "Setting the client id in a message listener of the connection throws"
                            + " IllegalStateException.",
            strength = Strength.SHOULD)
    void refusedInListener(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Trial trial =
                new Trial(
                        scene,
                        "setClientID in a listener",
                        () -> connection.setClientID(scene.name()));
        connection.createSession().createConsumer(queue).setMessageListener(trial);
        scene.send(queue, "a");

        trial.isRefused(IllegalStateException.class);
    }

    @Check(
            section = "6.1.2",
            says = "A client id that was set late leaves the earlier one as it was.")
    void keepsTheFirst(Scene scene) throws JMSException {
        Connection connection = scene.connect();
        String id = scene.name();
        connection.setClientID(id);

        try {
            connection.setClientID(scene.name());
        } catch (JMSException expected) {
            Expect.equal(id, connection.getClientID(), "the client id");
            return;
        }
        throw new AssertionError("a second client id was taken");
    }

    private static void isTooLate(Scene scene, Connection connection) {
        Expect.refused(
                IllegalStateException.class,
                "setClientID when it is too late",
                () -> connection.setClientID(scene.name()));
    }

    @Check(
            section = "api:Connection.setClientID",
            says =
                    "A client id that another connection uses is refused with"
                            + " InvalidClientIDException.")
    void refusesDuplicate(Scene scene) throws JMSException {
        String id = scene.name();
        scene.connect().setClientID(id);
        Connection second = scene.connect();

        Expect.refused(
                InvalidClientIDException.class,
                "setClientID with an id that is in use",
                () -> second.setClientID(id));
    }

    @Check(
            section = "api:JMSContext.setClientID",
            says =
                    "A client id that another context uses is refused with"
                            + " InvalidClientIDRuntimeException.")
    void refusesDuplicateInContext(Scene scene) {
        String id = scene.name();
        scene.context().setClientID(id);
        JMSContext second = scene.context();

        Expect.refused(
                InvalidClientIDRuntimeException.class,
                "setClientID with an id that is in use",
                () -> second.setClientID(id));
    }

    @Check(
            section = "6.1.2",
            says =
                    "A client id that a connection uses can't be used by a context at the"
                            + " same time.")
    void refusesDuplicateAcrossInterfaces(Scene scene) throws JMSException {
        String id = scene.name();
        scene.connect().setClientID(id);
        JMSContext second = scene.context();

        Expect.refused(
                InvalidClientIDRuntimeException.class,
                "setClientID with an id that is in use",
                () -> second.setClientID(id));
    }

    @Check(
            section = "6.1.2",
            says = "A connection that was refused a client id may still set another.",
            strength = Strength.COMMON_PRACTICE)
    void mayTryAnother(Scene scene) throws JMSException {
        String id = scene.name();
        scene.connect().setClientID(id);
        Connection second = scene.connect();
        Expect.refused(
                InvalidClientIDException.class,
                "setClientID with an id that is in use",
                () -> second.setClientID(id));
        String another = scene.name();

        second.setClientID(another);

        Expect.equal(another, second.getClientID(), "the client id");
    }

    @Check(section = "6.1.2", says = "A client id is free again once its connection is closed.")
    void isFreeAfterClose(Scene scene) throws JMSException {
        String id = scene.name();
        Connection first = scene.connect();
        first.setClientID(id);
        first.close();
        Connection second = scene.connect();

        second.setClientID(id);

        Expect.equal(id, second.getClientID(), "the client id");
    }

    @Check(
            section = "6.1.2",
            says = "Connections with different client ids are open at the same time.")
    void differentIdsLiveTogether(Scene scene) throws JMSException {
        Connection first = scene.connect();
        first.setClientID(scene.name());
        Connection second = scene.connect();

        second.setClientID(scene.name());

        Expect.that(
                !first.getClientID().equals(second.getClientID()), "both have the same client id");
    }

    @Check(
            section = "10.3",
            says = "A null client id, if it is refused, is refused with InvalidClientIDException.")
    void refusesNull(Scene scene) throws JMSException {
        Connection connection = scene.connect();

        try {
            connection.setClientID(null);
        } catch (JMSException | RuntimeException refusal) {
            Expect.type(InvalidClientIDException.class, refusal, "the refusal");
        }
    }

    @Check(
            section = "6.1.2",
            says =
                    "An attempt to use a client id that is in use takes nothing from the client that"
                            + " has it, and gives it nothing twice.")
    void refusedDuplicateDisturbsNobody(Scene scene) throws JMSException {
        String id = scene.name();
        Topic topic = scene.topic();
        String name = scene.name();
        Connection first = scene.connect();
        first.setClientID(id);
        first.start();
        Session session = first.createSession();
        MessageConsumer subscriber = session.createDurableConsumer(topic, name);
        scene.send(topic, "one", "two");
        Expect.equal("one", Scene.text(scene.receive(subscriber)), "before");
        Connection second = scene.connect();

        Expect.refused(JMSException.class, "the same client id", () -> second.setClientID(id));

        scene.send(topic, "three");
        Expect.equal(List.of("two", "three"), scene.texts(subscriber, 2), "afterwards");
        scene.receivesNothing(subscriber);
        subscriber.close();
        session.unsubscribe(name);
    }
}
