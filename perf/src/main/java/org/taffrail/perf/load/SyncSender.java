// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;

/** Sends and waits for the call to return. */
final class SyncSender extends Sender {
    SyncSender(
            Setting setting, int number, Clock clock, Acknowledged acknowledged, RunFailure failure)
            throws JMSException {
        super(setting, number, clock, acknowledged, failure);
    }

    @Override
    void send(Stamp stamp) throws JMSException {
        BytesMessage message = message(stamp);
        long calledNs = clock.nanoTime();
        producer.send(message);
        acknowledged.acknowledged(stamp, calledNs, clock.nanoTime());
    }

    @Override
    void settle() {
        // each send has waited for its own acknowledgement
    }
}
