// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.Continuity;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame.Recognition;

import java.util.HashSet;
import java.util.Set;

/**
 * Which transactions were rolled back with their connection, or can only be rolled back. Ids grow,
 * so that all that were begun before a loss are known by the last id of then. Thread-safe.
 */
final class Transactions {
    private final Continuity continuity;

    /** Can only be rolled back, though their connection is there. */
    private final Set<Long> doomed = new HashSet<>();

    private long rolledBackTo;
    private long forgottenTo;
    private long othersTo;

    Transactions(Continuity continuity) {
        this.continuity = continuity;
    }

    /** A connection is lost, and all transactions with it. */
    synchronized void rolledBack() {
        rolledBackTo = continuity.lastTransaction();
        doomed.clear();
    }

    /** A broker lets the client in: it may have forgotten what became of its commits. */
    synchronized void recognized(Recognition recognition) {
        if (recognition == Recognition.FORGOTTEN) {
            forgottenTo = continuity.lastTransaction();
        }
        if (recognition != Recognition.KNOWN) {
            othersTo = continuity.lastTransaction();
        }
    }

    /** Lets a transaction only be rolled back: something in it went with an earlier connection. */
    synchronized void doom(long transactionId) {
        if (transactionId > rolledBackTo) {
            doomed.add(transactionId);
        }
    }

    synchronized void ended(long transactionId) {
        doomed.remove(transactionId);
    }

    /** Tells whether a transaction went with its connection. */
    synchronized boolean isRolledBack(long transactionId) {
        return transactionId <= rolledBackTo;
    }

    /** Tells whether a transaction can't be committed. */
    synchronized boolean isDoomed(long transactionId) {
        return isRolledBack(transactionId) || doomed.contains(transactionId);
    }

    /** Tells whether nobody knows any more what became of a transaction. */
    synchronized boolean isForgotten(long transactionId) {
        return transactionId <= forgottenTo;
    }

    /** Tells whether a transaction was that of another producer, as whom the client went before. */
    synchronized boolean isOfAnotherProducer(long transactionId) {
        return transactionId <= othersTo;
    }

    /**
     * Demands that something may still be done in a transaction.
     *
     * @param transactionId 0 for none
     * @throws WireException {@link ErrorCode#TRANSACTION_DOOMED} if not
     */
    void requireAlive(long transactionId) {
        if (transactionId != 0 && isDoomed(transactionId)) {
            throw rolledBackFailure();
        }
    }

    /** Makes what those hear who would commit what was rolled back. */
    static WireException rolledBackFailure() {
        return new WireException(
                ErrorCode.TRANSACTION_DOOMED,
                "the connection was lost in the course of the transaction, which is rolled back");
    }

    /** Makes what those hear who would settle what was delivered on an earlier connection. */
    static WireException comesAgain() {
        return new WireException(
                ErrorCode.CONNECTION_LOST,
                "the connection was lost since the message was delivered: it comes again");
    }

    /** Makes what those hear whose commit's outcome nobody knows. */
    static WireException inDoubt(String address) {
        return new WireException(
                ErrorCode.PRODUCER_FORGOTTEN,
                address
                        + " does not know this client any more: whether the transaction was"
                        + " committed is not known");
    }
}
