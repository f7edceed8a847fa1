// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.console.http.Refusal;
import org.taffrail.console.visit.Visit;
import org.taffrail.link.Link;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Reads messages in portions, so that neither side has more of them in memory, and for a bounded
 * time. What a side group is given it accepts: nobody misses it.
 */
final class Reading implements Link.ConsumerListener {
    static final int CONSUMER = 1;

    private static final int PORTION_MESSAGES = 100;
    private static final int PORTION_BYTES = 1 << 20;
    private static final long TIME_MS_MAX = 8000;

    private final Visit visit;
    private final boolean accepts;
    private final ConcurrentLinkedQueue<Link.Delivery> came = new ConcurrentLinkedQueue<>();
    private volatile Throwable end;

    private Reading(Visit visit, boolean accepts) {
        this.visit = visit;
        this.accepts = accepts;
    }

    /**
     * Begins.
     *
     * @throws Refusal if it is refused
     */
    static Reading of(Visit visit, Link.ConsumerSpec spec) throws InterruptedException {
        // a destination that is only looked at must not be made by that
        Lookups.requireDestination(visit, spec.kind(), spec.destination());
        Reading reading = new Reading(visit, spec.source() == ClientFrame.Source.SIDE);
        Visit.await(visit.link().attach(spec, reading));
        return reading;
    }

    @Override
    public void delivered(Link.Delivery delivery) {
        came.add(delivery);
    }

    @Override
    public void closed(Throwable cause) {
        end = cause;
    }

    /**
     * Reads until there are no more for now, no more are wanted, or the time is over.
     *
     * @param wantsMore takes a message, and tells whether it wants another
     * @return false where the time was over first
     */
    boolean read(Predicate<Link.Delivery> wantsMore) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIME_MS_MAX);
        boolean more = true;
        while (more) {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0 || !drained(leftNs)) {
                return false;
            }
            if (end instanceof WireException refused) {
                throw new Refusal(Refusal.CONFLICT, refused.code().name(), refused.getMessage());
            }
            more = !came.isEmpty();
            for (Link.Delivery each = came.poll(); each != null && more; each = came.poll()) {
                more = wantsMore.test(each);
                settle(each);
            }
        }
        return true;
    }

    private boolean drained(long leftNs) throws InterruptedException {
        CompletableFuture<Void> drained =
                visit.link().drain(CONSUMER, PORTION_MESSAGES, PORTION_BYTES);
        try {
            drained.get(leftNs, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            Visit.await(drained); // says why it was refused
            return false;
        }
    }

    private void settle(Link.Delivery delivery) {
        if (accepts) {
            long[] range = {delivery.offset(), delivery.offset()};
            visit.link()
                    .settle(
                            0,
                            CONSUMER,
                            ClientFrame.Verb.ACCEPT,
                            delivery.partition(),
                            range,
                            false);
        }
    }
}
