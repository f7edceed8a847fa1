// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.ArrayList;
import java.util.List;

/** What is sent and accepted together. */
final class Transaction {
    final long number;
    final List<Letter> sends = new ArrayList<>();
    final List<Copy> accepts = new ArrayList<>();
    boolean commitAsked;
    boolean rolledBack;

    /** Whether it can be committed whatever happens, until it is rolled back. */
    boolean prepared;

    int askedAt;
    Outcome outcome = Outcome.UNKNOWN;

    Transaction(long number) {
        this.number = number;
    }

    /** Whether it is prepared, and nobody has asked for its end. */
    boolean isUndecided() {
        return prepared && !commitAsked;
    }

    /**
     * Whether the broker may refuse to commit it: only if it has refused one of its sends, or may
     * have deleted where one goes or what was accepted stood.
     */
    boolean mayBeRefused() {
        return outcome != Outcome.DONE
                && !prepared
                && (sends.stream().anyMatch(Transaction::mayBeRefused)
                        || accepts.stream().anyMatch(copy -> Instances.isOne(copy.group.key)));
    }

    private static boolean mayBeRefused(Letter letter) {
        return letter.outcome != Outcome.DONE || Instances.isOne(letter.destination);
    }
}
