// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.DeclaredKeys;
import org.taffrail.broker.core.Operation;
import org.taffrail.broker.loop.Loop;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/** The destinations that a configuration declares: made at the start where they are missing. */
final class Declared {
    private static final Logger LOG = LoggerFactory.getLogger(Declared.class);

    /** The broker itself, among connections, see {@link Operation.Create}. */
    private static final long ITSELF = 0;

    private final BrokerConfig config;

    private Declared(BrokerConfig config) {
        this.config = config;
    }

    static Declared in(BrokerConfig config) {
        return new Declared(config);
    }

    /**
     * Makes what is missing, with the loop's next turn.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if one can't be made
     */
    void make(Loop loop, long nowMs) {
        make(loop, DestinationKind.QUEUE, config.declaredQueues(), nowMs);
        make(loop, DestinationKind.TOPIC, config.declaredTopics(), nowMs);
    }

    private static void make(Loop loop, DestinationKind kind, List<String> names, long nowMs) {
        for (String name : names) {
            try {
                loop.manage(
                        ITSELF,
                        0,
                        new Operation.Create(kind, name),
                        outcome -> {
                            if (outcome.done() > 0) {
                                tell(kind, name);
                            }
                            return null;
                        },
                        nowMs);
            } catch (WireException e) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        (kind.isQueue() ? DeclaredKeys.QUEUES : DeclaredKeys.TOPICS)
                                + ": "
                                + name
                                + ": "
                                + e.getMessage());
            }
        }
    }

    private static void tell(DestinationKind kind, String name) {
        LOG.info(
                "event=destination_declared kind={} name=\"{}\"",
                kind.isQueue() ? "queue" : "topic",
                name);
    }
}
