// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.loop.Recorder;
import org.taffrail.broker.session.Sessions;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The one thread of a broker: it selects over all sockets, drives the loop and owns all sessions,
 * so that a message crosses no thread on its way in, through the log, and out.
 *
 * <p>Whoever brings something in calls {@link #wake}. The turn that follows runs once all sockets
 * that were ready have been read: one batch, one force, one flush for each connection. A turn that
 * is not finished is queued again behind what has come in meanwhile.
 */
public final class BrokerThread {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerThread.class);

    private static final int STOP_TIMEOUT_MS = 10_000;

    /** The longest sleep: a wall clock that is set forward is noticed after this. */
    private static final int SLEEP_MS_MAX = 60_000;

    private final Clock clock;
    private final int tickMs;
    private final EventLoopGroup group;
    private final EventLoop eventLoop;
    private final AtomicBoolean turnQueued = new AtomicBoolean();

    private Sessions sessions;
    private Loop loop;
    private Consumer<Throwable> onFailure;
    private Recorder recorder = Recorder.NONE;
    private long turns;
    private long turnNs;
    private boolean turning;
    private ScheduledFuture<?> timer;
    private long timerMs = Long.MAX_VALUE;
    private long tickedMs;

    /**
     * Starts a thread.
     *
     * @param name the thread's name
     * @param clock the time
     * @param tickMs how often silent connections are looked for
     */
    public BrokerThread(String name, Clock clock, int tickMs) {
        this.clock = clock;
        this.tickMs = tickMs;
        ThreadFactory daemons = task -> daemon(name, task);
        group = new MultiThreadIoEventLoopGroup(1, daemons, NioIoHandler.newFactory());
        eventLoop = group.next();
    }

    /** An application that forgets to close its connections must still come to its end. */
    private static Thread daemon(String name, Runnable task) {
        Thread thread = new FastThreadLocalThread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Returns the clock.
     *
     * @return the broker's time
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Serves a loop from now on. On this thread only.
     *
     * @param newLoop the loop
     * @param newSessions its audience
     * @param failed hears, once and on this thread, that the loop serves no longer: its store
     *     failed, or it met a defect
     */
    public void serve(Loop newLoop, Sessions newSessions, Consumer<Throwable> failed) {
        loop = newLoop;
        sessions = newSessions;
        onFailure = failed;
        if (tickedMs == 0) {
            tickedMs = clock.elapsedMs();
            eventLoop.scheduleWithFixedDelay(this::tick, tickMs, tickMs, TimeUnit.MILLISECONDS);
        }
        wake();
    }

    /**
     * Sets who hears how long turns take; before the first.
     *
     * @param newRecorder hears of each turn
     */
    public void recordTo(Recorder newRecorder) {
        recorder = newRecorder;
    }

    /**
     * Returns how many turns there were.
     *
     * @return since the thread began; on this thread only
     */
    public long turns() {
        return turns;
    }

    /**
     * Returns how long they took.
     *
     * @return together, in ns; on this thread only
     */
    public long turnNs() {
        return turnNs;
    }

    /** Turns the loop no more. On this thread only. */
    public void release() {
        loop = null;
    }

    /** Asks for a turn; from any thread. */
    public void wake() {
        if (turning && eventLoop.inEventLoop()) {
            return; // the turn under way looks for itself
        }
        if (!turnQueued.get() && turnQueued.compareAndSet(false, true)) {
            execute(this::turn);
        }
    }

    /**
     * Runs a task on this thread, after those that were given before; from any thread.
     *
     * @param task what to do
     * @return false if the thread has ended
     */
    public boolean execute(Runnable task) {
        try {
            eventLoop.execute(() -> guarded(task));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /**
     * Runs a task on this thread, later; from any thread.
     *
     * @param delayMs after how many milliseconds
     * @param task what to do; left out if the thread has ended by then
     */
    public void executeAfter(long delayMs, Runnable task) {
        eventLoop.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
    }

    /**
     * Runs a task on this thread and waits for it; from any other thread.
     *
     * @param task what to do
     * @param <T> what it returns
     * @return what the task returned
     * @throws ExecutionException what the task threw, as its cause
     * @throws InterruptedException if the caller is interrupted; the task runs all the same
     */
    public <T> T call(Callable<T> task) throws ExecutionException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        eventLoop.execute(
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Exception | Error e) {
                        result.completeExceptionally(e);
                    }
                });
        return result.get();
    }

    /**
     * Ends the thread, with what still runs on it; from any other thread. Waits for it, up to a
     * bound.
     *
     * @throws InterruptedException if the caller is interrupted
     */
    public void stop() throws InterruptedException {
        group.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        group.awaitTermination(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    EventLoopGroup group() {
        return group;
    }

    /** Returns the sessions served now. On this thread only. */
    Sessions sessions() {
        return sessions;
    }

    /** Runs what may call the loop; what it throws is the loop's failure, and nobody else's. */
    void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void turn() {
        turnQueued.set(false);
        if (loop == null) {
            return;
        }
        turning = true;
        long beganNs = clock.elapsedNs();
        boolean more;
        try {
            more = loop.turn(clock.wallMs());
            sessions.flush(clock.wallMs());
        } finally {
            turning = false;
            long tookNs = clock.elapsedNs() - beganNs;
            turns++;
            turnNs += tookNs;
            recorder.turned(tookNs);
        }
        if (loop.failure() != null) {
            fail(loop.failure());
        } else if (more) {
            wake();
        } else {
            arm();
        }
    }

    private void arm() {
        long dueMs = loop.nextTimerMs();
        if (dueMs >= timerMs) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerMs = dueMs;
        timer =
                eventLoop.schedule(
                        this::timerCame,
                        Math.max(1, Math.min(SLEEP_MS_MAX, dueMs - clock.wallMs())),
                        TimeUnit.MILLISECONDS);
    }

    private void timerCame() {
        timer = null;
        timerMs = Long.MAX_VALUE;
        wake();
    }

    private void tick() {
        long now = clock.elapsedMs();
        // a thread that was held up itself must not take it for its clients' silence
        long passedMs = Math.min(now - tickedMs, 2L * tickMs);
        tickedMs = now;
        guarded(() -> sessions.tick(passedMs, clock.wallMs()));
        wake();
    }

    private void fail(Throwable cause) {
        if (loop == null) {
            LOG.error("event=task_failed", cause);
            return;
        }
        loop = null;
        onFailure.accept(cause);
    }
}
