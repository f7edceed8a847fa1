// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.wire.frame.ClientFrame;

import java.util.concurrent.CompletableFuture;

/**
 * DUPS_OK_ACKNOWLEDGE: settlements are put off and travel together, when there are enough of them,
 * when nothing is left to hand out, and at the latest with the session's close.
 */
final class DupsOkAcknowledgement extends ProviderAcknowledgement {
    /** How many settlements are put off at most. */
    static final int BATCH_MAX = 64;

    private final boolean confirmed;
    private final Settlements putOff = new Settlements();

    DupsOkAcknowledgement(SessionCore session, boolean confirmed) {
        super(session);
        this.confirmed = confirmed;
    }

    @Override
    void consumed(Held held) throws JMSException {
        CompletableFuture<Void> done = null;
        session().state().lock();
        try {
            putOff.add(held);
            if (putOff.size() >= BATCH_MAX && confirmed) {
                done = putOff.accept(link());
            } else if (putOff.size() >= BATCH_MAX) {
                idle();
            }
        } finally {
            session().state().unlock();
        }
        if (done != null) {
            session().replies().await(done);
        }
    }

    @Override
    public void idle() {
        if (!putOff.isEmpty()) {
            putOff.settle(link(), 0, ClientFrame.Verb.ACCEPT);
        }
    }

    @Override
    public void interrupted(Throwable cause) {
        putOff.clear();
    }

    @Override
    public CompletableFuture<Void> close() {
        return putOff.settleConfirmed(link(), ClientFrame.Verb.ACCEPT);
    }
}
