// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import java.util.concurrent.atomic.AtomicLong;

/** Empties the queues before a run, so that what an earlier run left can't spoil this one. */
final class Leftovers {
    private static final long QUIET_NS = 250_000_000;

    private Leftovers() {}

    /**
     * Takes what waits on the queues, until nothing comes any more; does nothing to a topic.
     *
     * @param run the run
     * @param route its route
     * @return how many messages were thrown away
     * @throws JMSException if the provider refuses
     */
    static long drain(RunContext run, Route route) throws JMSException {
        if (route.copies()) {
            return 0;
        }
        try (Connection connection = run.provider().connect(new RunFailure())) {
            Session session = connection.createSession(Session.DUPS_OK_ACKNOWLEDGE);
            AtomicLong drained = new AtomicLong();
            for (DestinationName destination : route.destinations()) {
                session.createConsumer(run.provider().find(session, destination))
                        .setMessageListener(message -> drained.incrementAndGet());
            }
            connection.start();
            long before;
            do {
                before = drained.get();
                run.clock().awaitUntil(run.clock().nanoTime() + QUIET_NS);
            } while (drained.get() > before);
            return drained.get();
        }
    }
}
