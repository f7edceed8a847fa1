// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.JMSException;

import org.taffrail.migrate.message.Fingerprint;
import org.taffrail.migrate.message.RefusedException;

/** How a link carries: taking messages away, or copying them. Used by the link's thread. */
interface Work {
    /**
     * Tells whether it takes messages, and the old provider holds what it has in its hands.
     *
     * @return false if it only looks at them
     */
    boolean takes();

    /**
     * Begins, or begins again after a failure: the ledger says what was committed.
     *
     * @param passage new connections
     * @param found the ledger
     */
    void begin(Passage passage, Ledger.Found found) throws JMSException;

    /**
     * Does one transaction's worth, or finds nothing to do for a moment.
     *
     * @return false when there is nothing left and the link is to end then
     * @throws RefusedException if the message that is next can't be carried
     * @throws LedgerException if somebody else works on the link
     */
    boolean step() throws JMSException, RefusedException, LedgerException;

    /**
     * Returns what the last step had in its hands when it failed.
     *
     * @return the identity of the first message of its batch; null if it failed without any
     */
    Fingerprint inHand();

    /** Carries one message at a time, until one has gone well. */
    void singly();

    /** Moves this message out of the way when it comes next: it can't be carried. */
    void giveUp(Fingerprint identity);

    /** Returns the ledger's page as it was committed last. */
    Page page();

    /** Returns how many messages were moved out of the way. */
    long setAside();
}
