// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

/** Sends in a transacted session and commits each full batch; the commit acknowledges them all. */
final class TransactedSender extends Sender {
    private final Stamp[] batch;
    private int pending;

    TransactedSender(
            Setting setting, int number, Clock clock, Acknowledged acknowledged, RunFailure failure)
            throws JMSException {
        super(setting, number, clock, acknowledged, failure);
        batch = new Stamp[setting.sending().window()];
    }

    @Override
    void send(Stamp stamp) throws JMSException {
        producer.send(message(stamp));
        batch[pending++] = stamp;
        if (pending == batch.length) {
            commit();
        }
    }

    @Override
    void settle() throws JMSException {
        if (pending > 0) {
            commit();
        }
    }

    private void commit() throws JMSException {
        long calledNs = clock.nanoTime();
        session.commit();
        long ackNs = clock.nanoTime();
        for (int i = 0; i < pending; i++) {
            acknowledged.acknowledged(batch[i], calledNs, ackNs);
        }
        pending = 0;
    }
}
