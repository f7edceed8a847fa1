// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Forces on other threads, a few at a time: the way where a force takes longer than the loop may
 * stand still. With one at a time producers would fall into two halves, each waiting for two
 * forces.
 */
final class ThreadedForcer implements Forcer {
    private final ForceTimes times;
    private final Executor threads;
    private final int inFlightMax;
    private final Runnable wakeup;
    private final ArrayDeque<Running> running = new ArrayDeque<>();

    ThreadedForcer(ForceTimes times, Executor threads, int inFlightMax, Runnable wakeup) {
        this.times = times;
        this.threads = threads;
        this.inFlightMax = inFlightMax;
        this.wakeup = wakeup;
    }

    /** The future's value is how long it took. */
    private record Running(Force force, int lane, long begunNs, CompletableFuture<Long> tookNs) {}

    @Override
    public boolean ready() {
        return running.size() < inFlightMax;
    }

    @Override
    public void begin(Force force) {
        CompletableFuture<Long> tookNs = new CompletableFuture<>();
        int lane = freeLane();
        running.addLast(new Running(force, lane, times.nowNs(), tookNs));
        threads.execute(
                () -> {
                    long startNs = times.nowNs();
                    try {
                        force.run(lane);
                        tookNs.complete(times.nowNs() - startNs);
                    } catch (IOException | RuntimeException e) {
                        tookNs.completeExceptionally(e);
                    }
                    wakeup.run();
                });
    }

    private int freeLane() {
        BitSet used = new BitSet();
        running.forEach(each -> used.set(each.lane));
        return used.nextClearBit(0);
    }

    @Override
    public Force poll() throws IOException {
        Running first = running.peekFirst();
        if (first == null) {
            return null;
        }
        if (!first.tookNs.isDone()) {
            times.takes(times.nowNs() - first.begunNs);
            return null;
        }
        running.removeFirst();
        try {
            times.add(first.tookNs.join());
        } catch (CompletionException e) {
            throw new IOException("a force failed: " + e.getCause().getMessage(), e.getCause());
        }
        return first.force;
    }

    @Override
    public void await() {
        Running first = running.peekFirst();
        if (first != null) {
            first.tookNs.handle((took, failure) -> took).join();
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            await();
            running.removeFirst();
        }
    }
}
