// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Provider;
import org.taffrail.compat.kit.Scene;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes checks: several side by side, then those that restart the provider. An orderly restart is
 * shared by as many as are made side by side. A kill is not: it must come at once, before the
 * provider can make up for what it should have done when it answered. The order of the results is
 * the order of the checks.
 *
 * <p>Nothing that a provider does ends or holds up a run: a check that does not end is left behind;
 * after a failure a connection is tried, and if none can be opened the rest is not run. Names that
 * checks use begin with the time of the run, so that it finds nothing of an earlier one. One run
 * per object.
 */
public final class Runner {
    private static final long THREADS_END_MS_MAX = 3_000;

    /** Restarts of a server, on a machine that has other things to do, are the longer part. */
    private static final int RESTART_LIMIT_FACTOR = 4;

    /** Ends the names of a check that is made once more, by itself. */
    private static final String ALONE = ".alone";

    private static final AtomicLong LAST_RUN = new AtomicLong();

    private final Provider provider;
    private final Scene.Timing timing;
    private final Limits limits;
    private final RunListener listener;
    private final String prefix = "kit." + Long.toString(runId(), Character.MAX_RADIX) + ".";
    private final Object probing = new Object();
    private int ended;
    private volatile String gone;

    /**
     * Prepares a run.
     *
     * @param provider the provider under test
     * @param timing how long checks wait
     * @param limits how the run is bounded
     * @param listener hears of each result as it comes
     */
    public Runner(Provider provider, Scene.Timing timing, Limits limits, RunListener listener) {
        this.provider = provider;
        this.timing = timing;
        this.limits = limits;
        this.listener = listener;
    }

    /** The time, or a little later where that was given away. */
    private static long runId() {
        return LAST_RUN.accumulateAndGet(
                Instant.now().toEpochMilli(), (last, now) -> Math.max(last + 1, now));
    }

    /**
     * Runs checks.
     *
     * @param name what the provider is called in reports
     * @param facts what it says of itself
     * @param checks the checks
     * @return what became of them
     * @throws InterruptedException if the run is given up
     */
    public RunRecord run(String name, Facts facts, List<CheckCase> checks)
            throws InterruptedException {
        Instant started = Instant.now();
        long startNs = System.nanoTime();
        Set<Thread> before = RunThreads.living();
        Result[] results = new Result[checks.size()];
        List<Integer> together = new ArrayList<>();
        List<Integer> stopping = new ArrayList<>();
        List<Integer> killing = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i).check();
            List<Integer> restarting = check.kills() ? killing : stopping;
            (check.restarts() ? restarting : together).add(i);
        }
        runTogether(checks, together, results);
        runStopping(checks, stopping, results);
        for (int index : killing) {
            if (gone != null) {
                revive();
            }
            results[index] = result(checks, index);
        }
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        List<String> left = RunThreads.leftSince(before, THREADS_END_MS_MAX);
        return new RunRecord(name, facts, started, tookMs, Arrays.asList(results), left);
    }

    private void runTogether(List<CheckCase> checks, List<Integer> indexes, Result[] results)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(limits.workers(), indexes.size()); i++) {
            workers.add(started(() -> work(checks, indexes, next, results), "kit-worker-" + i));
        }
        awaitAll(workers);
    }

    private void work(
            List<CheckCase> checks, List<Integer> indexes, AtomicInteger next, Result[] results) {
        try {
            for (int i = next.getAndIncrement(); i < indexes.size(); i = next.getAndIncrement()) {
                int index = indexes.get(i);
                results[index] = result(checks, index);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result result(List<CheckCase> checks, int index) throws InterruptedException {
        CheckCase check = checks.get(index);
        Result result;
        if (gone != null) {
            result = Result.notRun(Subject.of(check), gone);
        } else {
            Scene scene = new Scene(provider, timing, prefix + check.id());
            long limitMs = check.check().kills() ? restartLimitMs() : limits.checkMs();
            result = new Attempt(check, scene, new Stopwatch(), limitMs).make();
            if (result.outcome() == Outcome.FAILED) {
                lookWhetherItIsThere();
            }
        }
        tell(result, checks.size());
        return result;
    }

    private long restartLimitMs() {
        return limits.checkMs() * RESTART_LIMIT_FACTOR;
    }

    private synchronized void tell(Result result, int of) {
        ended++;
        listener.ended(result, ended, of);
    }

    /** Makes checks that restart the provider in order, several at a time. */
    private void runStopping(List<CheckCase> checks, List<Integer> indexes, Result[] results)
            throws InterruptedException {
        for (int from = 0; from < indexes.size(); from += limits.workers()) {
            List<Integer> company =
                    indexes.subList(from, Math.min(from + limits.workers(), indexes.size()));
            boolean disturbed = shareRestart(checks, company, results, "");
            for (int index : company) {
                if (disturbed && company.size() > 1 && results[index].outcome() == Outcome.FAILED) {
                    shareRestart(checks, List.of(index), results, ALONE);
                }
                tell(results[index], checks.size());
            }
        }
    }

    /**
     * Makes checks that share a restart.
     *
     * @return whether a failure may be another's doing: the restart failed, or the provider is gone
     */
    private boolean shareRestart(
            List<CheckCase> checks, List<Integer> company, Result[] results, String suffix)
            throws InterruptedException {
        if (gone != null) {
            revive();
        }
        if (gone != null) {
            for (int index : company) {
                results[index] = Result.notRun(Subject.of(checks.get(index)), gone);
            }
            return false;
        }
        SharedRestart restart = new SharedRestart(provider, company.size());
        List<Thread> guests = new ArrayList<>();
        for (int index : company) {
            Runnable task = () -> results[index] = asGuest(checks.get(index), restart, suffix);
            guests.add(started(task, "kit-guest-" + guests.size()));
        }
        try {
            restart.make(restartLimitMs());
        } catch (InterruptedException e) {
            guests.forEach(Thread::interrupt);
            throw e;
        }
        awaitAll(guests);
        if (company.stream().anyMatch(index -> results[index].outcome() == Outcome.FAILED)) {
            lookWhetherItIsThere();
        }
        return restart.hasFailed() || gone != null;
    }

    private Result asGuest(CheckCase check, SharedRestart restart, String suffix) {
        Stopwatch watch = new Stopwatch();
        SharedRestart.Guest guest = restart.guest(watch);
        try {
            Scene scene = new Scene(guest, timing, prefix + check.id() + suffix);
            return new Attempt(check, scene, watch, limits.checkMs()).make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.notRun(Subject.of(check), "the run was given up");
        } finally {
            guest.leave();
        }
    }

    private static Thread started(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitAll(List<Thread> threads) throws InterruptedException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
    }

    /** A check that failed to restart the server may have left none: there can be another. */
    private void revive() throws InterruptedException {
        try {
            Bounded.call(
                    "kit-revive",
                    restartLimitMs(),
                    () -> {
                        provider.restart(false);
                        return null;
                    });
        } catch (ExecutionException | TimeoutException e) {
            return; // it stays gone, and why is known
        }
        gone = null;
        lookWhetherItIsThere();
    }

    private void lookWhetherItIsThere() throws InterruptedException {
        synchronized (probing) {
            if (gone != null) {
                return;
            }
            try {
                Bounded.call("kit-probe", limits.answerMs(), this::openConnection);
            } catch (ExecutionException e) {
                gone = "the provider is gone: " + Result.reason(e.getCause());
            } catch (TimeoutException e) {
                gone = "the provider is gone: no connection in " + limits.answerMs() + " ms";
            }
        }
    }

    private Void openConnection() throws JMSException {
        try (Connection connection = provider.connectionFactory().createConnection()) {
            connection.createSession();
        }
        return null;
    }
}
