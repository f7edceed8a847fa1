// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TemporaryQueue;

/** Sends a request and waits for its reply, on a temporary queue of its own. */
final class RequestSender extends Sender {
    private static final long REPLY_TIMEOUT_MS = 60_000;

    private final int number;
    private final TemporaryQueue replyTo;
    private final MessageConsumer consumer;
    private final ReceivedLog replies;
    private final StampReader reader;

    RequestSender(Setting setting, int number) throws JMSException {
        super(setting, number);
        this.number = number;
        replyTo = session.createTemporaryQueue();
        consumer = session.createConsumer(replyTo);
        replies = new ReceivedLog(setting.sending().producers(), 1);
        reader = new StampReader(setting.run().id(), replies);
    }

    @Override
    void send(Stamp stamp) throws JMSException {
        BytesMessage request = message(stamp);
        request.setJMSReplyTo(replyTo);
        long calledNs = clock.nanoTime();
        producerFor(stamp).send(request);
        Message reply = consumer.receive(REPLY_TIMEOUT_MS);
        long repliedNs = clock.nanoTime();
        if (reply == null) {
            throw new JMSException("No reply came for " + REPLY_TIMEOUT_MS + " ms");
        }
        note(reply);
        acknowledged.acknowledged(stamp, calledNs, repliedNs);
    }

    private void note(Message reply) throws JMSException {
        Stamp stamp = reader.read(reply);
        if (stamp != null) {
            if (stamp.producer() != number) {
                replies.misdirected(stamp);
            }
            replies.received(stamp, 0);
        }
    }

    /** Looks whether there are more replies than requests. */
    @Override
    void settle() throws JMSException {
        for (Message more = consumer.receiveNoWait();
                more != null;
                more = consumer.receiveNoWait()) {
            note(more);
        }
    }

    @Override
    ReceivedLog replies() {
        return replies;
    }
}
