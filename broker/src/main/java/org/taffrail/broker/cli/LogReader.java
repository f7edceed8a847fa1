// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * A consumer that shows what it gets: as a browser, which holds nothing; or of a side group, or a
 * subscription of its own, and then it accepts it, so that nobody misses it.
 */
final class LogReader implements Link.ConsumerListener {
    /** The consumer's id. */
    static final int CONSUMER = 2;

    private static final int PORTION_MESSAGES = 100;
    private static final int PORTION_BYTES = 1 << 20;

    private final Link link;
    private final boolean accepts;
    private final Predicate<Link.Delivery> wantsMore;

    /** What has come: a message, or the end of the consumer. */
    private final LinkedBlockingQueue<Came> came = new LinkedBlockingQueue<>();

    private record Came(Link.Delivery delivery, Throwable end) {}

    LogReader(Link link, boolean accepts, Predicate<Link.Delivery> wantsMore) {
        this.link = link;
        this.accepts = accepts;
        this.wantsMore = wantsMore;
    }

    @Override
    public void delivered(Link.Delivery delivery) {
        came.add(new Came(delivery, null));
    }

    @Override
    public void closed(Throwable cause) {
        came.add(new Came(null, cause));
    }

    /** Shows messages until there are no more for now. */
    void readToEnd() {
        boolean more = true;
        while (more) {
            RunningBroker.await(link.drain(CONSUMER, PORTION_MESSAGES, PORTION_BYTES));
            more = !came.isEmpty();
            for (Came next = came.poll(); next != null && more; next = came.poll()) {
                more = show(next);
            }
        }
    }

    /** Shows messages as they come, until no more are wanted. */
    void follow() {
        link.credit(CONSUMER, PORTION_MESSAGES, PORTION_BYTES, false);
        boolean more = true;
        while (more) {
            Came next = take();
            more = show(next);
            link.credit(CONSUMER, 1, next.delivery.record().length, false);
        }
    }

    private Came take() {
        try {
            return came.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireException(ErrorCode.CONNECTION_LOST, "interrupted");
        }
    }

    private boolean show(Came next) {
        if (next.end instanceof WireException refused) {
            throw refused;
        }
        if (next.end != null) {
            throw new IllegalStateException(next.end);
        }
        Link.Delivery delivery = next.delivery;
        boolean more = wantsMore.test(delivery);
        if (accepts) {
            long[] range = {delivery.offset(), delivery.offset()};
            link.settle(0, CONSUMER, ClientFrame.Verb.ACCEPT, delivery.partition(), range, false);
        }
        return more;
    }
}
