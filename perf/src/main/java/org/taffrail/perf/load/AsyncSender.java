// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends with a {@link CompletionListener} and runs ahead of the completions by a window at most. It
 * also holds the provider to its word: one completion a message, in the order of the sends.
 */
final class AsyncSender extends Sender {
    private static final long COMPLETION_TIMEOUT_SECONDS = 60;

    private final Semaphore window;
    private final int windowSize;
    private final RunFailure failure;
    private long completed; // guarded by this

    AsyncSender(Setting setting, int number) throws JMSException {
        super(setting, number);
        windowSize = setting.sending().window();
        window = new Semaphore(windowSize);
        failure = setting.run().failure();
    }

    @Override
    void send(Stamp stamp) throws JMSException {
        BytesMessage message = message(stamp);
        take(1);
        producerFor(stamp).send(message, new Completion(stamp, clock.nanoTime()));
    }

    @Override
    void settle() throws JMSException {
        take(windowSize);
        window.release(windowSize);
    }

    private void take(int permits) throws JMSException {
        try {
            if (!window.tryAcquire(permits, COMPLETION_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new JMSException(
                        "No completion came for "
                                + COMPLETION_TIMEOUT_SECONDS
                                + " s, with "
                                + (windowSize - window.availablePermits())
                                + " sends open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JMSException("Interrupted while waiting for completions");
        }
    }

    private synchronized void completed(Stamp stamp, long calledNs, long ackNs) {
        if (stamp.sequence() != completed) {
            failure.report(
                    new JMSException(
                            "The completion of message "
                                    + stamp.sequence()
                                    + " came when it was the turn of "
                                    + completed));
        }
        completed = stamp.sequence() + 1;
        acknowledged.acknowledged(stamp, calledNs, ackNs);
    }

    private final class Completion implements CompletionListener {
        private final Stamp stamp;
        private final long calledNs;

        Completion(Stamp stamp, long calledNs) {
            this.stamp = stamp;
            this.calledNs = calledNs;
        }

        @Override
        public void onCompletion(Message message) {
            long ackNs = clock.nanoTime();
            completed(stamp, calledNs, ackNs);
            window.release();
        }

        @Override
        public void onException(Message message, Exception exception) {
            failure.report(exception);
            window.release();
        }
    }
}
