// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordAssembly;
import org.taffrail.wire.record.RecordLayout;

import java.util.Arrays;

/**
 * What comes for one consumer: hands messages to its listener, also those that come in parts, which
 * it puts together first. A message whose last part never comes, because another one does or the
 * consumer ends, was taken back by the broker and is forgotten. Used by the receiver's thread
 * alone.
 */
final class ConsumerInbound {
    private final Link.ConsumerListener listener;

    /** What is known of the message that is being put together; its record is empty. */
    private Link.Delivery head;

    private RecordAssembly assembly;

    ConsumerInbound(Link.ConsumerListener listener) {
        this.listener = listener;
    }

    /**
     * Takes a message, or the head of one.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it can't be a delivery, {@link
     *     ErrorCode#MESSAGE_TOO_LARGE} if it announces more than any message may have
     */
    void deliver(BrokerFrame.Deliver frame) {
        if (frame.count() < 1) {
            throw new WireException(ErrorCode.PROTOCOL_VIOLATION, "a delivery that never was");
        }
        assembly = null;
        if (RecordLayout.hasParts(frame.array(), frame.at())) {
            assembly = new RecordAssembly(frame.array(), frame.at());
            head = delivery(frame, new byte[0]);
            return;
        }
        int end = frame.at() + frame.length();
        listener.delivered(delivery(frame, Arrays.copyOfRange(frame.array(), frame.at(), end)));
    }

    private static Link.Delivery delivery(BrokerFrame.Deliver frame, byte[] record) {
        return new Link.Delivery(
                frame.consumerId(),
                frame.partition(),
                frame.offset(),
                frame.count(),
                frame.redelivered(),
                frame.appendTimeMs(),
                record);
    }

    /**
     * Takes a part.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it is not the next one of the
     *     message whose head came last
     */
    void deliverPart(BrokerFrame.DeliverPart frame) {
        if (assembly == null
                || frame.partition() != head.partition()
                || frame.offset() != head.offset()) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "part "
                            + frame.index()
                            + " of a message that consumer "
                            + frame.consumerId()
                            + " is not being delivered");
        }
        if (assembly.add(frame.index(), frame.array(), frame.at(), frame.length())) {
            byte[] record = assembly.record();
            assembly = null;
            listener.delivered(
                    new Link.Delivery(
                            head.consumerId(),
                            head.partition(),
                            head.offset(),
                            head.count(),
                            head.redelivered(),
                            head.appendTimeMs(),
                            record));
        }
    }

    /** Takes the end of the consumer by the broker, or of the link. */
    void closed(Throwable cause) {
        assembly = null;
        listener.closed(cause);
    }
}
