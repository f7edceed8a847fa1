// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The consumers of a link that goes on. Thread-safe; nobody is called under its lock. */
final class Attachments {
    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);

    /** By the ids with which they were made. */
    private final Map<Integer, Attachment> attachments = new LinkedHashMap<>();

    private int lastConsumerId;

    /** Returns an id for a consumer on a route, higher than all before. */
    synchronized int newConsumerId() {
        return ++lastConsumerId;
    }

    /** Returns the id that the next consumer will have. */
    synchronized int nextConsumerId() {
        return lastConsumerId + 1;
    }

    /** Makes a consumer known on a route. */
    CompletableFuture<Void> attach(Attachment attachment, Route route) {
        return attachment
                .attach(route, newConsumerId())
                .thenRun(() -> put(attachment)); // before its deliveries, on the same thread
    }

    private synchronized void put(Attachment attachment) {
        attachments.put(attachment.spec.consumerId(), attachment);
    }

    synchronized Attachment find(int madeWith) {
        return attachments.get(madeWith);
    }

    synchronized Attachment remove(int madeWith) {
        return attachments.remove(madeWith);
    }

    synchronized void remove(Attachment attachment) {
        attachments.remove(attachment.spec.consumerId(), attachment);
    }

    private synchronized List<Attachment> all() {
        return new ArrayList<>(attachments.values());
    }

    private synchronized boolean has(Attachment attachment) {
        return attachments.get(attachment.spec.consumerId()) == attachment;
    }

    /** Ends those that do not go on after a loss. */
    void interrupted(Throwable cause) {
        WireException lost =
                new WireException(
                        ErrorCode.CONNECTION_LOST,
                        "the connection was lost, and a browser or a replay does not go on after"
                                + " that; begin it again: "
                                + cause.getMessage());
        for (Attachment attachment : all()) {
            if (!attachment.goesOn()) {
                attachment.closed(lost);
            }
        }
    }

    /**
     * Makes all consumers known on another route.
     *
     * @return complete when each is or can't be, which it hears of; fails if the route is lost
     */
    CompletableFuture<Void> restore(Route route) {
        List<CompletableFuture<Void>> restored = new ArrayList<>();
        for (Attachment attachment : all()) {
            restored.add(
                    attachment
                            .attach(route, newConsumerId())
                            .handle((nothing, failure) -> restored(attachment, route, failure)));
        }
        return CompletableFuture.allOf(restored.toArray(CompletableFuture<?>[]::new));
    }

    private Void restored(Attachment attachment, Route route, Throwable failure) {
        if (failure == null) {
            if (!has(attachment)) {
                // it was closed meanwhile
                route.link.detach(attachment.consumerId());
            }
            return null;
        }
        if (Waiting.isLoss(failure)) {
            throw Routes.lost(Waiting.cause(failure));
        }
        LOG.warn(
                "event=consumer_not_restored destination={} cause=\"{}\"",
                attachment.spec.destination(),
                Waiting.cause(failure).getMessage());
        attachment.closed(Waiting.cause(failure));
        return null;
    }

    /** Ends all. */
    void closeAll(Throwable cause) {
        all().forEach(attachment -> attachment.closed(cause));
    }
}
