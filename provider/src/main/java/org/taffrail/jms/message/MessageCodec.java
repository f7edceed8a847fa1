// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.jms.JmsErrors;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.CompressedBody;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

/**
 * The way of messages to runs and of deliveries to messages. Holds nothing but the rules of which
 * objects may be deserialized and what may be expanded; thread-safe.
 */
public final class MessageCodec {
    private final ObjectAllowList allowList;
    private final int bodyBytesMax;

    /**
     * Makes a codec.
     *
     * @param allowList which classes an object message may hold when it is read
     * @param bodyBytesMax how many bytes a compressed body may have had
     */
    public MessageCodec(ObjectAllowList allowList, int bodyBytesMax) {
        this.allowList = allowList;
        this.bodyBytesMax = bodyBytesMax;
    }

    /**
     * Writes a message as one run, complete once it is {@link RunLayout#address addressed}, which
     * is all the sink then holds. The message itself is not changed (but that a foreign bytes or
     * stream message is reset, to be read) and may be changed by the application at once: {@link
     * Outgoing#applyTo} sets its header afterwards.
     *
     * @param message of this provider or any other; another's is copied first (Jakarta Messaging
     *     3.12)
     * @param outgoing what the producer decided
     * @param sink cleared first
     * @throws jakarta.jms.MessageFormatException if the message is null, or a text in it holds half
     *     a surrogate pair
     * @throws jakarta.jms.InvalidDestinationException if the reply-to is no queue or topic
     * @throws JMSException if a field is too large or a foreign message fails
     */
    public static void encode(Message message, Outgoing outgoing, ByteSink sink)
            throws JMSException {
        TaffrailMessage ours =
                message instanceof TaffrailMessage own ? own : ForeignMessages.copy(message);
        sink.clear();
        try {
            int at = RunLayout.begin(sink, outgoing.partition(), 0, 0);
            RecordEncoder encoder = new RecordEncoder(sink);
            encoder.begin(
                    outgoing.idHigh(),
                    outgoing.idLow(),
                    outgoing.sentMs(),
                    outgoing.persistent(),
                    outgoing.priority());
            if (outgoing.timestampDisabled()) {
                encoder.timestampDisabled();
            }
            encoder.expiration(outgoing.expirationMs()).deliveryTime(outgoing.deliveryTimeMs());
            ours.encode(encoder, outgoing);
            encoder.end();
            // whoever sends it addresses it
            RunLayout.endUnsealed(sink, at, 1);
        } catch (WireException e) {
            throw JmsErrors.of(e);
        }
    }

    /**
     * Makes the message of a delivery. Only what every application asks for is read here, the rest
     * when it is asked for.
     *
     * @param delivery the delivery; its bytes are the message's from now on
     * @param destination what its consumer takes from: JMSDestination
     * @param acknowledger hears of {@code acknowledge()}
     * @return a message of the class that its body type asks for, read-only
     * @throws WireException if its body is compressed and too large, or in a way not known
     */
    public TaffrailMessage decode(
            Link.Delivery delivery, Destination destination, Acknowledger acknowledger) {
        RecordView record = new RecordView().wrap(delivery.record(), 0);
        if (record.compressed()) {
            CompressedBody.checkLength(
                    record.array(), record.bodyAt(), record.bodyLength(), bodyBytesMax);
        }
        TaffrailMessage message = make(record.bodyType());
        message.received(delivery, record, destination, acknowledger);
        return message;
    }

    private TaffrailMessage make(BodyType type) {
        return switch (type) {
            case NONE -> new TaffrailMessage();
            case TEXT -> new TaffrailTextMessage();
            case BYTES -> new TaffrailBytesMessage();
            case MAP -> new TaffrailMapMessage();
            case STREAM -> new TaffrailStreamMessage();
            case OBJECT -> new TaffrailObjectMessage(allowList);
        };
    }
}
