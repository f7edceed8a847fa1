// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.jms.JmsErrors;
import org.taffrail.jms.TaffrailDestination;
import org.taffrail.link.Link;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;

/**
 * The header fields of a message (Jakarta Messaging 3.4). Numbers are copied when a message is
 * received; texts are read from the record when first asked for. Never read-only.
 */
final class MessageHeader {
    private static final int ID = 1;
    private static final int CORRELATION = 2;
    private static final int TYPE = 4;
    private static final int REPLY_TO = 8;

    private RecordView record;

    /** Which texts still stand in the record alone. */
    private int unread;

    private String messageId;
    private long timestampMs;
    private String correlationText;
    private byte[] correlationBytes;
    private Destination replyTo;
    private Destination destination;
    private int deliveryMode = Message.DEFAULT_DELIVERY_MODE;
    private boolean redelivered;
    private String type;
    private long expirationMs;
    private long deliveryTimeMs;
    private int priority = Message.DEFAULT_PRIORITY;

    /** Makes the header of a new message. */
    MessageHeader() {}

    /** Goes to the header of a received message. */
    void received(Link.Delivery delivery, RecordView newRecord, Destination newDestination) {
        record = newRecord;
        unread = ID | CORRELATION | TYPE | REPLY_TO;
        timestampMs = record.timestampMs();
        destination = newDestination;
        deliveryMode = record.persistent() ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
        redelivered = delivery.redelivered();
        expirationMs = record.expirationMs();
        deliveryTimeMs = record.deliveryTimeMs() == 0 ? record.sentMs() : record.deliveryTimeMs();
        priority = record.priority();
    }

    String messageId() throws JMSException {
        if (isUnread(ID)) {
            messageId = record.hasId() ? reading(record::messageId) : null;
            unread ^= ID;
        }
        return messageId;
    }

    void messageId(String id) {
        unread &= ~ID;
        messageId = id;
    }

    long timestampMs() {
        return timestampMs;
    }

    void timestampMs(long timeMs) {
        timestampMs = timeMs;
    }

    String correlationText() throws JMSException {
        readCorrelation();
        return correlationBytes == null ? correlationText : CorrelationIds.toText(correlationBytes);
    }

    byte[] correlationBytes() throws JMSException {
        readCorrelation();
        return correlationBytes == null
                ? CorrelationIds.toBytes(correlationText)
                : correlationBytes.clone();
    }

    void correlation(String text) {
        unread &= ~CORRELATION;
        correlationText = text;
        correlationBytes = null;
    }

    void correlation(byte[] bytes) {
        unread &= ~CORRELATION;
        correlationText = null;
        correlationBytes = bytes == null ? null : bytes.clone();
    }

    private void readCorrelation() throws JMSException {
        if (isUnread(CORRELATION)) {
            correlationText = reading(record::correlationText);
            correlationBytes = record.correlationBytes();
            unread ^= CORRELATION;
        }
    }

    Destination replyTo() throws JMSException {
        if (isUnread(REPLY_TO)) {
            String name = reading(record::replyToName);
            replyTo =
                    name == null || name.isEmpty()
                            ? null
                            : TaffrailDestination.physical(record.replyToKind(), name);
            unread ^= REPLY_TO;
        }
        return replyTo;
    }

    void replyTo(Destination newReplyTo) {
        unread &= ~REPLY_TO;
        replyTo = newReplyTo;
    }

    Destination destination() {
        return destination;
    }

    void destination(Destination newDestination) {
        destination = newDestination;
    }

    int deliveryMode() {
        return deliveryMode;
    }

    void deliveryMode(int mode) {
        deliveryMode = mode;
    }

    boolean redelivered() {
        return redelivered;
    }

    void redelivered(boolean again) {
        redelivered = again;
    }

    String type() throws JMSException {
        if (isUnread(TYPE)) {
            type = reading(record::type);
            unread ^= TYPE;
        }
        return type;
    }

    void type(String newType) {
        unread &= ~TYPE;
        type = newType;
    }

    long expirationMs() {
        return expirationMs;
    }

    void expirationMs(long timeMs) {
        expirationMs = timeMs;
    }

    long deliveryTimeMs() {
        return deliveryTimeMs;
    }

    void deliveryTimeMs(long timeMs) {
        deliveryTimeMs = timeMs;
    }

    int priority() {
        return priority;
    }

    void priority(int newPriority) {
        priority = newPriority;
    }

    /** Writes the fields that are the application's own: correlation id, type, reply-to. */
    void encode(RecordEncoder encoder) throws JMSException {
        readCorrelation();
        encoder.correlation(Texts.checked("JMSCorrelationID", correlationText));
        encoder.correlation(correlationBytes);
        encoder.type(Texts.checked("JMSType", type()));
        if (replyTo() != null) {
            TaffrailDestination ours = TaffrailDestination.of(replyTo);
            encoder.replyTo(ours.kind(), Texts.checked("JMSReplyTo", ours.name()));
        }
    }

    private boolean isUnread(int field) {
        return (unread & field) != 0;
    }

    private interface Field {
        String read();
    }

    private static String reading(Field field) throws JMSException {
        try {
            return field.read();
        } catch (WireException e) {
            throw JmsErrors.of(e);
        }
    }
}
