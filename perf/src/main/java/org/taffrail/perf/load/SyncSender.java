// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;

/** Sends and waits for the call to return. */
final class SyncSender extends Sender {
    SyncSender(Setting setting, int number) throws JMSException {
        super(setting, number);
    }

    @Override
    void send(Stamp stamp) throws JMSException {
        BytesMessage message = message(stamp);
        long calledNs = clock.nanoTime();
        producerFor(stamp).send(message);
        acknowledged.acknowledged(stamp, calledNs, clock.nanoTime());
    }

    @Override
    void settle() {
        // each send has waited for its own acknowledgement
    }
}
