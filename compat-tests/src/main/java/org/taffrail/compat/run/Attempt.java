// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Scene;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One check, made by a thread of its own. If it does not end in time, its result says where it
 * stands, its scene is closed by another thread, and it is left behind.
 */
final class Attempt {
    /** A check that behaves closes in less; one that hangs may hang in close as well. */
    private static final long CLOSE_MS_MAX = 10_000;

    /** How often a check is looked at whose watch stands still shortly before its limit. */
    private static final long LOOK_MS_LEAST = 20;

    private final CheckCase check;
    private final Subject subject;
    private final Scene scene;
    private final Stopwatch watch;
    private final long limitMs;
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile Throwable thrown;

    /**
     * Prepares an attempt.
     *
     * @param check the check
     * @param scene where it takes place; closed at the end
     * @param watch measures it; started here
     * @param limitMs how long it may take by that watch
     */
    Attempt(CheckCase check, Scene scene, Stopwatch watch, long limitMs) {
        this.check = check;
        this.subject = Subject.of(check);
        this.scene = scene;
        this.watch = watch;
        this.limitMs = limitMs;
    }

    /**
     * Makes it.
     *
     * @return what became of it, no later than its limit and the time for closing
     * @throws InterruptedException if the run is given up
     */
    Result make() throws InterruptedException {
        watch.start();
        Thread thread = new Thread(this::run, RunThreads.CHECK + check.id());
        thread.setDaemon(true);
        thread.start();
        try {
            Throwable failure = outcome();
            return Result.of(subject, failure, watch.elapsedMs());
        } catch (TimeoutException e) {
            Result result = overdue(thread, watch.elapsedMs());
            abandon(thread);
            return result;
        } catch (InterruptedException e) {
            abandon(thread);
            throw e;
        }
    }

    private Throwable outcome() throws TimeoutException, InterruptedException {
        long leftMs = limitMs;
        while (true) {
            try {
                return ended.get(Math.max(leftMs, LOOK_MS_LEAST), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                leftMs = limitMs - watch.elapsedMs();
                if (leftMs <= 0) {
                    throw e;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("never completed with an exception", e);
            }
        }
    }

    private void run() {
        try {
            check.run(scene);
        } catch (Throwable e) { // whatever it is: it is the result
            thrown = e;
        }
        closing = true;
        scene.close();
        ended.complete(thrown);
    }

    private Result overdue(Thread thread, long tookMs) {
        StackTraceElement[] stack = thread.getStackTrace();
        String where = stack.length == 0 ? "" : ", in " + RunThreads.place(stack);
        String what;
        if (!closing) {
            what = "had not ended after " + limitMs + " ms";
        } else if (thrown == null) {
            what = "all that was checked holds, but closing had not ended after " + limitMs + " ms";
        } else {
            what = Result.reason(thrown) + "; and closing had not ended after " + limitMs + " ms";
        }
        return new Result(subject, Outcome.FAILED, what + where, RunThreads.dump(thread), tookMs);
    }

    private void abandon(Thread thread) throws InterruptedException {
        thread.interrupt();
        Thread closer = new Thread(scene::close, RunThreads.CLOSE + check.id());
        closer.setDaemon(true);
        closer.start();
        closer.join(CLOSE_MS_MAX);
        closer.interrupt();
    }
}
