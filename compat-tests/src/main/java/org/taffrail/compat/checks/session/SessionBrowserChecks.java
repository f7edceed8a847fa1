// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

/** How browsers are made, and what becomes of them when their session or connection is closed. */
final class SessionBrowserChecks {
    @Check(
            section = "6.2.15",
            says =
                    "A browser of a closed session throws IllegalStateException when an"
                            + " enumeration is asked for.",
            strength = Strength.COMMON_PRACTICE)
    void refusesEnumerationWithoutSession(Scene scene) throws JMSException {
        Session session = scene.session();
        QueueBrowser browser = session.createBrowser(scene.queue());

        session.close();

        Expect.refused(
                IllegalStateException.class,
                "getEnumeration after the close of the session",
                browser::getEnumeration);
    }

    @Check(
            section = "6.1.8",
            says =
                    "A browser of a closed connection throws IllegalStateException when an"
                            + " enumeration is asked for.",
            strength = Strength.COMMON_PRACTICE)
    void refusesEnumerationWithoutConnection(Scene scene) throws JMSException {
        Connection connection = scene.started();
        QueueBrowser browser = connection.createSession().createBrowser(scene.queue());

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "getEnumeration after the close of the connection",
                browser::getEnumeration);
    }

    @Check(
            section = "6.2.15",
            says =
                    "Closing a browser of a closed session, or of a closed connection, does nothing.")
    void closesQuietly(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession();
        QueueBrowser first = session.createBrowser(queue);
        QueueBrowser second = connection.createSession().createBrowser(queue);

        session.close();
        first.close();
        connection.close();
        second.close();
    }
}
