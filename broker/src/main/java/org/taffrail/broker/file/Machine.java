// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a store takes from the machine it runs on, beside files: so that tests can give it something
 * that they control.
 *
 * @param clockNs measures forces
 * @param secrets makes a new folder's secret
 * @param files runs jobs on files one after the other
 * @param reads runs reads one after the other
 * @param forces runs forces, {@link #FORCES_MAX} at a time
 * @param stop ends the three, when their jobs are done
 */
public record Machine(
        LongSupplier clockNs,
        LongSupplier secrets,
        Executor files,
        Executor reads,
        Executor forces,
        Runnable stop) {
    /** How many forces run at a time. */
    public static final int FORCES_MAX = 3;

    /**
     * Makes a thread for files, one for reads and some for forces; each begins with its first job.
     *
     * @return to be stopped by whoever uses it
     */
    public static Machine real() {
        ExecutorService files = executor("taffrail-files", 1);
        ExecutorService reads = executor("taffrail-reads", 1);
        ExecutorService forces = executor("taffrail-forces", FORCES_MAX);
        return new Machine(
                System::nanoTime,
                () -> new SecureRandom().nextLong(),
                files,
                reads,
                forces,
                () -> {
                    stop(files);
                    stop(reads);
                    stop(forces);
                });
    }

    /**
     * Does everything on the caller's thread and the same each time, without a clock.
     *
     * @param secret the secret of every new folder
     * @return nothing that must be stopped
     */
    public static Machine callersThread(long secret) {
        return new Machine(
                () -> 0, () -> secret, Runnable::run, Runnable::run, Runnable::run, () -> {});
    }

    private static ExecutorService executor(String name, int threads) {
        return Executors.newFixedThreadPool(
                threads,
                job -> {
                    Thread thread = new Thread(job, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private static void stop(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
