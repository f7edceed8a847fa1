// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open transactions, by when something was done in them last. One that is idle too long is
 * undone, so that what it holds and has staged is free again; its client hears of it when it goes
 * on.
 */
final class IdleTransactions {
    /** How many are undone in one step. */
    private static final int UNDONE_MAX = 64;

    private final Decisions decisions;
    private final long idleMs;
    private final Map<Transaction, Use> byUse = new LinkedHashMap<>();

    private record Use(Client client, long lastMs) {}

    IdleTransactions(Decisions decisions) {
        this.decisions = decisions;
        idleMs = decisions.limits().transactions().idleMs();
    }

    /** Notes that something is done in a transaction. */
    void used(Client client, Transaction transaction) {
        if (idleMs > 0) {
            byUse.remove(transaction);
            byUse.put(transaction, new Use(client, decisions.nowMs()));
        }
    }

    /** Forgets a transaction that has ended. */
    void ended(Transaction transaction) {
        byUse.remove(transaction);
    }

    /** Undoes what is idle too long. */
    void work(Settlements settlements, Releases releases) {
        Iterator<Map.Entry<Transaction, Use>> each = byUse.entrySet().iterator();
        for (int i = 0; i < UNDONE_MAX && each.hasNext(); i++) {
            Map.Entry<Transaction, Use> oldest = each.next();
            if (dueMs(oldest.getValue()) > decisions.nowMs()) {
                return;
            }
            each.remove();
            Transaction transaction = oldest.getKey();
            transaction.doom(
                    new WireException(
                            ErrorCode.TRANSACTION_IDLE,
                            "nothing was done in the transaction for "
                                    + idleMs
                                    + " ms, the longest allowed: see limits.transactionIdleMs"));
            Release release = settlements.undo(transaction, new Release(null));
            transaction.clear();
            release.whenDone(() -> {});
            releases.begin(oldest.getValue().client, release);
        }
    }

    private long dueMs(Use use) {
        return use.lastMs + idleMs;
    }

    /** When the next one is idle too long; {@link Long#MAX_VALUE} for never. */
    long nextTimerMs() {
        return byUse.isEmpty() ? Long.MAX_VALUE : dueMs(byUse.values().iterator().next());
    }
}
