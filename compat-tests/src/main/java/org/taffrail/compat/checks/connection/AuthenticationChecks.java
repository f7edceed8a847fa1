// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** Who may connect: credentials that are right, that are wrong, and none. */
final class AuthenticationChecks {
    @Check(
            section = "6.1.1",
            says = "A connection may be made without credentials.",
            strength = Strength.COMMON_PRACTICE)
    void connectsWithoutCredentials(Scene scene) throws JMSException {
        scene.closing(scene.factory().createConnection()).start();
    }

    @Check(
            section = "6.1.1",
            says = "A context may be made without credentials.",
            strength = Strength.COMMON_PRACTICE)
    void makesContextWithoutCredentials(Scene scene) {
        scene.closing(scene.factory().createContext()).start();
    }

    @Check(
            section = "6.1.1",
            says = "A connection is made with a name and a password that are right.")
    void connectsWithCredentials(Scene scene) throws JMSException {
        scene.closing(
                        scene.factory()
                                .createConnection(
                                        Credentials.user(scene), Credentials.password(scene)))
                .start();
    }

    @Check(section = "6.1.1", says = "A context is made with a name and a password that are right.")
    void makesContextWithCredentials(Scene scene) {
        JMSContext context =
                scene.closing(
                        scene.factory()
                                .createContext(
                                        Credentials.user(scene), Credentials.password(scene)));

        Expect.equal(JMSContext.AUTO_ACKNOWLEDGE, context.getSessionMode(), "the session mode");
    }

    @Check(
            section = "api:ConnectionFactory.createContext",
            says = "A context made with credentials has the session mode that was asked for.")
    void makesContextWithCredentialsAndMode(Scene scene) {
        JMSContext context =
                scene.closing(
                        scene.factory()
                                .createContext(
                                        Credentials.user(scene),
                                        Credentials.password(scene),
                                        JMSContext.CLIENT_ACKNOWLEDGE));

        Expect.equal(JMSContext.CLIENT_ACKNOWLEDGE, context.getSessionMode(), "the session mode");
    }

    @Check(
            section = "10.3",
            says =
                    "A wrong password is refused with JMSSecurityException when a connection"
                            + " is made.")
    void refusesWrongPassword(Scene scene) {
        String user = Credentials.user(scene);
        Expect.refused(
                JMSSecurityException.class,
                "createConnection with a wrong password",
                () ->
                        scene.closing(
                                scene.factory()
                                        .createConnection(user, Credentials.wrongPassword(scene))));
    }

    @Check(
            section = "10.3",
            says =
                    "An unknown user is refused with JMSSecurityException when a connection"
                            + " is made.")
    void refusesUnknownUser(Scene scene) {
        String password = Credentials.password(scene);
        Expect.refused(
                JMSSecurityException.class,
                "createConnection with an unknown user",
                () -> scene.closing(scene.factory().createConnection(scene.name(), password)));
    }

    @Check(
            section = "10.3",
            says =
                    "A wrong password is refused with JMSSecurityRuntimeException when a"
                            + " context is made.")
    void refusesContextForWrongPassword(Scene scene) {
        String user = Credentials.user(scene);
        Expect.refused(
                JMSSecurityRuntimeException.class,
                "createContext with a wrong password",
                () ->
                        scene.closing(
                                scene.factory()
                                        .createContext(user, Credentials.wrongPassword(scene))));
    }

    @Check(
            section = "10.3",
            says =
                    "A wrong password is refused with JMSSecurityRuntimeException when a"
                            + " context is made with a session mode.")
    void refusesContextWithModeForWrongPassword(Scene scene) {
        String user = Credentials.user(scene);
        Expect.refused(
                JMSSecurityRuntimeException.class,
                "createContext with a wrong password and a session mode",
                () ->
                        scene.closing(
                                scene.factory()
                                        .createContext(
                                                user,
                                                Credentials.wrongPassword(scene),
                                                JMSContext.SESSION_TRANSACTED)));
    }
}
