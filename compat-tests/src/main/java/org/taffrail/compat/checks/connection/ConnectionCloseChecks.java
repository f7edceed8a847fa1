// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.concurrent.Future;

/** What {@link Connection#close} does, and what a closed connection answers. */
final class ConnectionCloseChecks {
    @Check(section = "6.1.8", says = "Closing a closed connection does nothing.")
    void closesTwiceQuietly(Scene scene) throws JMSException {
        Connection connection = scene.started();

        connection.close();
        connection.close();
    }

    @Check(
            section = "6.1.8",
            says = "A closed connection throws IllegalStateException when a session is created.")
    void createsNoSessionWhenClosed(Scene scene) throws JMSException {
        Connection connection = scene.connect();

        connection.close();

        Expect.refused(
                IllegalStateException.class,
                "createSession on a closed connection",
                connection::createSession);
    }

    @Check(section = "6.1.8", says = "Closing a connection ends its blocked receives with null.")
    void wakesReceiversWithNull(Scene scene) throws JMSException {
        Connection connection = scene.started();
        Queue queue = scene.queue();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(queue);
        Future<Object> received = scene.elsewhere(consumer::receive);
        scene.never("a receive on an empty queue returns", received::isDone);

        connection.close();

        Expect.isNull(scene.result("the receive", received), "what it returned");
    }
}
