// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;

import org.taffrail.jms.JmsErrors;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;

import java.util.Enumeration;

/**
 * A message: header, properties, and in the subclasses the body (Jakarta Messaging 3). This class
 * itself is the message without a body.
 *
 * <p>A message that was received keeps the record's bytes and reads properties and body from them
 * when they are first asked for; a body that was never touched is forwarded as the bytes it came
 * as. Sending copies everything out, so the application may change and resend its message at once.
 * Used by one thread at a time, as its session.
 */
public class TaffrailMessage implements Message {
    private final MessageHeader header = new MessageHeader();
    private final MessageProperties properties = new MessageProperties();

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
        header.received(newDelivery, record, destination);
        properties.received(newDelivery, record);
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

    // ---- body: what subclasses fill in

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
        if (unreadBody.compressed()) {
            throw JmsErrors.of(ErrorCode.NOT_SUPPORTED, "a compressed body");
        }
        try {
            ByteSource source =
                    new ByteSource(
                            unreadBody.array(), unreadBody.bodyAt(), unreadBody.bodyLength());
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

    // ---- the way to a record

    /** Writes the optional fields and the body in the order that a record has them. */
    final void encode(RecordEncoder encoder, Outgoing outgoing) throws JMSException {
        properties.encodeKey(encoder);
        header.encode(encoder);
        encoder.clientId(outgoing.clientId()).userId(outgoing.userId());
        properties.encode(encoder, outgoing.applicationId());
        if (unreadBody == null) {
            encoder.bodyType(bodyType(), bodyIsNull());
            encodeBody(encoder.sink());
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

    // ---- header

    @Override
    public final String getJMSMessageID() throws JMSException {
        return header.messageId();
    }

    @Override
    public final void setJMSMessageID(String id) {
        header.messageId(id);
    }

    @Override
    public final long getJMSTimestamp() {
        return header.timestampMs();
    }

    @Override
    public final void setJMSTimestamp(long timestamp) {
        header.timestampMs(timestamp);
    }

    @Override
    public final byte[] getJMSCorrelationIDAsBytes() throws JMSException {
        return header.correlationBytes();
    }

    @Override
    public final void setJMSCorrelationIDAsBytes(byte[] correlationId) {
        header.correlation(correlationId);
    }

    @Override
    public final void setJMSCorrelationID(String correlationId) {
        header.correlation(correlationId);
    }

    @Override
    public final String getJMSCorrelationID() throws JMSException {
        return header.correlationText();
    }

    @Override
    public final Destination getJMSReplyTo() throws JMSException {
        return header.replyTo();
    }

    @Override
    public final void setJMSReplyTo(Destination replyTo) {
        header.replyTo(replyTo);
    }

    @Override
    public final Destination getJMSDestination() {
        return header.destination();
    }

    @Override
    public final void setJMSDestination(Destination destination) {
        header.destination(destination);
    }

    @Override
    public final int getJMSDeliveryMode() {
        return header.deliveryMode();
    }

    @Override
    public final void setJMSDeliveryMode(int deliveryMode) {
        header.deliveryMode(deliveryMode);
    }

    @Override
    public final boolean getJMSRedelivered() {
        return header.redelivered();
    }

    @Override
    public final void setJMSRedelivered(boolean redelivered) {
        header.redelivered(redelivered);
    }

    @Override
    public final String getJMSType() throws JMSException {
        return header.type();
    }

    @Override
    public final void setJMSType(String type) {
        header.type(type);
    }

    @Override
    public final long getJMSExpiration() {
        return header.expirationMs();
    }

    @Override
    public final void setJMSExpiration(long expiration) {
        header.expirationMs(expiration);
    }

    @Override
    public final long getJMSDeliveryTime() {
        return header.deliveryTimeMs();
    }

    @Override
    public final void setJMSDeliveryTime(long deliveryTime) {
        header.deliveryTimeMs(deliveryTime);
    }

    @Override
    public final int getJMSPriority() {
        return header.priority();
    }

    @Override
    public final void setJMSPriority(int priority) {
        header.priority(priority);
    }

    // ---- properties

    @Override
    public final void clearProperties() {
        properties.clear();
    }

    @Override
    public final boolean propertyExists(String name) throws JMSException {
        return properties.exists(name);
    }

    @Override
    public final boolean getBooleanProperty(String name) throws JMSException {
        return Conversions.toBoolean(properties.get(name));
    }

    @Override
    public final byte getByteProperty(String name) throws JMSException {
        return Conversions.toByte(properties.get(name));
    }

    @Override
    public final short getShortProperty(String name) throws JMSException {
        return Conversions.toShort(properties.get(name));
    }

    @Override
    public final int getIntProperty(String name) throws JMSException {
        return Conversions.toInt(properties.get(name));
    }

    @Override
    public final long getLongProperty(String name) throws JMSException {
        return Conversions.toLong(properties.get(name));
    }

    @Override
    public final float getFloatProperty(String name) throws JMSException {
        return Conversions.toFloat(properties.get(name));
    }

    @Override
    public final double getDoubleProperty(String name) throws JMSException {
        return Conversions.toDouble(properties.get(name));
    }

    @Override
    public final String getStringProperty(String name) throws JMSException {
        return Conversions.toText(properties.get(name));
    }

    @Override
    public final Object getObjectProperty(String name) throws JMSException {
        return properties.get(name);
    }

    @Override
    public final Enumeration<String> getPropertyNames() throws JMSException {
        return properties.names();
    }

    @Override
    public final void setBooleanProperty(String name, boolean value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setByteProperty(String name, byte value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setShortProperty(String name, short value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setIntProperty(String name, int value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setLongProperty(String name, long value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setFloatProperty(String name, float value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setDoubleProperty(String name, double value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setStringProperty(String name, String value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setObjectProperty(String name, Object value) throws JMSException {
        properties.set(name, value);
    }
}
