// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Which route there is, and who waits for one. Thread-safe; nobody is called under its lock.
 *
 * <p>Requests that come while there is none are made in their order once there is one, before any
 * that comes later.
 */
final class Routes {
    private final String brokers;
    private final ArrayDeque<Waiting<?>> queue = new ArrayDeque<>();
    private Route up;
    private WireException ended;

    /**
     * Makes it without a route.
     *
     * @param brokers names them, for messages
     */
    Routes(String brokers) {
        this.brokers = brokers;
    }

    /** Returns the route, or null. */
    synchronized Route up() {
        return up;
    }

    /** Asks as soon as there is a route, and again where the answer is lost. */
    <T> CompletableFuture<T> ask(Function<Route, CompletableFuture<T>> question) {
        return ask(question, question);
    }

    /**
     * Asks as soon as there is a route.
     *
     * @param first asks
     * @param again asks where it was asked already and the answer was lost
     */
    <T> CompletableFuture<T> ask(
            Function<Route, CompletableFuture<T>> first,
            Function<Route, CompletableFuture<T>> again) {
        Waiting<T> waiting = new Waiting<>(first, again, this::whenAnother);
        whenAnother(null, waiting);
        return waiting.answer;
    }

    /** Asks for something to end; that it is not there the second time means that it was done. */
    CompletableFuture<Void> askOnce(
            Function<Route, CompletableFuture<Void>> question, ErrorCode gone) {
        return ask(question, route -> unless(gone, question.apply(route)));
    }

    /** Takes one failure for success. */
    static CompletableFuture<Void> unless(ErrorCode code, CompletableFuture<Void> done) {
        return done.exceptionally(
                failure -> {
                    Throwable cause = Waiting.cause(failure);
                    if (cause instanceof WireException known && known.code() == code) {
                        return null;
                    }
                    throw new CompletionException(cause);
                });
    }

    /** Has somebody ask as soon as there is another route than one that is lost. */
    private void whenAnother(Route lost, Waiting<?> waiting) {
        Route route;
        synchronized (this) {
            route = up == lost ? null : up;
            if (route == null && ended == null) {
                queue.add(waiting);
                return;
            }
        }
        if (route != null) {
            waiting.ask(route);
        } else {
            waiting.giveUp(ended);
        }
    }

    /**
     * Waits for another route than one that is lost.
     *
     * @param lost null for none
     * @param deadlineNs when to give up, by {@link System#nanoTime}
     * @param timeoutMs how long that was, for the message
     * @throws WireException {@link ErrorCode#TIMEOUT} if none came in time or the thread was
     *     interrupted, whose flag is set then; {@link ErrorCode#CONNECTION_LOST} if none will come
     */
    synchronized Route await(Route lost, long deadlineNs, long timeoutMs) {
        while (up == null || up == lost) {
            if (ended != null) {
                throw lost(ended);
            }
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                throw new WireException(
                        ErrorCode.TIMEOUT,
                        "no connection to " + brokers + " for " + timeoutMs + " ms");
            }
            try {
                // a moment more, so that the time is up when it is looked at
                wait(TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WireException(
                        ErrorCode.TIMEOUT, "interrupted while there was no connection");
            }
        }
        return up;
    }

    /**
     * Makes a route that is restored the one that there is, once all who have waited have asked.
     *
     * @return false if it is lost meanwhile, or all has ended
     */
    boolean up(Route route) {
        while (true) {
            List<Waiting<?>> batch;
            synchronized (this) {
                if (route.isLost() || ended != null) {
                    return false;
                }
                if (queue.isEmpty()) {
                    up = route;
                    notifyAll();
                    return true;
                }
                batch = new ArrayList<>(queue);
                queue.clear();
            }
            batch.forEach(waiting -> waiting.ask(route));
        }
    }

    /**
     * Takes note that a route is lost.
     *
     * @return whether it was the one that there was
     */
    synchronized boolean down(Route route) {
        if (up != route) {
            return false;
        }
        up = null;
        return true;
    }

    /**
     * Ends it: there will be no route any more.
     *
     * @return false if it has ended before
     */
    boolean end(WireException cause) {
        List<Waiting<?>> batch;
        synchronized (this) {
            if (ended != null) {
                return false;
            }
            ended = cause;
            up = null;
            batch = new ArrayList<>(queue);
            queue.clear();
            notifyAll();
        }
        batch.forEach(waiting -> waiting.giveUp(cause));
        return true;
    }

    /** Returns why there will be no route any more, or null. */
    synchronized WireException ended() {
        return ended;
    }

    /** Makes what those hear who call or wait when there is no route. */
    static WireException lost(Throwable cause) {
        WireException lost = new WireException(ErrorCode.CONNECTION_LOST, cause.getMessage());
        lost.initCause(cause);
        return lost;
    }
}
