// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asynchronous sends that are under way when the provider is lost. */
final class AsyncSendLossChecks {
    private static final int SENDS_MAX = 100_000;

    @Check(
            section = "7.3.2",
            says =
                    "Where the provider is killed, each asynchronous send throws or is told to its"
                            + " listener, never both, and none is forgotten.",
            restarts = true,
            kills = true)
    void tellsOfEachSend(Scene scene) throws JMSException {
        Session session = scene.session();
        MessageProducer producer = session.createProducer(scene.queue());
        Sent sent = Sent.remembering();
        AtomicBoolean over = new AtomicBoolean();
        Future<Integer> sending =
                scene.elsewhere(
                        () -> {
                            int accepted = 0;
                            try {
                                while (!over.get() && accepted < SENDS_MAX) {
                                    producer.send(session.createTextMessage("one"), sent);
                                    accepted++;
                                }
                                return accepted;
                            } catch (JMSException e) {
                                return accepted; // this one was not accepted
                            }
                        });
        scene.await("a completion listener is called", sent::wasCalled);

        scene.crash();

        over.set(true);
        int accepted = scene.result("sending", sending);
        scene.await("the listener is told of all sends", () -> sent.calls() >= accepted);
        scene.never("it is told of more than there were", () -> sent.calls() > accepted);
    }
}
