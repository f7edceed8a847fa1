// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.Link;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A consumer that is made again on each route; its id is another one on each. */
final class Attachment implements Link.ConsumerListener {
    final Link.ConsumerSpec spec;
    private final Link.ConsumerListener listener;
    private final Consumer<Attachment> whenClosed;
    private volatile int consumerId;

    /**
     * Makes one that no broker knows.
     *
     * @param whenClosed hears that a broker has ended it
     */
    Attachment(
            Link.ConsumerSpec spec,
            Link.ConsumerListener listener,
            Consumer<Attachment> whenClosed) {
        this.spec = spec;
        this.listener = listener;
        this.whenClosed = whenClosed;
    }

    /** Makes it known on a route. */
    CompletableFuture<Void> attach(Route route, int newConsumerId) {
        consumerId = newConsumerId;
        return route.link.attach(spec.withConsumerId(newConsumerId), this);
    }

    /** Returns its id on the route where it was made known last. */
    int consumerId() {
        return consumerId;
    }

    /**
     * Tells whether it goes on after a loss. Who looks at a moment's messages does not; nor who
     * reads the past, as it would begin again where it has begun.
     */
    boolean goesOn() {
        return switch (spec.source()) {
            case BROWSER, SIDE -> false;
            case TOPIC -> spec.start() == null;
            default -> true;
        };
    }

    @Override
    public void delivered(Link.Delivery delivery) {
        listener.delivered(delivery);
    }

    @Override
    public void closed(Throwable cause) {
        whenClosed.accept(this);
        listener.closed(cause);
    }
}
