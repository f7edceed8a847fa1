// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import java.nio.file.Path;

/**
 * How a bridge works.
 *
 * @param state the folder where it remembers which links were begun
 * @param batchMessages most messages of one transaction
 * @param untilEmpty whether a link ends when nothing is left: a queue's or subscription's backlog
 *     when draining, one pass when mirroring
 * @param setAside the queue of the old provider for messages that can't be carried; null to stop at
 *     the first
 * @param chained whether messages may be carried on that another link has brought
 * @param times how long it waits for what
 */
public record BridgeOptions(
        Path state,
        int batchMessages,
        boolean untilEmpty,
        String setAside,
        boolean chained,
        Times times) {
    /** How many messages a transaction has if nothing else is said. */
    public static final int BATCH_MESSAGES = 200;

    /**
     * How long a bridge waits for what.
     *
     * @param quietMs how long nothing must have come for a backlog to count as empty
     * @param patienceMs how long a provider may hold what a dead run had in its hands: after it,
     *     what can't be seen is not there
     * @param lookMs how long to look for a ledger that should not be there
     * @param pauseMs how long to wait before connecting again, at first; it doubles up to 25 times
     *     that
     */
    public record Times(long quietMs, long patienceMs, long lookMs, long pauseMs) {
        /** If nothing else is said. Artemis may hold messages for a minute. */
        public static final Times DEFAULT = new Times(3000, 90_000, 2000, 200);
    }
}
