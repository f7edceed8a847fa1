// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

/** Empties a queue before a run, so that what an earlier run left there can't spoil this one. */
final class Leftovers {
    private static final long RECEIVE_TIMEOUT_MS = 250;

    private Leftovers() {}

    /**
     * Takes what waits on a queue; does nothing to a topic.
     *
     * @param provider the provider
     * @param destination the destination of the run
     * @return how many messages were thrown away
     * @throws JMSException if the provider refuses
     */
    static long drain(Provider provider, DestinationName destination) throws JMSException {
        if (destination.topic()) {
            return 0;
        }
        try (Connection connection = provider.connect(new RunFailure())) {
            Session session = connection.createSession(Session.DUPS_OK_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(provider.find(session, destination));
            connection.start();
            long drained = 0;
            while (consumer.receive(RECEIVE_TIMEOUT_MS) != null) {
                drained++;
            }
            return drained;
        }
    }
}
