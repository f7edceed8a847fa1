// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.link.Awaited;
import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a broker's replies and turns their failures into exceptions of Jakarta Messaging.
 *
 * @param timeoutMs how long a reply may take
 * @param lender has a use for a thread that waits
 */
record Replies(long timeoutMs, Lender lender) {
    /** Lends the thread of a caller that waits to who reads the answer; see {@link Link#lend}. */
    @FunctionalInterface
    interface Lender {
        void lend(Awaited awaited, long timeoutNs) throws InterruptedException;
    }

    /**
     * Waits for a reply. Never call it on a link's thread, nor under a lock that such a thread
     * takes.
     *
     * @throws JMSException what it failed with, or that it did not come in time, or that the thread
     *     was interrupted (whose flag is set again)
     */
    <T> T await(CompletableFuture<T> reply) throws JMSException {
        try {
            long startNs = System.nanoTime();
            long timeoutNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            lender.lend(Awaited.of(reply), timeoutNs);
            long leftNs = timeoutNs - (System.nanoTime() - startNs);
            return reply.get(Math.max(0, leftNs), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw JmsErrors.of(e);
        } catch (TimeoutException e) {
            throw JmsErrors.caused(
                    JmsErrors.of(ErrorCode.TIMEOUT, "no reply after " + timeoutMs + " ms"), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Makes the exception of a thread that was interrupted while it waited. */
    static JMSException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return JmsErrors.caused(
                new JMSException("the thread was interrupted while it waited for the broker"),
                cause);
    }

    /** Gives one message back that the application has seen. */
    static CompletableFuture<Void> releaseSeen(Link link, Held held) {
        return one(link, held, ClientFrame.Verb.RELEASE_SEEN);
    }

    /** Sends one message to the dead letters, because it can't be read. */
    static CompletableFuture<Void> fail(Link link, Held held) {
        return one(link, held, ClientFrame.Verb.FAIL);
    }

    /** Settles one message outside of transactions. */
    static CompletableFuture<Void> one(Link link, Held held, ClientFrame.Verb verb) {
        Link.Delivery delivery = held.delivery();
        long[] range = {delivery.offset(), delivery.offset()};
        return link.settle(0, delivery.consumerId(), verb, delivery.partition(), range, true);
    }

    /** A reply that is there already. */
    static CompletableFuture<Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
