// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.jms.TaffrailDestination;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.util.Arrays;

/**
 * What lies between a producer and a consumer, without a broker: encode, check as a broker, decode.
 */
final class Transfer {
    static final TaffrailDestination ORDERS = new TaffrailQueue("orders");

    /** How many bytes a compressed body may have had. */
    static final int BODY_BYTES_MAX = 1 << 20;

    private Transfer() {}

    static Outgoing outgoing() {
        return new Outgoing().partition(7).id(0x1122334455667788L, 42).sent(1_000_000);
    }

    static byte[] record(Message message, Outgoing outgoing) throws JMSException {
        ByteSink sink = new ByteSink(16);
        MessageCodec.encode(message, outgoing, sink);
        byte[] run = sink.array();
        RunLayout.address(run, 0, RunLayout.partition(run, 0), 1, 1);
        RunCheck.check(run, 0, sink.length());
        return Arrays.copyOfRange(run, RunLayout.HEADER_BYTES, sink.length());
    }

    static TaffrailMessage receive(byte[] record, ObjectAllowList allowList) {
        Link.Delivery delivery = new Link.Delivery(1, 7, 99, 1, false, 0, record);
        return new MessageCodec(allowList, BODY_BYTES_MAX).decode(delivery, ORDERS, message -> {});
    }

    static <T extends Message> T sendAndReceive(T message) throws JMSException {
        return sendAndReceive(message, outgoing());
    }

    /** Returns the message as its receiver gets it, which is of the sender's class. */
    @SuppressWarnings("unchecked") // a record makes the class that it was made of
    static <T extends Message> T sendAndReceive(T message, Outgoing outgoing) throws JMSException {
        return (T) receive(record(message, outgoing), ObjectAllowList.STANDARD);
    }
}
