// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

/** Sends in a transacted session and commits each full batch; the commit acknowledges them all. */
sealed class TransactedSender extends Sender permits XaSender {
    private final Stamp[] batch;
    private int pending;

    TransactedSender(Setting setting, int number) throws JMSException {
        super(setting, number);
        batch = new Stamp[setting.sending().window()];
    }

    @Override
    final void send(Stamp stamp) throws JMSException {
        if (pending == 0) {
            begin();
        }
        producerFor(stamp).send(message(stamp));
        batch[pending++] = stamp;
        if (pending == batch.length) {
            commit();
        }
    }

    @Override
    final void settle() throws JMSException {
        if (pending > 0) {
            commit();
        }
    }

    /**
     * Begins a transaction; a session's own begins by itself.
     *
     * @throws JMSException if the provider refuses
     */
    void begin() throws JMSException {}

    /**
     * Commits the transaction.
     *
     * @throws JMSException if the provider refuses
     */
    void end() throws JMSException {
        session.commit();
    }

    private void commit() throws JMSException {
        long calledNs = clock.nanoTime();
        end();
        long ackNs = clock.nanoTime();
        for (int i = 0; i < pending; i++) {
            acknowledged.acknowledged(batch[i], calledNs, ackNs);
        }
        pending = 0;
    }
}
