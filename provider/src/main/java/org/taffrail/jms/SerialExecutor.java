// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that calls the application back, one call after the other, in order. It is there while
 * there is something to do, and a little longer.
 */
final class SerialExecutor {
    private static final long IDLE_S = 5;

    private final ThreadPoolExecutor pool;
    private volatile Thread running;

    SerialExecutor(String name) {
        pool =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_S,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs a task after those given before it. */
    void execute(Runnable task) {
        pool.execute(
                () -> {
                    running = Thread.currentThread();
                    try {
                        task.run();
                    } finally {
                        running = null;
                    }
                });
    }

    /** Tells whether a task asks, from within. */
    boolean isCurrentThread() {
        return running == Thread.currentThread();
    }
}
