// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a connection that rolls branches back whose time is over. It is made with the
 * first that has a time, and ends with the connection.
 */
final class BranchTimer {
    private final String name;
    private ScheduledThreadPoolExecutor executor;
    private boolean closed;

    BranchTimer(String name) {
        this.name = name;
    }

    /** Has something done later; nothing once it is closed. */
    synchronized Future<?> schedule(Runnable task, int seconds) {
        if (closed) {
            return CompletableFuture.completedFuture(null);
        }
        if (executor == null) {
            executor =
                    new ScheduledThreadPoolExecutor(
                            1,
                            work -> {
                                Thread thread = new Thread(work, name);
                                thread.setDaemon(true);
                                return thread;
                            });
            executor.setRemoveOnCancelPolicy(true);
        }
        return executor.schedule(task, seconds, TimeUnit.SECONDS);
    }

    synchronized void close() {
        closed = true;
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
