// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.link.Link;
import org.taffrail.wire.record.DestinationKind;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The temporary destinations of a link that goes on, by their names. Thread-safe. */
final class Temporaries {
    private static final Logger LOG = LoggerFactory.getLogger(Temporaries.class);

    private final Map<String, DestinationKind> kinds = new LinkedHashMap<>();

    synchronized Link.Target add(Link.Target made) {
        kinds.put(made.name(), made.kind());
        return made;
    }

    synchronized void remove(String name) {
        kinds.remove(name);
    }

    private synchronized Map<String, DestinationKind> all() {
        return new LinkedHashMap<>(kinds);
    }

    /**
     * Finds all of them on another route.
     *
     * @return complete when each is found or can't be; fails if the route is lost
     */
    CompletableFuture<Void> restore(Route route) {
        return CompletableFuture.allOf(
                all().entrySet().stream()
                        .map(each -> restore(route, each.getKey(), each.getValue()))
                        .toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> restore(Route route, String name, DestinationKind kind) {
        return route.link
                .findTemporary(kind, name)
                .handle(
                        (target, failure) -> {
                            if (failure != null) {
                                notFound(name, failure);
                            }
                            return null;
                        });
    }

    private void notFound(String name, Throwable failure) {
        Throwable cause = Waiting.cause(failure);
        if (Waiting.isLoss(failure)) {
            throw Routes.lost(cause);
        }
        LOG.warn("event=temporary_not_restored name={} cause=\"{}\"", name, cause.getMessage());
        remove(name);
    }
}
