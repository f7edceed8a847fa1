// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.concurrent.TimeUnit;

/**
 * What becomes of a message that is sent in a transaction of its own: done, refused, or rolled back
 * with its connection. Only the first two are told to who sends.
 */
final class LargeOutcome implements Link.SendListener {
    private final Link.SendListener listener;
    private Throwable refusal;
    private boolean decided;
    private boolean rolledBack;
    private boolean tooLate;

    LargeOutcome(Link.SendListener listener) {
        this.listener = listener;
    }

    /** Hears what became of the message's parts. */
    @Override
    public synchronized void completed(Throwable failure) {
        refusal = failure;
    }

    /** Hears what became of the transaction. */
    void committed(Throwable failure) {
        Throwable told;
        synchronized (this) {
            if (tooLate) {
                return;
            }
            decided = true;
            told = failure == null ? null : cause(Waiting.cause(failure));
            rolledBack = told == null && failure != null;
            notifyAll();
        }
        if (!rolledBack) {
            listener.completed(told);
        }
    }

    /** Returns why it was refused; null where it was not, and only its connection was lost. */
    private Throwable cause(Throwable failure) {
        if (refusal != null && !Waiting.isLoss(refusal)) {
            return refusal;
        }
        ErrorCode code = failure instanceof WireException known ? known.code() : ErrorCode.INTERNAL;
        boolean again = code == ErrorCode.NOT_COMMITTED || code == ErrorCode.TRANSACTION_DOOMED;
        return again ? null : failure;
    }

    /**
     * Waits until it is known.
     *
     * @param deadlineNs when to give up, by {@link System#nanoTime}
     * @param timeoutMs how long that was, for the message
     * @return false if it was rolled back with its connection
     * @throws WireException {@link ErrorCode#TIMEOUT} if it is not known in time, or the thread was
     *     interrupted, whose flag is set then; the listener hears nothing then
     */
    synchronized boolean await(long deadlineNs, long timeoutMs) {
        while (!decided) {
            long leftNs = deadlineNs - System.nanoTime();
            try {
                if (leftNs > 0) {
                    wait(TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
                    continue;
                }
                tooLate = true;
                throw new WireException(
                        ErrorCode.TIMEOUT,
                        "a message in parts was not confirmed in " + timeoutMs + " ms");
            } catch (InterruptedException e) {
                tooLate = true;
                Thread.currentThread().interrupt();
                throw new WireException(
                        ErrorCode.TIMEOUT, "interrupted while a message in parts was sent");
            }
        }
        return !rolledBack;
    }
}
