// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Many histories at once, as many as there are processors: each is a thread's own, and depends on
 * nothing but its seed.
 */
final class Histories {
    private final AtomicLong next;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Histories(long firstSeed) {
        next = new AtomicLong(firstSeed);
    }

    /**
     * Runs histories until enough were run, or one fails.
     *
     * @param firstSeed the first one's seed; the others' follow
     * @param goOn asked before each, by any thread
     * @param history runs the one of a seed
     * @return how many there were
     */
    static long run(long firstSeed, BooleanSupplier goOn, LongConsumer history) {
        Histories histories = new Histories(firstSeed);
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ends.add(executor.submit(() -> histories.runSome(goOn, history)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            histories.failure.compareAndSet(null, e.getCause());
        } finally {
            executor.shutdownNow();
        }
        Throwable failed = histories.failure.get();
        if (failed != null) {
            throw new AssertionError(failed.getMessage(), failed);
        }
        return histories.next.get() - firstSeed;
    }

    private void runSome(BooleanSupplier goOn, LongConsumer history) {
        try {
            while (failure.get() == null && goOn.getAsBoolean()) {
                history.accept(next.getAndIncrement());
            }
        } catch (AssertionError | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }
}
