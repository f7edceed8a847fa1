// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.link.Link;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the messages of destinations go, as the broker told: asked once for each, so that a
 * producer per send costs nothing. Those used last are kept, a bounded number of them, because a
 * server answers to endless temporary queues. Thread-safe.
 */
final class Targets {
    /** How many are kept. */
    static final int KEPT_MAX = 1024;

    private final Link link;
    private final Replies replies;
    private final Map<TaffrailDestination, Link.Target> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<TaffrailDestination, Link.Target> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    Targets(Link link, Replies replies) {
        this.link = link;
        this.replies = replies;
    }

    /**
     * Returns where the messages of a destination go, which makes the destination if the broker
     * allows.
     *
     * @throws jakarta.jms.InvalidDestinationException if it does not exist
     */
    Link.Target of(TaffrailDestination destination) throws JMSException {
        synchronized (known) {
            Link.Target target = known.get(destination);
            if (target != null) {
                return target;
            }
        }
        Link.Target target = replies.await(link.resolve(destination.kind(), destination.name()));
        synchronized (known) {
            known.put(destination, target);
        }
        return target;
    }

    /** Forgets all: a broker that was restarted may have made some anew. */
    void clear() {
        synchronized (known) {
            known.clear();
        }
    }

    /** Forgets a destination that is gone. */
    void forget(TaffrailDestination destination) {
        synchronized (known) {
            known.remove(destination);
        }
    }
}
