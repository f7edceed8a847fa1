// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.List;

/** What a client has sent and accepted in one transaction that has not ended yet. */
final class Transaction {
    final long id;
    final ByteSink runs = new ByteSink(1024);
    final List<Hold> accepted = new ArrayList<>();
    private WireException doom;

    Transaction(long id) {
        this.id = id;
    }

    /** Notes why it can only roll back; the first reason counts. */
    void doom(WireException reason) {
        if (doom == null) {
            doom = reason;
        }
    }

    boolean isDoomed() {
        return doom != null;
    }

    WireException doomed() {
        return new WireException(
                ErrorCode.TRANSACTION_DOOMED, doom.code() + ": " + doom.getMessage());
    }
}
