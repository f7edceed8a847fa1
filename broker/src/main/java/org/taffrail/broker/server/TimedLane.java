// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.security.OutsideLane;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Some threads whose tasks have a time limit, which counts from when they are handed over. */
final class TimedLane implements OutsideLane, AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final long limitMs;
    private final ScheduledThreadPoolExecutor watch;

    /**
     * Makes one.
     *
     * @param threads run the tasks; ended by {@link #close}
     * @param limitMs how long a task may take, waiting included
     */
    TimedLane(ThreadPoolExecutor threads, long limitMs) {
        this.threads = threads;
        this.limitMs = limitMs;
        watch =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread made = new Thread(task, "taffrail-login-watch");
                            made.setDaemon(true);
                            return made;
                        });
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(limitMs, TimeUnit.MILLISECONDS);
        watch.allowCoreThreadTimeOut(true);
    }

    /**
     * {@inheritDoc}
     *
     * @throws RejectedExecutionException if too many wait, or it was closed
     */
    @Override
    public void run(Runnable task, Runnable whenOver) {
        Watched watched = new Watched(task);
        watched.over =
                watch.schedule(
                        () -> {
                            watched.end();
                            whenOver.run();
                        },
                        limitMs,
                        TimeUnit.MILLISECONDS);
        try {
            watched.begin();
        } catch (RejectedExecutionException e) {
            watched.over.cancel(false);
            throw e;
        }
    }

    /** A task, and what ends it. */
    private final class Watched {
        final Runnable task;
        Future<?> running;
        volatile Future<?> over;

        Watched(Runnable task) {
            this.task = task;
        }

        synchronized void end() {
            if (running != null) {
                running.cancel(true);
            }
        }

        synchronized void begin() {
            running =
                    threads.submit(
                            () -> {
                                try {
                                    task.run();
                                } finally {
                                    over.cancel(false);
                                }
                            });
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        watch.shutdownNow();
    }
}
