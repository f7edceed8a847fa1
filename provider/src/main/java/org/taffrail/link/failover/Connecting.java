// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Goes through the list of brokers, round by round, until one lets the client in and all is
 * restored there, or until that is given up. Used by one thread; the limit may be changed, and the
 * end be demanded, by others.
 */
final class Connecting {
    private static final Logger LOG = LoggerFactory.getLogger(Connecting.class);

    /** What may be otherwise at the next attempt. */
    private static final Set<ErrorCode> PASSING =
            EnumSet.of(
                    ErrorCode.CONNECTION_LOST,
                    ErrorCode.TIMEOUT,
                    ErrorCode.HEARTBEAT_TIMEOUT,
                    ErrorCode.LIMIT_REACHED,
                    ErrorCode.STOPPING,
                    ErrorCode.STORE_FAILED,
                    ErrorCode.NOT_OWNER);

    private final List<Integer> order;
    private final int roundsMax;
    private final Backoff backoff;
    private final Set<ErrorCode> passing;
    private long deadlineNs;
    private Throwable last;

    /** What an attempt comes to. */
    interface Success {
        /**
         * Goes on with a broker that has let the client in.
         *
         * @return whether all is restored there; false if the route is lost
         */
        boolean goOn(Route route, Link.Peer peer);
    }

    /**
     * Prepares.
     *
     * @param startup whether the connection is made for the first time, when a refusal is final
     * @param cause why the one before was lost; null for the first
     */
    Connecting(ReconnectPolicy policy, int brokers, boolean startup, Throwable cause) {
        order = policy.order(brokers);
        roundsMax = startup ? policy.startupRoundsMax() : policy.roundsMax() - 1;
        backoff = policy.backoff();
        last = cause;
        passing = EnumSet.copyOf(PASSING);
        if (!startup) {
            // one that the network has kept alive elsewhere may still have it
            passing.add(ErrorCode.CLIENT_ID_IN_USE);
        }
        limit(startup ? policy.startupTimeoutMs() : policy.timeoutMs());
        if (!startup && policy.roundsMax() == 0) {
            limit(0);
        }
    }

    /** Ends it after so much time from now on at the latest. */
    synchronized void limit(long moreMs) {
        long newDeadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(moreMs);
        if (deadlineNs == 0 || newDeadlineNs - deadlineNs < 0) {
            deadlineNs = newDeadlineNs;
            notifyAll();
        }
    }

    private synchronized long leftMs() {
        return TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
    }

    /**
     * Tries.
     *
     * @param maker makes a route to a broker of the list
     * @return null if it has succeeded, else why it was given up
     */
    Throwable run(IntFunction<Route> maker, Success success) {
        for (int round = 0; leftMs() > 0; round++) {
            for (int broker : order) {
                Throwable failure = attempt(broker, maker, success);
                if (failure == null) {
                    return null;
                }
                last = failure;
                if (isFinal(failure)) {
                    return failure;
                }
                if (leftMs() <= 0) {
                    return last;
                }
            }
            if (roundsMax >= 0 && round >= roundsMax) {
                return last;
            }
            pause(backoff.nextMs());
        }
        return last;
    }

    private boolean isFinal(Throwable failure) {
        return failure instanceof WireException known && !passing.contains(known.code());
    }

    private Throwable attempt(int broker, IntFunction<Route> maker, Success success) {
        Route route;
        try {
            route = maker.apply(broker);
        } catch (WireException e) {
            return e;
        }
        CompletableFuture<Link.Peer> opening = route.link.open();
        try {
            Link.Peer peer = opening.get(Math.max(1, leftMs()), TimeUnit.MILLISECONDS);
            if (success.goOn(route, peer)) {
                return null;
            }
            route.link.abort();
            return new WireException(ErrorCode.CONNECTION_LOST, "lost while all was restored");
        } catch (ExecutionException e) {
            LOG.debug("event=attempt_failed", e);
            return e.getCause();
        } catch (TimeoutException e) {
            route.link.abort();
            return last != null ? last : new WireException(ErrorCode.TIMEOUT, "no answer in time");
        } catch (InterruptedException e) {
            route.link.abort();
            limit(0);
            return last != null ? last : new WireException(ErrorCode.TIMEOUT, "interrupted");
        }
    }

    private synchronized void pause(long delayMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        try {
            long restMs = Math.min(delayMs, leftMs());
            while (restMs > 0) {
                wait(restMs);
                long toEndMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
                restMs = Math.min(toEndMs, leftMs());
            }
        } catch (InterruptedException e) {
            limit(0);
        }
    }
}
