// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;

import org.taffrail.jms.JmsErrors;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.CompressedBody;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;

/**
 * A message: header, properties, and in the subclasses the body (Jakarta Messaging 3). This class
 * itself is the message without a body.
 *
 * <p>A message that was received keeps the record's bytes and reads properties and body from them
 * when they are first asked for; a body that was never touched is forwarded as the bytes it came
 * as. Sending copies everything out, so the application may change and resend its message at once.
 * Used by one thread at a time, as its session.
 */
public sealed class TaffrailMessage extends MessageFields
        permits TaffrailBytesMessage,
                TaffrailMapMessage,
                TaffrailObjectMessage,
                TaffrailStreamMessage,
                TaffrailTextMessage {
    /** Where the body still stands unread; null once it is read or was never received. */
    private RecordView unreadBody;

    private boolean bodyReadOnly;
    private Link.Delivery delivery;
    private Acknowledger acknowledger;

    /** Makes a new message without a body. */
    public TaffrailMessage() {}

    /** Makes this, a new message, a received one. */
    final void received(
            Link.Delivery newDelivery,
            RecordView record,
            Destination destination,
            Acknowledger newAcknowledger) {
        delivery = newDelivery;
        acknowledger = newAcknowledger;
        receivedFields(newDelivery, record, destination);
        unreadBody = record;
        bodyReadOnly = true;
    }

    /**
     * Returns how the message came.
     *
     * @return its consumer, partition, offset and count; null for a message that was not received
     */
    public final Link.Delivery delivery() {
        return delivery;
    }

    /**
     * Returns the body's type.
     *
     * @return the type of this class
     */
    BodyType bodyType() {
        return BodyType.NONE;
    }

    /**
     * Tells whether there is no body, where the record must say so. Called after {@link #readBody}.
     */
    boolean bodyIsNull() {
        return false;
    }

    /** Takes the body from a record. {@code isNull} is what {@link #bodyIsNull} said. */
    void decodeBody(ByteSource source, boolean isNull) throws JMSException {
        source.skip(source.remaining());
    }

    /** Appends the body to a record. */
    void encodeBody(ByteSink sink) throws JMSException {
        // this class has none
    }

    /** Makes the body that of a new message. */
    void resetBody() {
        // this class has none
    }

    /** Returns the body for {@code getBody}, null where there is none. */
    Object bodyAs(Class<?> type) throws JMSException {
        return null;
    }

    /** Tells whether {@link #bodyAs} would succeed. */
    boolean bodyIs(Class<?> type) throws JMSException {
        return true;
    }

    /**
     * Reads the body from the record, once.
     *
     * @throws MessageFormatException if the bytes do not follow the body type's layout
     */
    final void readBody() throws JMSException {
        if (unreadBody == null) {
            return;
        }
        try {
            ByteSource source = bodySource();
            decodeBody(source, unreadBody.bodyIsNull());
            source.expectEnd();
        } catch (WireException e) {
            throw JmsErrors.caused(
                    new MessageFormatException(
                            "the body is not a well-formed " + bodyType() + ": " + e.getMessage(),
                            e.code().name()),
                    e);
        }
        unreadBody = null;
    }

    private ByteSource bodySource() {
        byte[] array = unreadBody.array();
        int at = unreadBody.bodyAt();
        int length = unreadBody.bodyLength();
        return unreadBody.compressed()
                ? new ByteSource(CompressedBody.expand(array, at, length))
                : new ByteSource(array, at, length);
    }

    /** Demands that the body may be written. */
    final void requireWriteableBody() throws MessageNotWriteableException {
        if (bodyReadOnly) {
            throw new MessageNotWriteableException("the body is read-only until it is cleared");
        }
    }

    /** Tells whether the body is read-only, which for bytes and streams means readable. */
    final boolean isBodyReadOnly() {
        return bodyReadOnly;
    }

    /** Makes the body read-only. */
    final void makeBodyReadOnly() {
        bodyReadOnly = true;
    }

    @Override
    public final void clearBody() {
        unreadBody = null;
        bodyReadOnly = false;
        resetBody();
    }

    @Override
    public final <T> T getBody(Class<T> type) throws JMSException {
        readBody();
        Object body = bodyAs(type);
        return body == null ? null : type.cast(body);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the API has it
    public final boolean isBodyAssignableTo(Class type) throws JMSException {
        readBody();
        return bodyIs(type);
    }

    /** Makes the refusal of {@code getBody}. */
    final MessageFormatException notAssignable(Class<?> type) {
        return new MessageFormatException(
                "a body of type " + bodyType() + " can't be had as " + type.getName(),
                ErrorCode.MALFORMED.name());
    }

    /** Writes the optional fields and the body in the order that a record has them. */
    final void encode(RecordEncoder encoder, Outgoing outgoing) throws JMSException {
        encodeFields(encoder, outgoing);
        if (unreadBody == null) {
            encoder.bodyType(bodyType(), bodyIsNull());
            int at = encoder.sink().length();
            encodeBody(encoder.sink());
            outgoing.compressBody(encoder, at);
            return;
        }
        encoder.bodyType(bodyType(), unreadBody.bodyIsNull());
        if (unreadBody.compressed()) {
            encoder.compressed();
        }
        encoder.sink().putBytes(unreadBody.array(), unreadBody.bodyAt(), unreadBody.bodyLength());
    }

    @Override
    public final void acknowledge() throws JMSException {
        if (acknowledger != null) {
            acknowledger.acknowledge(this);
        }
    }
}
