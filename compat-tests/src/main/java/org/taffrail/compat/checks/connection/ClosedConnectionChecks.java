// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What the methods of a closed connection answer. */
final class ClosedConnectionChecks {
    /** A call of a connection. */
    private interface Call {
        void on(Connection connection) throws JMSException;
    }

    private static void refused(Scene scene, String method, Call call) throws JMSException {
        Connection connection = scene.started();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                method + " on a closed connection",
                () -> call.on(connection));
    }

    @Check(
            section = "6.1.8",
            says = "A closed connection throws IllegalStateException from createSession.")
    void createSession(Scene scene) throws JMSException {
        refused(scene, "createSession", connection -> connection.createSession());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed connection throws IllegalStateException from createSession with"
                            + " a session mode.")
    void createSessionWithMode(Scene scene) throws JMSException {
        refused(
                scene,
                "createSession with a session mode",
                connection -> connection.createSession(Session.CLIENT_ACKNOWLEDGE));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed connection throws IllegalStateException from createSession with"
                            + " an acknowledgement mode.")
    void createSessionWithAcknowledgeMode(Scene scene) throws JMSException {
        refused(
                scene,
                "createSession with an acknowledgement mode",
                connection -> connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
    }

    @Check(
            section = "6.1.8",
            says = "A closed connection throws IllegalStateException from getClientID.")
    void getClientId(Scene scene) throws JMSException {
        refused(scene, "getClientID", connection -> connection.getClientID());
    }

    @Check(
            section = "6.1.8",
            says = "A closed connection throws IllegalStateException from setClientID.")
    void setClientId(Scene scene) throws JMSException {
        refused(scene, "setClientID", connection -> connection.setClientID(scene.name()));
    }

    @Check(
            section = "6.1.8",
            says = "A closed connection throws IllegalStateException from getMetaData.")
    void getMetaData(Scene scene) throws JMSException {
        refused(scene, "getMetaData", connection -> connection.getMetaData());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed connection throws IllegalStateException from"
                            + " getExceptionListener.")
    void getExceptionListener(Scene scene) throws JMSException {
        refused(scene, "getExceptionListener", connection -> connection.getExceptionListener());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed connection throws IllegalStateException from"
                            + " setExceptionListener.")
    void setExceptionListener(Scene scene) throws JMSException {
        refused(
                scene,
                "setExceptionListener",
                connection -> connection.setExceptionListener(failure -> {}));
    }

    @Check(section = "6.1.8", says = "A closed connection throws IllegalStateException from start.")
    void start(Scene scene) throws JMSException {
        refused(scene, "start", connection -> connection.start());
    }

    @Check(section = "6.1.8", says = "A closed connection throws IllegalStateException from stop.")
    void stop(Scene scene) throws JMSException {
        refused(scene, "stop", connection -> connection.stop());
    }

    @Check(section = "6.1.8", says = "Closing a closed connection does nothing.")
    void close(Scene scene) throws JMSException {
        Connection connection = scene.started();

        connection.close();
        connection.close();
    }
}
