// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.JMSException;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What goes wrong in Kafka's client, as Jakarta Messaging throws it. */
final class Failures {
    private Failures() {}

    /**
     * Waits for an answer.
     *
     * @param answer the answer
     * @return what it is
     * @throws JMSException if it is a failure, or the thread is interrupted
     */
    static <T> T await(Future<T> answer) throws JMSException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw of(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw of(e);
        }
    }

    static JMSException of(Throwable cause) {
        JMSException failure = new JMSException("Kafka: " + cause);
        failure.initCause(cause);
        return failure;
    }
}
