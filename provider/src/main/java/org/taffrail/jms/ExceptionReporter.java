// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a connection's exception listener, one call at a time, on a thread of its own: the listener
 * may close the connection, which the link's thread could not. What no listener hears is logged.
 * Thread-safe.
 */
final class ExceptionReporter {
    private static final Logger LOG = LoggerFactory.getLogger(ExceptionReporter.class);

    private final SerialExecutor executor;
    private volatile ExceptionListener listener;

    ExceptionReporter(String threadName) {
        executor = new SerialExecutor(threadName);
    }

    ExceptionListener listener() {
        return listener;
    }

    void listener(ExceptionListener newListener) {
        listener = newListener;
    }

    /** Tells the listener of a failure; returns at once. */
    void report(JMSException failure) {
        executor.execute(
                () -> {
                    ExceptionListener current = listener;
                    if (current == null) {
                        LOG.warn("no exception listener hears of: {}", failure.getMessage());
                    } else {
                        call(current, failure);
                    }
                });
    }

    private static void call(ExceptionListener current, JMSException failure) {
        try {
            current.onException(failure);
        } catch (RuntimeException e) {
            LOG.warn("an exception listener threw", e);
        }
    }
}
