// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a thread waits for that is lent to a link meanwhile: something that comes about while what
 * the broker sends is handled, whichever thread does that.
 */
public interface Awaited {
    /**
     * Tells whether the wait is over. Asked by the waiting thread, again and again.
     *
     * @return true from then on
     */
    boolean isOver();

    /**
     * Waits in the caller's own way, for the link has no use for its thread. May return early.
     *
     * @param timeoutNs how long at most
     * @throws InterruptedException if the thread is interrupted
     */
    void block(long timeoutNs) throws InterruptedException;

    /**
     * Waits for a future.
     *
     * @param future what is waited for; its failure is the caller's to find
     * @return over when it is complete
     */
    static Awaited of(CompletableFuture<?> future) {
        return new Awaited() {
            @Override
            public boolean isOver() {
                return future.isDone();
            }

            @Override
            public void block(long timeoutNs) throws InterruptedException {
                try {
                    future.get(timeoutNs, TimeUnit.NANOSECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    // whoever asked for it looks for itself
                }
            }
        };
    }
}
